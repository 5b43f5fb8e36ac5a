/** Plans of exposures on AWS. */
import type { CloudPlan } from "../../plan.ts";
import { AssumedAccount } from "./answers.ts";
import { assumedCluster } from "./cluster.ts";
import { plannedFirewall, plannedRules } from "./firewall.ts";
import { joinedLoadBalancer } from "./joined.ts";
import { plannedLoadBalancer } from "./loadBalancer.ts";
import { types } from "./types.ts";

export const awsPlan: CloudPlan = {
  types: Object.values(types),
  assumedCluster,
  answers: (cluster: ReturnType<typeof assumedCluster>) => new AssumedAccount(cluster),
  joined: joinedLoadBalancer,
  loadBalancer: plannedLoadBalancer,
  openings: plannedRules,
  firewall: plannedFirewall,
  nameComesLater: "AWS gives the load balancer its name during the update",
};
