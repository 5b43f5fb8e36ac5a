/**
 * Which Classic Load Balancers of a cluster, and security groups made with them, nothing needs. The cloud controller manager makes both for a Service without the
 * annotation `nlb`: https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (EnsureLoadBalancer, buildELBSecurityGroupList).
 */
import type { SecurityGroup } from "@aws-sdk/client-ec2";
import type { LoadBalancerDescription } from "@aws-sdk/client-elastic-load-balancing";
import type { OrphanFacts, OrphanPart } from "../../../model/orphan.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { byText } from "../../../sources/order.ts";
import { classicGroupPrefix } from "../cloudControllerManager/marks.ts";
import { monthlyCostOfClassic } from "../cost/cost.ts";
import type { RuleFacts } from "../model.ts";
import type { Tags } from "../sources/tags.ts";
import { isExpected, ownerIn, whyLeftBehind } from "./leftBehind.ts";
import { removal } from "./removal.ts";
import { rulePart } from "./rules.ts";

/** As it is shown. */
export const classicKind = "Classic Load Balancer";

/** What exists in an account and region. */
export interface ExistingClassic {
  readonly clusterName: string;
  readonly services: readonly ServiceFacts[];
  readonly loadBalancers: readonly LoadBalancerDescription[];
  /** By a load balancer's name. */
  readonly tags: (name: string | undefined) => Tags;
  /** Those that the controller made for the cluster's Classic Load Balancers. */
  readonly groups: readonly SecurityGroup[];
  /** Inbound rules of the nodes' security groups. */
  readonly rules: readonly RuleFacts[];
}

export function classicOrphansIn(existing: ExistingClassic): OrphanFacts[] {
  const { clusterName, services, loadBalancers, tags, groups } = existing;
  const left = byText(loadBalancers, nameOf).flatMap((loadBalancer): OrphanFacts[] => {
    const [name, { DNSName: dnsName = "", SecurityGroups = [] }] = [nameOf(loadBalancer), loadBalancer];
    const owner = ownerIn(tags(name), clusterName);
    if (owner === undefined) return [];
    const reason = whyLeftBehind({ kind: "classic", name, dnsName }, owner, services);
    if (reason === undefined) return [];
    const own = groups.filter(({ GroupId = "" }) => SecurityGroups.includes(GroupId));
    return [
      {
        kind: classicKind,
        name,
        id: name,
        command: removal.classic(name),
        service: owner,
        reason,
        monthlyDollars: monthlyCostOfClassic({ publicAddresses: publicAddresses(loadBalancer) }),
        parts: [...own.map(groupPart), ...own.flatMap((group) => rulesFor(group, existing))],
      },
    ];
  });
  const unused = byText(groups, ({ GroupName = "" }) => GroupName).flatMap((group) =>
    unusedGroup(group, existing),
  );
  return [...left, ...unused];
}

function nameOf({ LoadBalancerName = "" }: LoadBalancerDescription): string {
  return LoadBalancerName;
}

/** An internet-facing load balancer has at least one in each zone. */
function publicAddresses({ Scheme, AvailabilityZones = [] }: LoadBalancerDescription): number {
  return Scheme === "internal" ? 0 : AvailabilityZones.length;
}

/** The group of a load balancer that is gone. The controller makes the group first, and uses that of a former try again. */
function unusedGroup(group: SecurityGroup, existing: ExistingClassic): OrphanFacts[] {
  const { GroupId = "", GroupName = "", Description = "" } = group;
  const { loadBalancers, services } = existing;
  const name = GroupName.slice(classicGroupPrefix.length);
  const isUsed = loadBalancers.some(
    (each) => nameOf(each) === name || each.SecurityGroups?.includes(GroupId) === true,
  );
  if (isUsed || services.some((service) => isExpected("classic", name, service))) return [];
  const service = /^Security group for Kubernetes ELB \S+ \((\S+)\)$/.exec(Description)?.[1];
  return [
    {
      ...groupPart(group),
      ...(service === undefined ? {} : { service }),
      reason: `it is for Classic Load Balancer ${name}, which does not exist`,
      monthlyDollars: 0,
      parts: rulesFor(group, existing),
    },
  ];
}

function groupPart({ GroupName = "", GroupId = "" }: SecurityGroup): OrphanPart {
  return { kind: "security group", name: GroupName, id: GroupId, command: removal.securityGroup(GroupId) };
}

/** Rules by which the nodes let in what has the group. AWS does not delete the group before them. */
function rulesFor({ GroupId }: SecurityGroup, { rules }: ExistingClassic): OrphanPart[] {
  return rules.filter(({ source }) => source === GroupId).map(rulePart);
}
