/** Plans of exposures on OpenStack. */
import type { CloudPlan, PlannedOpenings } from "../../plan.ts";
import type { FirewallFacts } from "../../../model/firewall.ts";
import { read } from "../../../plan/inputs.ts";
import type { PlannedResource } from "../../../plan/monitor.ts";
import { portOf } from "../../../plan/nodePorts.ts";
import type { PlannedService } from "../../../plan/nodePorts.ts";
import { ofType } from "../../../plan/resources.ts";
import type { RuleFacts } from "../model.ts";
import { AssumedCloud } from "./answers.ts";
import { assumedCluster } from "./cluster.ts";
import * as inputs from "./inputs.ts";
import { plannedLoadBalancer } from "./loadBalancer.ts";
import { types } from "./types.ts";

export const openstackPlan: CloudPlan = {
  types: Object.values(types),
  assumedCluster,
  answers: (cluster: ReturnType<typeof assumedCluster>) => new AssumedCloud(cluster),
  loadBalancer: plannedLoadBalancer,
  openings: plannedRules,
  firewall: (own: readonly RuleFacts[], _all: PlannedOpenings): FirewallFacts<RuleFacts> => ({
    // Every rule is for a port of one Service: exposures share none.
    nodes: own,
    loadBalancer: [],
  }),
  nameComesLater: "OpenStack gives the load balancer its address during the update, and no name in DNS",
};

function plannedRules(resources: readonly PlannedResource[], service: PlannedService): RuleFacts[] {
  return ofType(resources, types.rule).map((resource) => {
    const { securityGroupId, protocol, portRangeMin, portRangeMax, remoteIpPrefix } = read(
      inputs.rule,
      resource,
    );
    return {
      identity: { name: resource.name, id: resource.urn },
      owner: "program",
      securityGroup: securityGroupId,
      protocol,
      fromPort: portOf(resource, "portRangeMin", portRangeMin, service),
      toPort: portOf(resource, "portRangeMax", portRangeMax, service),
      source: remoteIpPrefix,
    };
  });
}
