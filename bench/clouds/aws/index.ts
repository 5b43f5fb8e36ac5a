/** AWS in the benchmarks. */
import { monthlyCostOf } from "../../../comparison/clouds/aws/cost/cost.ts";
import { listenersPerLoadBalancer } from "../../../comparison/clouds/aws/cost/prices.ts";
import { nodes } from "../../../lab/layout.ts";
import { accountSize, loadBalancerCount } from "./account.ts";
import type { BenchCloud } from "../cloud.ts";
import { bothWays } from "./bothWays.ts";
import { changingCalls } from "./calls.ts";
import { loadBalancers } from "./loadBalancers.ts";
import { arranged, manyExposures, rulesNeeded } from "./manyExposures.ts";

export const aws: BenchCloud = {
  name: "aws",
  providerConfiguration: (api) => ({
    "aws:endpoints": JSON.stringify([{ ec2: api, elbv2: api, autoscaling: api }]),
  }),
  bothWays,
  manyExposures,
  arranged,
  mostListeners: listenersPerLoadBalancer,
  quotasFor: (exposures) => ({ rulesPerSecurityGroup: rulesNeeded(exposures) }),
  loadBalancers,
  tables: { balancing: "nlb", firewall: "security_groups" },
  accountSize,
  loadBalancerCount,
  changingCalls,
  // An address in each zone, and a node is in each zone.
  monthlyDollars: (count) => count * monthlyCostOf({ publicAddresses: nodes.length }),
  programs: [
    ["AWS API", / -m emulator /],
    ["load balancers' data plane", /lab\/clouds\/aws\/balancer\/main\.ts/],
    ["AWS Load Balancer Controller", /^\S*aws-load-balancer-controller /],
    ["cloud controller manager", /^\S*aws-cloud-controller-manager /],
  ],
};
