/** How many rules the Services of a file need on the nodes, which the AWS Load Balancer Controller opens for all together. */
import assert from "node:assert/strict";
import { filesCall } from "../../../../cli/files.ts";
import { manifestFile } from "../../../../comparison/manifests/file.ts";
import { judgementOf } from "../../../../comparison/manifests/judgement.ts";
import { loadBalancer } from "./manifests.ts";

const { served } = filesCall({ file: ["a.yaml"], controller: "lbc" }) ?? assert.fail();

async function needed(...manifests: readonly string[]): Promise<number> {
  const { services } = manifestFile(manifests.join("---\n"), "a.yaml", served.cloud.controllers);
  const { firewall } = await judgementOf(services, { served, size: {}, made: new Date(0) });
  return firewall.needed;
}

const facing = { type: "external", "nlb-target-type": "instance", scheme: "internet-facing" };
const named = (name: string, manifest: string): string => manifest.replace("name: web", `name: ${name}`);

describe("the rules on the nodes that Services of one controller need together", () => {
  it("are one for the shared group and a protocol, however many Services there are", async () => {
    const three = ["a", "b", "c"].map((name) => named(name, loadBalancer(facing)));
    assert.equal(await needed(...three), 1);
  });

  it("are one more for each range of a load balancer without groups", async () => {
    const without = loadBalancer(
      { ...facing, "disable-nlb-sg": "true" },
      "  loadBalancerSourceRanges: [192.0.2.0/24, 198.51.100.0/24]",
    );
    // From the three subnets come the health checks.
    assert.equal(await needed(named("a", loadBalancer(facing)), named("b", without)), 1 + 2 + 3);
  });
});
