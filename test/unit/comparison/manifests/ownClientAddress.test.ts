/** Whether targets see the client, in the program that is printed for a manifest of the AWS Load Balancer Controller. */
import assert from "node:assert/strict";
import { judgedByLbc } from "./judgedByLbc.ts";

const pods = { "nlb-target-type": "ip" };
const attributes = (value: string) => ({
  "target-group-attributes": `preserve_client_ip.enabled=${value}`,
});
const udp = "  ports: [{ port: 53, targetPort: 5353, protocol: UDP }]";
const both =
  "  ports: [{ name: t, port: 80, targetPort: 80 }, { name: u, port: 53, targetPort: 53, protocol: UDP }]";

const shown = (values: readonly { title: string; value: string }[]): string[] =>
  values.filter(({ title }) => title.endsWith("group's attributes")).map(({ value }) => value);

describe("the client's address, which nodes see by default and pods do not", () => {
  it("is kept by the program for pods that see it, without an argument", async () => {
    const { own, values } = await judgedByLbc({ ...pods, ...attributes("true") });
    assert.doesNotMatch(own?.program ?? "", /preserveClientIp/);
    // Behind a node, they do not.
    assert.equal(own?.verdict, "different");
    assert.match(
      own.reasons.join("\n"),
      /the ready pods as targets, which see the clients' addresses for this Service/,
    );
    assert.deepEqual(
      own.reasons.filter((reason) => reason.includes("attributes")),
      [],
    );
    assert.deepEqual(shown(values), ["preserve_client_ip.enabled=true"]);
  });

  it("is not kept for pods that do not see it", async () => {
    const { own, values } = await judgedByLbc(pods);
    assert.match(own?.program ?? "", /preserveClientIp: false/);
    assert.deepEqual(
      own?.reasons.filter((reason) => reason.includes("attributes")),
      [],
    );
    assert.deepEqual(shown(values), ["preserve_client_ip.enabled=false"]);
  });

  it("is kept for UDP, which AWS does not have otherwise", async () => {
    const { own, values } = await judgedByLbc({ ...pods, ...attributes("true") }, udp);
    assert.doesNotMatch(own?.program ?? "", /preserveClientIp/);
    assert.deepEqual(shown(values), []);
  });

  it("is kept for nodes beside UDP, and the difference is named: the component has one option for all ports", async () => {
    const { own } = await judgedByLbc(pods, both);
    assert.doesNotMatch(own?.program ?? "", /preserveClientIp/);
    assert.deepEqual(
      own?.reasons.filter((reason) => reason.includes("attributes")),
      [
        "port 80: group's attributes: preserve_client_ip.enabled=false for this Service, nothing with NodePortExposure",
      ],
    );
  });
});
