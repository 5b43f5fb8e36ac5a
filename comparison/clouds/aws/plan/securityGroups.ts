/** The security groups of a load balancer that a program declares. */
import { read } from "../../../plan/inputs.ts";
import type { PlannedResource } from "../../../plan/monitor.ts";
import type { AwsClusterFacts } from "../model.ts";
import { ofType, only, refersTo, UnreadablePlan } from "../../../plan/resources.ts";
import * as inputs from "./inputs.ts";
import { types } from "./types.ts";

/**
 * The groups of the program's load balancer. A group that the program makes has its URN for an id, before the update and after it.
 *
 * @throws UnreadablePlan for a group that neither the program nor the cluster has: its rules, which say who may connect, are in no plan
 */
export function plannedGroups(
  resources: readonly PlannedResource[],
  { givenSecurityGroups = [] }: Pick<AwsClusterFacts, "givenSecurityGroups">,
): string[] {
  const balancer = only(resources, types.loadBalancer);
  const { securityGroups } = read(inputs.loadBalancer, balancer);
  if (securityGroups.length === 0) return [];
  const made = groupsIn(resources, balancer, "securityGroups");
  const given = securityGroups.filter((id) => givenSecurityGroups.includes(id));
  if (made.length + given.length < securityGroups.length)
    throw new UnreadablePlan(
      `the load balancer "${balancer.name}" has security groups that exist (${securityGroups.join(", ")}), and no plan tells what their rules let in; the measured comparison covers it`,
    );
  for (const group of made) read(inputs.securityGroup, group);
  for (const rule of ofType(resources, types.egressRule)) read(inputs.egressRule, rule);
  return [...made.map(({ urn }) => urn), ...given];
}

/** The group that the input refers to, if the program makes it; otherwise its id. */
export function groupIn(
  resources: readonly PlannedResource[],
  resource: PlannedResource,
  input: string,
  id: string,
): string {
  return groupsIn(resources, resource, input)[0]?.urn ?? id;
}

function groupsIn(resources: readonly PlannedResource[], resource: PlannedResource, input: string) {
  return ofType(resources, types.securityGroup).filter((group) => refersTo(resource, input, group));
}
