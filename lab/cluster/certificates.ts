/**
 * The cluster's certificates: the lab's own CA and one certificate for each identity, as Kubernetes names them.
 * https://kubernetes.io/docs/setup/best-practices/certificates/
 */
import "reflect-metadata";
import { webcrypto, X509Certificate as StoredCertificate } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
  cryptoProvider,
} from "@peculiar/x509";
import { clusterDomain, nodes, serviceCidr, spareNodes, nodeNetwork } from "../layout.ts";
import { writeWhole } from "../files.ts";
import { keyAlgorithm, keyText, newKeys } from "../keys.ts";
import { clusterDnsIdentity } from "./clusterDns.ts";

cryptoProvider.set(webcrypto);

const dayMilliseconds = 86_400_000;
const validityDays = 3650;
/** They are valid from before they are made, because the machine's clock may be set back. */
const validBeforeDays = 365;
/** Certificates with less left are renewed at the next start, so that they don't expire while the lab runs. */
const leastLeftDays = 30;

/** The owner of a certificate: the subject's common name is the user, its organization the group. */
export interface Identity {
  readonly file: string;
  readonly user: string;
  readonly group?: string;
  /** Names and addresses of a server; undefined for a client. */
  readonly serves?: readonly string[];
}

/** The first address of the Service range belongs to the API server's own Service, `kubernetes.default`. */
export const kubernetesServiceAddress = serviceCidr.replace(/\.0\/\d+$/, ".1");

const apiServerNames = [
  "kubernetes",
  "kubernetes.default",
  "kubernetes.default.svc",
  `kubernetes.default.svc.${clusterDomain}`,
  "localhost",
  "127.0.0.1",
  nodeNetwork.apiServer,
  kubernetesServiceAddress,
];

/** All identities of the cluster. RBAC knows the users and groups by these names. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#core-component-roles */
export const identities: readonly Identity[] = [
  { file: "admin", user: "kubernetes-admin", group: "system:masters" },
  { file: "etcd", user: "etcd", serves: ["localhost", "127.0.0.1"] },
  { file: "kube-apiserver", user: "kube-apiserver", serves: apiServerNames },
  { file: "apiserver-kubelet-client", user: "kube-apiserver-kubelet-client", group: "system:masters" },
  { file: "front-proxy-client", user: "front-proxy-client" },
  { file: "kube-controller-manager", user: "system:kube-controller-manager" },
  { file: "kube-scheduler", user: "system:kube-scheduler" },
  { file: "kube-proxy", user: "system:kube-proxy" },
  { file: "cloud-controller-manager", user: "system:cloud-controller-manager" },
  clusterDnsIdentity,
  ...[...nodes, ...spareNodes].map(({ name, address }) => ({
    file: name,
    user: `system:node:${name}`,
    group: "system:nodes",
    serves: [name, address],
  })),
];

/**
 * Makes the CA, a certificate and key for every identity, and the service accounts' key in `directory`, unless they exist and are valid.
 * @param now the time by the machine's clock
 * @param others identities besides the cluster's own
 */
export async function ensureCertificates(
  directory: string,
  now = new Date(),
  others: readonly Identity[] = [],
): Promise<void> {
  const path = join(directory, "ca");
  const complete = `${path}.crt`;
  const known = existsSync(complete) && isValid(readFileSync(complete), now);
  // If it exists, all the others exist and belong to it.
  if (!known) rmSync(complete, { force: true });
  const authority = known ? await loadAuthority(path) : await makeAuthority(now);
  // The directory of an older lab lacks newer identities.
  const lacking = [...identities, ...others].filter(
    ({ file }) => !known || !existsSync(join(directory, `${file}.crt`)),
  );
  await Promise.all(
    lacking.map(async (identity) => {
      const keys = await newKeys();
      const certificate = await sign(identity, keys.publicKey, authority);
      await save(join(directory, identity.file), keys.privateKey, certificate);
    }),
  );
  if (known) return;
  const serviceAccounts = await newKeys();
  await savePrivateKey(join(directory, "service-accounts.key"), serviceAccounts.privateKey);
  writeWhole(join(directory, "service-accounts.pub"), await keyText("spki", serviceAccounts.publicKey));
  // Last, as it marks the set as complete.
  await save(path, authority.key, authority.certificate);
}

/** The lab's own CA, which signs. */
interface Authority {
  readonly certificate: X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

async function loadAuthority(path: string): Promise<Authority> {
  const [, encoded = ""] =
    /^-----BEGIN PRIVATE KEY-----([^-]*)/m.exec(readFileSync(`${path}.key`, "utf8")) ?? [];
  const bytes = Buffer.from(encoded, "base64");
  return {
    certificate: new X509Certificate(readFileSync(`${path}.crt`, "utf8")),
    key: await webcrypto.subtle.importKey("pkcs8", bytes, keyAlgorithm, false, ["sign"]),
  };
}

async function makeAuthority(now: Date): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=nodeport-vs-loadbalancer lab CA",
    keys,
    signingAlgorithm: keyAlgorithm,
    notBefore: daysFrom(now, -validBeforeDays),
    notAfter: daysFrom(now, validityDays),
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(
        KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature,
        true,
      ),
    ],
  });
  return { certificate, key: keys.privateKey };
}

const daysFrom = (now: Date, days: number): Date => new Date(now.getTime() + days * dayMilliseconds);

/** The CA's validity is that of all: they were made together, for the same period. */
function isValid(ca: Buffer, now: Date): boolean {
  const { validFrom, validTo } = new StoredCertificate(ca);
  return new Date(validFrom) <= now && daysFrom(now, leastLeftDays) < new Date(validTo);
}

async function sign(
  { user, group, serves }: Identity,
  publicKey: webcrypto.CryptoKey,
  authority: Authority,
): Promise<X509Certificate> {
  const usages: string[] = [ExtendedKeyUsage.clientAuth, ...(serves ? [ExtendedKeyUsage.serverAuth] : [])];
  const names = (serves ?? []).map((value) => ({
    type: /^[\d.]+$/.test(value) ? ("ip" as const) : ("dns" as const),
    value,
  }));
  return X509CertificateGenerator.create({
    subject: [...(group === undefined ? [] : [{ O: [group] }]), { CN: [user] }],
    issuer: authority.certificate.subject,
    publicKey,
    signingKey: authority.key,
    signingAlgorithm: keyAlgorithm,
    notBefore: authority.certificate.notBefore,
    notAfter: authority.certificate.notAfter,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension(usages),
      ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
    ],
  });
}

async function save(path: string, key: webcrypto.CryptoKey, certificate: X509Certificate): Promise<void> {
  await savePrivateKey(`${path}.key`, key);
  writeWhole(`${path}.crt`, `${certificate.toString("pem")}\n`);
}

async function savePrivateKey(path: string, key: webcrypto.CryptoKey): Promise<void> {
  writeWhole(path, await keyText("pkcs8", key), 0o600);
}
