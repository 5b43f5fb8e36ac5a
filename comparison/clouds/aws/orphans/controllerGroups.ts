/**
 * Security groups of the AWS Load Balancer Controller, and its rules in the nodes' groups: which of them nothing needs.
 *
 * It makes a group for each load balancer, with the tags of its Service, and one that all of them share, which the nodes let in: pkg/service/model_build_managed_sg.go,
 * pkg/networking/backend_sg_provider.go (buildBackendSGTags). It deletes the shared one with the last Service that it has served since its start. Its rules on the nodes
 * are for all target groups together: pkg/networking/networking_manager.go (computeAggregatedIngressPermissionsPerSG).
 */
import type { SecurityGroup } from "@aws-sdk/client-ec2";
import type { LoadBalancer } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { OrphanFacts, OrphanPart } from "../../../model/orphan.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { byText } from "../../../sources/order.ts";
import { claimedBy } from "../loadBalancerController/claims.ts";
import {
  sharedGroupResource,
  sharedResourceTag,
  sharedRuleDescription,
  stackTag,
  title,
} from "../loadBalancerController/marks.ts";
import type { RuleFacts } from "../model.ts";
import { record } from "../sources/calls.ts";
import { whyLeftByOther } from "./leftBehind.ts";
import { removal } from "./removal.ts";
import { rulePart } from "./rules.ts";

export interface ExistingGroups {
  readonly services: readonly ServiceFacts[];
  readonly loadBalancers: readonly LoadBalancer[];
  /** Those of the load balancers that nothing needs. */
  readonly left: readonly LoadBalancer[];
  /** Whether a load balancer has the controller's tag for the cluster, also for an Ingress or a Gateway. */
  readonly isOfController: (loadBalancer: LoadBalancer) => boolean;
  /** With the same tag. */
  readonly controllerGroups: readonly SecurityGroup[];
  /** Inbound rules of the nodes' security groups. */
  readonly rules: readonly RuleFacts[];
}

/** The groups that the controller made for a load balancer that nothing needs. */
export function groupsWith(
  { SecurityGroups = [] }: LoadBalancer,
  { controllerGroups }: Pick<ExistingGroups, "controllerGroups">,
): OrphanPart[] {
  return controllerGroups
    .filter((group) => SecurityGroups.includes(group.GroupId ?? "") && stackOf(group) !== undefined)
    .map(groupPart);
}

/** The groups without a load balancer, the shared one if only such load balancers have it, and rules that are for none. */
export function groupsLeftBehind(existing: ExistingGroups): OrphanFacts[] {
  const { loadBalancers, controllerGroups } = existing;
  const own = byText(controllerGroups, ({ GroupName = "" }) => GroupName).flatMap((group): OrphanFacts[] => {
    const service = stackOf(group);
    if (service === undefined || loadBalancers.some(has(group))) return [];
    const reason = whyLeftByOther(service, existing.services);
    return reason === undefined
      ? []
      : [{ ...groupPart(group), service, reason, monthlyDollars: 0, parts: [] }];
  });
  return [...own, ...sharedGroups(existing), ...rulesByRange(existing)];
}

function sharedGroups(existing: ExistingGroups): OrphanFacts[] {
  const { loadBalancers, left, controllerGroups, rules } = existing;
  if (isServing(existing)) return [];
  return controllerGroups
    .filter(isShared)
    .filter((group) => loadBalancers.filter(has(group)).every((each) => left.includes(each)))
    .map((group) => ({
      ...groupPart(group),
      reason: loadBalancers.some(has(group))
        ? "only load balancers that are left behind have it"
        : `no load balancer has it, and no Service names ${title}`,
      monthlyDollars: 0,
      parts: rules.filter(({ source }) => source === group.GroupId).map(rulePart),
    }));
}

/** For load balancers without security groups, the nodes let in ranges. */
function rulesByRange(existing: ExistingGroups): OrphanFacts[] {
  const { loadBalancers, left, isOfController, controllerGroups, rules } = existing;
  const byRange = rules.filter(
    ({ identity, source }) =>
      identity.name === sharedRuleDescription && !controllerGroups.some(({ GroupId }) => GroupId === source),
  );
  const isUsed = loadBalancers.some((each) => !left.includes(each) && isOfController(each));
  if (byRange.length === 0 || isUsed || isServing(existing)) return [];
  return [
    {
      kind: "firewall rules",
      name: sharedRuleDescription,
      id: sharedRuleDescription,
      reason: `no Service names ${title}`,
      monthlyDollars: 0,
      parts: byRange.map(rulePart),
    },
  ];
}

/** Then its shared group and its rules are for that Service, or it deletes them itself. */
function isServing({ services }: Pick<ExistingGroups, "services">): boolean {
  return services.some((service) => claimedBy(service) !== undefined);
}

const has =
  ({ GroupId = "" }: SecurityGroup) =>
  ({ SecurityGroups = [] }: LoadBalancer): boolean =>
    SecurityGroups.includes(GroupId);

const stackOf = ({ Tags }: SecurityGroup): string | undefined => record(Tags)[stackTag];

const isShared = ({ Tags }: SecurityGroup): boolean =>
  record(Tags)[sharedResourceTag] === sharedGroupResource;

function groupPart({ GroupName = "", GroupId = "" }: SecurityGroup): OrphanPart {
  return { kind: "security group", name: GroupName, id: GroupId, command: removal.securityGroup(GroupId) };
}
