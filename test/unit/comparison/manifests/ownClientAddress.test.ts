/** Whether targets see the client, in the program that is printed for a manifest of the AWS Load Balancer Controller. */
import assert from "node:assert/strict";
import { judgedByLbc } from "./judgedByLbc.ts";

const pods = { "nlb-target-type": "ip" };
const attributes = (value: string) => ({
  "target-group-attributes": `preserve_client_ip.enabled=${value}`,
});
const udp = "  ports: [{ port: 53, targetPort: 5353, protocol: UDP }]";
const named =
  "  ports: [{ name: t, port: 80, targetPort: http }, { name: u, port: 53, targetPort: 53, protocol: UDP }]";

const shown = (values: readonly { title: string; value: string }[]): string[] =>
  values.filter(({ title }) => title.endsWith("group's attributes")).map(({ value }) => value);

describe("the client's address, which nodes see by default and pods do not", () => {
  it("is kept for pods that see it", async () => {
    const { own, values } = await judgedByLbc({ ...pods, ...attributes("true") });
    assert.match(own?.program ?? "", /preserveClientIp: true/);
    assert.equal(own?.verdict, "equivalent");
    assert.deepEqual(shown(values), ["preserve_client_ip.enabled=true"]);
  });

  it("is not kept for pods that do not see it, without an argument", async () => {
    const { own, values } = await judgedByLbc(pods);
    assert.doesNotMatch(own?.program ?? "", /preserveClientIp/);
    assert.equal(own?.verdict, "equivalent");
    assert.deepEqual(shown(values), ["preserve_client_ip.enabled=false"]);
  });

  it("is kept for UDP, which AWS does not have otherwise", async () => {
    const { own, values } = await judgedByLbc({ ...pods, ...attributes("true") }, udp);
    assert.doesNotMatch(own?.program ?? "", /preserveClientIp/);
    assert.deepEqual(shown(values), []);
  });

  it("is kept beside UDP by nodes that take the place of pods, and the difference is named: the component has one option for all ports", async () => {
    const { own } = await judgedByLbc(pods, named);
    assert.doesNotMatch(own?.program ?? "", /preserveClientIp/);
    assert.deepEqual(
      own?.reasons.filter((reason) => reason.includes("attributes")),
      [
        "port 80: group's attributes: preserve_client_ip.enabled=false for this Service, nothing with NodePortExposure",
      ],
    );
  });

  it("is not kept by nodes that take the place of pods whose port has a name", async () => {
    const { own } = await judgedByLbc(pods, "  ports: [{ port: 80, targetPort: http }]");
    assert.match(own?.program ?? "", /preserveClientIp: false/);
    assert.deepEqual(
      own?.reasons.filter((reason) => reason.includes("attributes")),
      [],
    );
  });
});
