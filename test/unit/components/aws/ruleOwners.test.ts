import assert from "node:assert/strict";
import { ComponentResource, output } from "@pulumi/pulumi";
import type { Output } from "@pulumi/pulumi";
import { loadBalancersBeside, rulesBeside } from "../../../../components/aws/ruleOwners.ts";
import { declare, knowledgeOf } from "../core/declaring.ts";

const urnOf = (types: string, name = "web"): string => `urn:pulumi:prod::shop::${types}::${name}`;

async function valueOf(urn: Output<string>): Promise<unknown> {
  const found = await knowledgeOf(urn);
  return found.known && found.value;
}

describe("the owners of rules that load balancers share", () => {
  const places: Readonly<Record<string, readonly [loadBalancer: string, apart: string]>> = {
    "beside an exposure": [
      "exposure:index:NodePortExposure$exposure:index:NetworkLoadBalancer",
      "exposure:index:SharedNodeRules",
    ],
    "beside an exposure of a component": [
      "acme:index:Shop$exposure:index:NodePortExposure$exposure:index:NetworkLoadBalancer",
      "acme:index:Shop$exposure:index:SharedNodeRules",
    ],
    "beside a load balancer by itself": [
      "exposure:index:NetworkLoadBalancer",
      "exposure:index:SharedNodeRules",
    ],
    "beside a load balancer of a component": [
      "acme:index:Shop$exposure:index:NetworkLoadBalancer",
      "acme:index:Shop$exposure:index:SharedNodeRules",
    ],
  };
  for (const [place, [loadBalancer, apart]] of Object.entries(places))
    it(`are found ${place}`, async () => {
      assert.equal(await valueOf(rulesBeside({ urn: output(urnOf(loadBalancer)) })), urnOf(apart));
    });

  it("are the load balancers beside the rules, an exposure's and one by itself", async () => {
    await declare(
      async () => {
        const parent = new ComponentResource("exposure:index:EchoApp", "shop");
        const former = await Promise.all(loadBalancersBeside("web", { parent }).map(valueOf));
        const prefix = "urn:pulumi:test::nodeport-vs-loadbalancer::exposure:index:EchoApp$exposure:index:";
        assert.deepEqual(former, [
          `${prefix}NodePortExposure$exposure:index:NetworkLoadBalancer::web`,
          `${prefix}NetworkLoadBalancer::web`,
        ]);
      },
      { preview: false },
    );
  });
});
