/**
 * TLS listeners and proxy protocol headers, which the data plane leaves to Envoy.
 *
 * These tests do not prove that AWS does the same. docs/fidelity.md lists what AWS documents, with sources.
 */
import assert from "node:assert/strict";
import { internet, nodes } from "../../../../../lab/layout.ts";
import { eventually } from "../../../eventually.ts";
import { deleteCertificate, importCertificate } from "../../../../../lab/clouds/aws/certificates.ts";
import { certificateFor } from "../certificate.ts";
import { allHealthy, Balancing } from "./balancing.ts";

const names = nodes.map(({ name }) => name);
const header = { "proxy_protocol_v2.enabled": "true" };

describe("a TLS listener", function () {
  this.timeout(90_000);
  const lab = Balancing.forSuite({ hasProxy: true });

  const certificate = async (...hosts: string[]): Promise<string> =>
    importCertificate(lab.testbed.endpoint, await certificateFor(...hosts));

  it("ends TLS, keeps the client's address, and goes to the nodes of the zone", async () => {
    await lab.serve(30101);
    await lab.open(30101);
    const certificates = [await certificate("web.example.com")];
    const { addresses, groupArn } = await lab.provision({ nodePort: 30101, tls: { certificates } });
    await lab.healthIs(groupArn, allHealthy);
    for (const [index, address] of addresses.entries()) {
      assert.deepEqual(await lab.client.askByTls(address, 80), {
        node: names[index],
        from: internet.client,
        certificate: "web.example.com",
        version: "TLSv1.2",
      });
    }
  });

  it("chooses the certificate by the name that the client asks for", async () => {
    await lab.serve(30102);
    await lab.open(30102);
    const certificates = [
      await certificate("default.example.com"),
      await certificate("shop.example.com"),
      await certificate("*.wild.example.com"),
    ];
    const { addresses, groupArn } = await lab.provision({ nodePort: 30102, tls: { certificates } });
    await lab.healthIs(groupArn, allHealthy);
    const got = async (servername?: string): Promise<string | undefined> =>
      (await lab.client.askByTls(addresses[0] ?? "", 80, servername === undefined ? {} : { servername }))
        .certificate;
    assert.deepEqual(
      [
        await got(),
        await got("shop.example.com"),
        await got("a.wild.example.com"),
        await got("unknown.example.com"),
      ],
      ["default.example.com", "shop.example.com", "*.wild.example.com", "default.example.com"],
    );
  });

  it("has the versions of its security policy", async () => {
    await lab.serve(30103);
    await lab.open(30103);
    const certificates = [await certificate("web.example.com")];
    const sslPolicy = "ELBSecurityPolicy-TLS13-1-3-2021-06";
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30103,
      tls: { certificates, sslPolicy },
    });
    await lab.healthIs(groupArn, allHealthy);
    const [address = ""] = addresses;
    assert.equal((await lab.client.askByTls(address, 80)).version, "TLSv1.3");
    const { error } = await lab.client.askByTls(address, 80, { maxVersion: "TLSv1.2" });
    assert.match(error ?? "", /ERR_SSL|EPROTO/);
  });

  it("offers the protocols of its ALPN policy in the policy's order", async () => {
    await lab.serve(30104);
    await lab.open(30104);
    const certificates = [await certificate("web.example.com")];
    for (const [index, [alpnPolicy, expected]] of (
      [
        ["HTTP2Preferred", "h2"],
        ["HTTP2Optional", "http/1.1"],
        ["None", undefined],
      ] as const
    ).entries()) {
      const tls = { certificates, alpnPolicy };
      const { addresses, groupArn } = await lab.provision({ nodePort: 30104, tls, targets: [0] });
      await lab.healthIs(groupArn, { "node-a": "healthy" });
      const { alpn, node } = await lab.client.askByTls(addresses[0] ?? "", 80, { alpn: ["http/1.1", "h2"] });
      assert.deepEqual([index, node, alpn], [index, "node-a", expected]);
    }
  });

  it("encrypts again for targets with TLS, whatever their certificate", async () => {
    const identity = await certificateFor("pod.example.com");
    await Promise.all(names.map((name) => lab.testbed.host(name).listen(30105, identity)));
    await lab.open(30105);
    const certificates = [await certificate("web.example.com")];
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30105,
      tls: { certificates },
      group: { Protocol: "TLS" },
    });
    await lab.healthIs(groupArn, allHealthy);
    const { node, from, certificate: got } = await lab.client.askByTls(addresses[1] ?? "", 80);
    assert.deepEqual({ node, from, got }, { node: names[1], from: internet.client, got: "web.example.com" });
  });

  it("shows its own address if the client's is not preserved", async () => {
    await lab.serve(30106);
    await lab.open(30106);
    const certificates = [await certificate("web.example.com")];
    const { addresses, groupArn, arn } = await lab.provision({
      nodePort: 30106,
      tls: { certificates },
      attributes: { "preserve_client_ip.enabled": "false" },
    });
    await lab.healthIs(groupArn, allHealthy);
    const { from } = await lab.client.askByTls(addresses[0] ?? "", 80);
    assert.equal(from, lab.stateOf(arn).addresses[0]?.privateAddress);
  });

  it("sends new connections to healthy targets alone, without a change of the proxy", async () => {
    await lab.serve(30107);
    await lab.open(30107);
    const certificates = [await certificate("web.example.com")];
    const tls = { certificates };
    const { addresses, groupArn } = await lab.provision({ nodePort: 30107, tls, crossZone: true });
    await lab.healthIs(groupArn, allHealthy);
    await lab.testbed.host("node-b").close(30107);
    await lab.healthIs(groupArn, { ...allHealthy, "node-b": "unhealthy" });
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => lab.client.askByTls(addresses[0] ?? "", 80)),
    );
    assert.deepEqual([...new Set(answers.map(({ node }) => node))].sort(), ["node-a", "node-c"]);
  });

  it("is served again after the proxy was killed", async () => {
    await lab.serve(30108);
    await lab.open(30108);
    const tls = { certificates: [await certificate("web.example.com")] };
    const { addresses, groupArn } = await lab.provision({ nodePort: 30108, tls });
    await lab.healthIs(groupArn, allHealthy);
    assert.equal((await lab.client.askByTls(addresses[0] ?? "", 80)).node, "node-a");
    await lab.testbed.output("sh", "-c", "kill -9 $(pgrep -x envoy)");
    await eventually("the proxy answers again", async () => {
      return (await lab.client.askByTls(addresses[0] ?? "", 80)).node === "node-a";
    });
  });

  it("is not served without its certificate, and the log says so", async () => {
    const arn = await certificate("web.example.com");
    const { addresses } = await lab.provision({ nodePort: 30109, tls: { certificates: [arn] }, targets: [] });
    await deleteCertificate(lab.testbed.endpoint, arn);
    await eventually("the log says so", () =>
      Promise.resolve(
        lab.log.some((line) => line.includes("TLS 80 is not served: its certificates were deleted")),
      ),
    );
    assert.equal((await lab.client.askByTls(addresses[0] ?? "", 80, {}, 1000)).error, "timeout");
  });
});

describe("proxy protocol", function () {
  this.timeout(90_000);
  const lab = Balancing.forSuite({ hasProxy: true });

  async function answered(port: number, preserved: boolean) {
    await lab.serve(port);
    await lab.open(port);
    const { addresses, groupArn, arn } = await lab.provision({
      nodePort: port,
      attributes: { ...header, "preserve_client_ip.enabled": String(preserved) },
    });
    await lab.healthIs(groupArn, allHealthy);
    const [address = ""] = addresses;
    const [answer] = await lab.client.askFrom(port + 10_000, address, 80);
    const expected = { node: "node-a", header: `${internet.client}:${port + 10_000} to ${address}:80` };
    return { answer, expected, privateAddress: lab.stateOf(arn).addresses[0]?.privateAddress };
  }

  it("tells the client's address if it is preserved", async () => {
    const { answer, expected } = await answered(30111, true);
    assert.deepEqual(answer, { ...expected, from: internet.client });
  });

  it("tells the client's address if it is not preserved", async () => {
    const { answer, expected, privateAddress } = await answered(30112, false);
    assert.deepEqual(answer, { ...expected, from: privateAddress });
  });

  it("comes before TLS's contents", async () => {
    await lab.serve(30113);
    await lab.open(30113);
    const certificates = [
      await importCertificate(lab.testbed.endpoint, await certificateFor("web.example.com")),
    ];
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30113,
      tls: { certificates },
      attributes: header,
    });
    await lab.healthIs(groupArn, allHealthy);
    const [address = ""] = addresses;
    const answer = await lab.client.askByTls(address, 80);
    assert.match(answer.header ?? "", new RegExp(`^${internet.client}:\\d+ to ${address}:80$`));
  });

  it("works for internal load balancers, whose clients are nodes", async () => {
    await lab.serve(30114);
    await lab.open(30114);
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30114,
      internal: true,
      attributes: header,
      crossZone: true,
      targets: [1],
    });
    await lab.healthIs(groupArn, { "node-b": "healthy" });
    const [address = ""] = addresses;
    const [answer] = await lab.testbed.host("node-a").askFrom(40114, address, 80);
    const client = nodes[0]?.address ?? "";
    assert.deepEqual(answer, { node: "node-b", from: client, header: `${client}:40114 to ${address}:80` });
  });
});
