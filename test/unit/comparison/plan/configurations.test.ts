import assert from "node:assert/strict";
import { predict } from "../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import { comparedOf } from "../../../../comparison/difference/compared.ts";
import { judge } from "../../../../comparison/difference/compare.ts";
import { planned } from "./planned.ts";

/** What the configuration changes, and which entries of the catalogue then explain a difference beside the usual ones. */
const configurations: readonly [what: string, config: Record<string, string>, more: readonly string[]][] = [
  ["nothing", {}, []],
  ["fixed node ports", { ports: ports({ name: "http", port: 80, nodePorts: both(30080, 30081) }) }, []],
  ["one node port fixed", { ports: ports({ name: "http", port: 80, nodePorts: { nodePort: 30080 } }) }, []],
  ["several ports", { ports: ports({ name: "http", port: 80 }, { name: "alt", port: 8080 }) }, []],
  ["UDP", { ports: ports({ name: "echo", port: 7, protocol: "UDP" }), healthCheck: kubeProxysCheck() }, []],
  ["policy Local", { externalTrafficPolicy: "Local" }, ["health-check-node-port"]],
  [
    "policy Local, clients from subnets of the load balancer",
    { externalTrafficPolicy: "Local", loadBalancerSourceRanges: '["10.0.0.0/8"]' },
    ["health-check-node-port"],
  ],
  [
    "policy Local, clients from elsewhere",
    { externalTrafficPolicy: "Local", loadBalancerSourceRanges: '["203.0.113.0/24"]' },
    ["health-check-node-port"],
  ],
  [
    "policy Local with checks by TCP",
    { externalTrafficPolicy: "Local", healthCheck: '{"protocol":"TCP"}' },
    ["health-check-node-port"],
  ],
  [
    "policy Local with checks by HTTPS",
    { externalTrafficPolicy: "Local", healthCheck: '{"protocol":"HTTPS"}' },
    ["health-check-node-port"],
  ],
  [
    "policy Local with a fixed port for checks",
    { externalTrafficPolicy: "Local", healthCheck: kubeProxysCheck() },
    ["health-check-node-port"],
  ],
  ["an internal scheme", { scheme: "internal" }, []],
  ["tags", { tags: '{"team":"shop","cost centre":"a:1"}' }, []],
  [
    "the same check for each port",
    {
      ports: ports(
        { name: "http", port: 80, healthCheck: { port: 30080 } },
        { name: "alt", port: 8080, healthCheck: { port: 30080 } },
      ),
    },
    [],
  ],
  ["cross-zone balancing", { crossZoneLoadBalancing: "true" }, []],
  ["clients' addresses hidden", { preserveClientIp: "false" }, []],
  ["another health check", { healthCheck: '{"protocol":"HTTP","path":"/x","intervalSeconds":20}' }, []],
  ["named subnets and instances", { subnetIds: '["subnet-1","subnet-2"]', nodeInstanceIds: '["i-1"]' }, []],
  ["the nodes' Auto Scaling group attached", { autoscalingGroupNames: '["workers"]' }, []],
  [
    "nodes that the AWS Load Balancer Controller registers",
    { targetGroupBinding: "true" },
    ["targets-of-a-binding"],
  ],
  ["ranges of clients", { loadBalancerSourceRanges: '["203.0.113.0/24","10.0.0.0/20"]' }, []],
  ["clients from the subnets", { loadBalancerSourceRanges: '["10.0.0.0/8"]' }, ["covered-health-rules"]],
  [
    "clients from everywhere, and a range named besides",
    { loadBalancerSourceRanges: '["0.0.0.0/0","203.0.113.0/24"]' },
    ["covered-health-rules"],
  ],
  ["shared rules left to others", { sharedNodeRules: "false" }, []],
];

/** What explains a difference in every configuration. */
const usual = [
  "address-in-status",
  "finalizer",
  "node-ports-can-be-waived",
  "service-type",
  "source-ranges-in-service",
  "tags-of-the-controller",
  "who-owns-it",
];

function ports(...list: object[]): string {
  return JSON.stringify(list);
}

function both(nodePort: number, loadBalancer: number): object {
  return { nodePort, loadBalancer };
}

function kubeProxysCheck(): string {
  return '{"protocol":"HTTP","port":10256,"path":"/healthz"}';
}

describe("the program as planned is equivalent in both ways", () => {
  for (const [what, config, more] of configurations) {
    it(`with ${what}`, async () => {
      const facts = await planned({ config, predict });
      const { verdict, explanations } = judge(comparedOf(facts, aws), { traffic: [], statements: [] });
      assert.deepEqual([verdict.kind, ...verdict.reasons], ["equivalent"]);
      assert.deepEqual(explanations.map(({ id }) => id).sort(), [...usual, ...more].sort());
    });
  }
});
