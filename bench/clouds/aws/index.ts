/** AWS in the benchmarks. */
import type { BenchCloud } from "../cloud.ts";
import { accountSize } from "./account.ts";
import { bothWays } from "./bothWays.ts";
import { loadBalancers } from "./loadBalancers.ts";
import { manyExposures, rulesNeeded } from "./manyExposures.ts";

export const aws: BenchCloud = {
  name: "aws",
  providerConfiguration: (api) => ({
    "aws:endpoints": JSON.stringify([{ ec2: api, elbv2: api, autoscaling: api }]),
  }),
  bothWays,
  manyExposures,
  quotasFor: (exposures) => ({ rulesPerSecurityGroup: rulesNeeded(exposures) }),
  loadBalancers,
  tables: { balancing: "nlb", firewall: "security_groups" },
  accountSize,
  programs: [
    ["AWS API", / -m emulator /],
    ["load balancers' data plane", /lab\/clouds\/aws\/balancer\/main\.ts/],
    ["cloud controller manager", /^\S*aws-cloud-controller-manager /],
  ],
};
