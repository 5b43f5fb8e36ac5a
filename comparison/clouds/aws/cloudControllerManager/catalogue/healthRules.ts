/** Rules that let health checks in. */
import type { Aws, AwsExposure, AwsFacts } from "../../model.ts";
import type { Side } from "../../../../result/bySide.ts";
import { sharedProbeIn } from "../healthCheck.ts";
import { isLeftBehind } from "../rules.ts";
import { everywhere } from "../../../../addresses.ts";
import { sourceRanges } from "../sourceRanges.ts";
import type { NodePort } from "../../../../model/later.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import type { Entry, Expected, Pair } from "../../../../difference/entry.ts";
import { covers } from "../../../../../components/core/sourceRanges.ts";
import { step } from "../../../../difference/shape.ts";
import { ruleKey } from "../../shape.ts";
import { declaredOwner } from "./owners.ts";

/** The ranges of the load balancer's subnets: where its health checks come from. */
export function subnetCidrs({ cluster }: AwsFacts, { loadBalancer }: AwsExposure): string[] {
  const used = new Set(factsIn(loadBalancer)?.zones.map(({ subnet }) => subnet));
  return (factsIn(cluster)?.subnets ?? []).filter(({ id }) => used.has(id)).map(({ cidr }) => cidr);
}

export const coveredHealthRules: Entry<Aws> = {
  id: "covered-health-rules",
  why: "If a rule for clients covers a subnet of the load balancer, the hand-made way adds no rule for health checks from that subnet. The cloud controller manager omits the rule only if 0.0.0.0/0 is the only source range.",
  affects: "anyone who counts rules: a security group has room for 60",
  remedy: null,
  source:
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (updateInstanceSecurityGroupsForNLB)",
  expects(pair) {
    const { facts, right } = pair;
    const ranges = rangesOf(right);
    if (ranges.join() === everywhere || checksAnotherPort(right)) return [];
    return subnetCidrs(facts, right)
      .filter((cidr) => !ranges.includes(cidr) && covers(ranges, cidr))
      .flatMap((cidr) =>
        (factsIn(right.service)?.ports ?? []).flatMap(({ nodePort }) =>
          nodePort === undefined ? [] : ruleOfOneSide(pair, "right", nodePort, cidr),
        ),
      );
  },
};

export const leftHealthRules: Entry<Aws> = {
  id: "left-health-rules",
  why: "The cloud controller manager keeps its rules for health checks when a Service's source ranges become 0.0.0.0/0: it checks them only while it needs them.",
  affects: "anyone who counts rules: they admit no extra traffic",
  remedy: "delete the rules; nothing needs them",
  source:
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (updateInstanceSecurityGroupsForNLB)",
  expects(pair) {
    if (rangesOf(pair.right).join() !== everywhere || checksAnotherPort(pair.right)) return [];
    const { facts, right } = pair;
    const [service, balancer] = [factsIn(right.service), factsIn(right.loadBalancer)];
    if (service === undefined || balancer === undefined) return [];
    const subnets = subnetCidrs(facts, right);
    return (factsIn(right.firewall)?.nodes ?? [])
      .filter((rule) => isLeftBehind(rule, service, balancer.identity.name) && subnets.includes(rule.source))
      .flatMap(({ fromPort, source }) => ruleOfOneSide(pair, "right", fromPort, source));
  },
};

/** The ranges that the controller admits. */
export function rangesOf({ service }: AwsExposure): readonly string[] {
  const facts = factsIn(service);
  return facts === undefined ? [] : sourceRanges(facts);
}

function checksAnotherPort({ service, loadBalancer }: AwsExposure): boolean {
  return (
    factsIn(service)?.healthCheckNodePort !== undefined ||
    sharedProbeIn(factsIn(loadBalancer)?.pools ?? []) !== undefined
  );
}

/** Every value of a rule for health checks that only one side has: on the right the cloud controller manager's, on the left the program's. */
export function ruleOfOneSide(
  { facts, roles }: Pair<Aws>,
  side: Side,
  port: NodePort,
  source: string,
): Expected[] {
  return (factsIn(facts.cluster)?.nodeSecurityGroups ?? []).flatMap((securityGroup) => {
    const rule = { securityGroup, ipProtocol: "tcp", fromPort: port, toPort: port, source };
    const values = {
      ...rule,
      owner: side === "left" ? declaredOwner(facts) : "cloud controller",
      fromPort: roles[side].nodePort(port),
      toPort: roles[side].nodePort(port),
    };
    return Object.entries(values).map(([field, value]) => ({
      path: ["firewall", "nodes", ruleKey(rule, roles[side]), field].join(step),
      left: null,
      right: null,
      [side]: value,
    }));
  });
}
