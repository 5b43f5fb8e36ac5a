/** Two Services of which one waives its node ports: its pools have no members. */
import assert from "node:assert/strict";
import { resultOf } from "../../../../../cli/filesComparison.ts";
import { manifestFile } from "../../../../../comparison/manifests/file.ts";
import { controllerNamed } from "../../../../../comparison/manifests/ground.ts";

const prefix = "loadbalancer.openstack.org";

function manifest(name: string, annotations: Readonly<Record<string, string>>, isWaived = false): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name,
      namespace: "shop",
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [`${prefix}/${key}`, value]),
      ),
    },
    spec: {
      type: "LoadBalancer",
      selector: { app: "web" },
      ports: [
        { name: "http", port: 80, targetPort: 8080 },
        { name: "https", port: 443, targetPort: 8443 },
      ],
      ...(isWaived ? { allocateLoadBalancerNodePorts: false } : {}),
    },
  };
}

/** @param annotations of the Service without node ports alone @param common of both */
async function reasonsWith(
  annotations: Readonly<Record<string, string>>,
  common: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const served = controllerNamed("occm");
  assert.ok(served);
  const both = [manifest("with", common), manifest("without", { ...common, ...annotations }, true)];
  const text = both.map((each) => JSON.stringify(each)).join("\n---\n");
  const file = manifestFile(text, "pair.yaml", served.cloud.controllers);
  const result = await resultOf([file], { names: ["shop/with", "shop/without"], served, size: {} });
  assert.ok(result.kind !== "judged");
  return result.comparison.verdict.reasons;
}

const waived = /allocateLoadBalancerNodePorts is true on the left and false on the right/;

describe("node ports that one Service on OpenStack waives", () => {
  it("are one reason, with and without a health monitor", async () => {
    for (const common of [{}, { "enable-health-monitor": "true" }]) {
      const reasons = await reasonsWith({}, common);
      assert.equal(reasons.length, 1, reasons.join("\n"));
      assert.match(reasons.join(), waived);
    }
  });

  it("leave a method and a health monitor of the same Service reasons of their own", async () => {
    const reasons = await reasonsWith({ "lb-method": "LEAST_CONNECTIONS", "enable-health-monitor": "true" });
    const expected = [waived, /lbMethod is ROUND_ROBIN/, /healthCheck \/ enabled is false/];
    assert.equal(reasons.length, expected.length, reasons.join("\n"));
    for (const [index, reason] of expected.entries()) assert.match(reasons[index] ?? "", reason);
  });
});
