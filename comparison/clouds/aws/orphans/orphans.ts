/** Which load balancers, target groups, security groups and rules of a cluster nothing needs. */
import type { SecurityGroup } from "@aws-sdk/client-ec2";
import type { LoadBalancer, TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { OrphanFacts, OrphanPart } from "../../../model/orphan.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { byText } from "../../../sources/order.ts";
import { namespacedName } from "../../../model/service.ts";
import { monthlyCostOf } from "../cost/cost.ts";
import type { RuleFacts } from "../model.ts";
import { clusterTag, stackTag } from "../loadBalancerController/marks.ts";
import { groupsLeftBehind, groupsWith } from "./controllerGroups.ts";
import { expectedNames, ownerIn, whyLeftBehind, whyLeftByOther } from "./leftBehind.ts";
import { removal } from "./removal.ts";
import { rulePart, rulesLeftBehind } from "./rules.ts";

/** What exists in an account and region. */
export interface Existing {
  readonly clusterName: string;
  readonly services: readonly ServiceFacts[];
  readonly loadBalancers: readonly LoadBalancer[];
  readonly targetGroups: readonly TargetGroup[];
  /** By ARN. */
  readonly tags: (arn: string | undefined) => Readonly<Record<string, string>>;
  /** Security groups with the tag of the AWS Load Balancer Controller for the cluster. */
  readonly controllerGroups: readonly SecurityGroup[];
  /** Inbound rules of the nodes' security groups. */
  readonly rules: readonly RuleFacts[];
}

export function orphansIn(existing: Existing): OrphanFacts[] {
  const { services, loadBalancers, targetGroups, rules } = existing;
  const left = loadBalancers.flatMap((loadBalancer) => {
    const owner = ownerOf(loadBalancer.LoadBalancerArn, existing);
    const { LoadBalancerName: name = "", DNSName: dnsName = "" } = loadBalancer;
    const other = otherOwnerOf(loadBalancer.LoadBalancerArn, existing);
    if (other !== undefined) {
      const why = whyLeftByOther(other, services);
      return why === undefined ? [] : [{ loadBalancer, owner: other, reason: why }];
    }
    if (owner === undefined) return [];
    const reason = whyLeftBehind({ kind: "network", name, dnsName }, owner, services);
    return reason === undefined ? [] : [{ loadBalancer, owner, reason }];
  });
  const leftNames = left.map(({ loadBalancer }) => loadBalancer.LoadBalancerName ?? "");
  const needed = [
    ...loadBalancers.map(({ LoadBalancerName = "" }) => LoadBalancerName).filter(isNotIn(leftNames)),
    ...expectedNames(services).filter(isNotIn(leftNames)),
  ];
  const rulesOf = rulesLeftBehind(rules, new Set(needed));
  return [
    ...byText(left, ({ loadBalancer }) => loadBalancer.LoadBalancerName ?? "").map(
      ({ loadBalancer, owner, reason }): OrphanFacts => ({
        kind: "load balancer",
        name: loadBalancer.LoadBalancerName ?? "",
        id: loadBalancer.LoadBalancerArn ?? "",
        command: removal.loadBalancer(loadBalancer.LoadBalancerArn ?? ""),
        service: owner,
        reason,
        monthlyDollars: monthlyCostOf({ publicAddresses: publicAddresses(loadBalancer) }),
        parts: [
          ...targetGroups
            .filter(({ LoadBalancerArns = [] }) =>
              LoadBalancerArns.includes(loadBalancer.LoadBalancerArn ?? ""),
            )
            .map(targetGroupPart),
          ...groupsWith(loadBalancer, existing),
          ...(rulesOf.get(loadBalancer.LoadBalancerName ?? "") ?? []).map(rulePart),
        ],
      }),
    ),
    ...byText(targetGroups, ({ TargetGroupName = "" }) => TargetGroupName).flatMap((group) =>
      unusedGroup(group, existing),
    ),
    ...[...rulesOf].filter(([name]) => !leftNames.includes(name)).map(ofDeleted),
    ...groupsLeftBehind({
      ...existing,
      left: left.map(({ loadBalancer }) => loadBalancer),
      isOfController: ({ LoadBalancerArn }) =>
        existing.tags(LoadBalancerArn)[clusterTag] === existing.clusterName,
    }),
  ];
}

const isNotIn =
  (names: readonly string[]) =>
  (name: string): boolean =>
    !names.includes(name);

function ownerOf(arn: string | undefined, { tags, clusterName }: Existing): string | undefined {
  return ownerIn(tags(arn), clusterName);
}

/** The Service that the tags of the AWS Load Balancer Controller name, if the object is this cluster's. */
function otherOwnerOf(arn: string | undefined, { tags, clusterName }: Existing): string | undefined {
  const own = tags(arn);
  return own[clusterTag] === clusterName ? own[stackTag] : undefined;
}

/** An internet-facing load balancer has one in each zone. */
export function publicAddresses({ Scheme, AvailabilityZones = [] }: LoadBalancer): number {
  return Scheme === "internal" ? 0 : AvailabilityZones.length;
}

/**
 * The controller finds a target group through its load balancer, so it never uses this one again. Only while it makes a load balancer does it make the group first.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (ensureLoadBalancerv2)
 */
function unusedGroup(group: TargetGroup, existing: Existing): OrphanFacts[] {
  if ((group.LoadBalancerArns ?? []).length > 0) return [];
  const other = otherOwnerOf(group.TargetGroupArn, existing);
  if (other !== undefined) {
    const reason = whyLeftByOther(other, existing.services);
    return reason === undefined ? [] : [unused(group, other, reason)];
  }
  const owner = ownerOf(group.TargetGroupArn, existing);
  if (owner === undefined) return [];
  const service = existing.services.find((each) => namespacedName(each) === owner);
  if (service?.type === "LoadBalancer" && service.ingress.length === 0) return [];
  return [unused(group, owner, "no load balancer uses it")];
}

function unused(group: TargetGroup, service: string, reason: string): OrphanFacts {
  return { ...targetGroupPart(group), service, reason, monthlyDollars: 0, parts: [] };
}

/** @param name of the load balancer that is gone; empty if the rules name none */
function ofDeleted([name, rules]: readonly [string, readonly RuleFacts[]]): OrphanFacts {
  const [title, reason] =
    name === ""
      ? ["for path MTU discovery", "no rule for clients has the same range"]
      : [name, `they are for load balancer ${name}, which does not exist`];
  return {
    kind: "firewall rules",
    name: title,
    id: title,
    reason,
    monthlyDollars: 0,
    parts: rules.map(rulePart),
  };
}

export function targetGroupPart({ TargetGroupName = "", TargetGroupArn = "" }: TargetGroup): OrphanPart {
  return {
    kind: "target group",
    name: TargetGroupName,
    id: TargetGroupArn,
    command: removal.targetGroup(TargetGroupArn),
  };
}
