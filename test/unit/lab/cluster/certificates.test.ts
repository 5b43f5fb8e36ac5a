import assert from "node:assert/strict";
import { X509Certificate, createPrivateKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import {
  ensureCertificates,
  identities,
  kubernetesServiceAddress,
} from "../../../../lab/cluster/certificates.ts";
import { kubeconfig } from "../../../../lab/cluster/kubeconfig.ts";

const day = 86_400_000;
const year = 365 * day;

describe("the cluster's certificates", () => {
  let directory = "";
  const certificate = (name: string): X509Certificate =>
    new X509Certificate(readFileSync(join(directory, `${name}.crt`)));
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), "certificates-"));
    await ensureCertificates(directory);
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  it("are all signed by the lab's own CA", () => {
    const ca = certificate("ca");
    assert.ok(ca.ca);
    for (const name of ["admin", "kube-apiserver", "node-a", "cloud-controller-manager"]) {
      assert.ok(certificate(name).verify(ca.publicKey), name);
    }
  });

  it("name users and groups as RBAC and the Node authorizer expect them", () => {
    assert.equal(certificate("admin").subject, "O=system:masters\nCN=kubernetes-admin");
    assert.equal(certificate("node-b").subject, "O=system:nodes\nCN=system:node:node-b");
    assert.equal(certificate("kube-scheduler").subject, "CN=system:kube-scheduler");
  });

  it("let the API server serve on the host's loopback, in the VPC and as the kubernetes Service", () => {
    const { subjectAltName } = certificate("kube-apiserver");
    for (const name of [
      "IP Address:127.0.0.1",
      "IP Address:10.0.0.3",
      `IP Address:${kubernetesServiceAddress}`,
      "DNS:kubernetes.default.svc",
    ]) {
      assert.ok(subjectAltName?.includes(name), name);
    }
  });

  it("are not made again when they are there", async () => {
    const { fingerprint } = certificate("ca");
    await ensureCertificates(directory);
    assert.equal(certificate("ca").fingerprint, fingerprint);
  });

  /** Whoever the lab has an identity for, and the CA. */
  const everyone = ["ca", ...identities.map(({ file }) => file)];
  /** Each test starts with the certificates of the one before; they are valid from a year before they were made. */
  const madeAt = (): Date => new Date(new Date(certificate("ca").validFrom).getTime() + year);
  const validAt = (now: Date): string[] =>
    everyone.filter((name) => {
      const { validFrom, validTo } = certificate(name);
      return new Date(validFrom) < now && now < new Date(validTo);
    });

  for (const [difference, milliseconds] of [
    ["a day behind", -day],
    ["eleven months behind", -334 * day],
    ["a day ahead", day],
    ["nine years ahead", 9 * year],
  ] as const) {
    it(`stay, and are valid, all of them, at a start whose clock is ${difference}`, async () => {
      const { fingerprint } = certificate("ca");
      const now = new Date(madeAt().getTime() + milliseconds);
      await ensureCertificates(directory, now);
      assert.equal(certificate("ca").fingerprint, fingerprint);
      assert.deepEqual(validAt(now), everyone);
    });
  }

  for (const [difference, milliseconds] of [
    ["two years behind", -2 * year],
    ["ten years behind", -10 * year],
    ["ten years ahead", 10 * year],
    ["fifty years ahead", 50 * year],
  ] as const) {
    it(`are made anew, and are valid, all of them, at a start whose clock is ${difference}`, async () => {
      const { fingerprint } = certificate("ca");
      const now = new Date(madeAt().getTime() + milliseconds);
      await ensureCertificates(directory, now);
      const ca = certificate("ca");
      assert.notEqual(ca.fingerprint, fingerprint);
      assert.deepEqual(validAt(now), everyone);
      assert.deepEqual(
        everyone.filter((name) => !certificate(name).verify(ca.publicKey)),
        [],
      );
    });
  }

  it("are renewed after an interrupted renewal", async () => {
    const { fingerprint } = certificate("ca");
    const interrupted = ensureCertificates(directory, new Date(madeAt().getTime() + 20 * year));
    assert.throws(() => certificate("ca"), { code: "ENOENT" });
    await interrupted;
    assert.notEqual(certificate("ca").fingerprint, fingerprint);
  });

  it("are added to those of an older lab if they are missing, signed by the same CA", async () => {
    const { fingerprint } = certificate("node-a");
    rmSync(join(directory, "node-d.crt"));
    await ensureCertificates(directory, madeAt());
    assert.ok(certificate("node-d").verify(certificate("ca").publicKey));
    assert.ok(
      certificate("node-d").checkPrivateKey(createPrivateKey(readFileSync(join(directory, "node-d.key")))),
    );
    assert.equal(certificate("node-a").fingerprint, fingerprint);
  });

  it("keep private keys to their owner", () => {
    assert.equal(statSync(join(directory, "admin.key")).mode & 0o077, 0);
  });

  it("stand whole in a kubeconfig that verifies the server", () => {
    const text = kubeconfig(directory, "admin", "https://127.0.0.1:26443");
    assert.match(text, /server: https:\/\/127\.0\.0\.1:26443/);
    assert.match(text, /certificate-authority-data: \S{100}/);
    assert.doesNotMatch(text, /insecure/);
  });
});
