/** The resources of one exposure among all that a program declares, and what they refer to. */
import type { PlannedResource } from "../../plan/monitor.ts";

/** Pulumi's type tokens of what an exposure is made of. */
export const types = {
  service: "kubernetes:core/v1:Service",
  loadBalancer: "aws:lb/loadBalancer:LoadBalancer",
  listener: "aws:lb/listener:Listener",
  targetGroup: "aws:lb/targetGroup:TargetGroup",
  targetGroupAttachment: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  ingressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
} as const;

/** What makes a plan unreadable: then nothing can be concluded from it. */
export class UnreadablePlan extends Error {}

/** Resources below what the program declares at the top by this name. Components are left out: they make nothing. */
export function below(declared: readonly PlannedResource[], topLevelName: string): PlannedResource[] {
  const byUrn = new Map(declared.map((resource) => [resource.urn, resource]));
  const top = (resource: PlannedResource): string => {
    const parent = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
    return parent === undefined ? resource.name : top(parent);
  };
  return declared.filter((resource) => resource.custom && top(resource) === topLevelName);
}

export function ofType(resources: readonly PlannedResource[], type: string): PlannedResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** @throws UnreadablePlan unless there is exactly one */
export function only(resources: readonly PlannedResource[], type: string): PlannedResource {
  const found = ofType(resources, type);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new UnreadablePlan(`the program declares ${found.length} of ${type} where there must be one`);
  }
  return first;
}

/** Whether one of the resource's inputs refers to another resource. */
export function refersTo(resource: PlannedResource, input: string, other: PlannedResource): boolean {
  return (resource.dependencies[input] ?? []).includes(other.urn);
}
