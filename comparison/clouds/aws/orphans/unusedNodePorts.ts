/**
 * Load balancers, target groups and rules that lead to node ports that no Service has: what is left of a NodePort Service with its own load balancer. Nothing on them
 * names the Service, whoever made them, so only their ports tell. Ports outside of the range of node ports can belong to a program on the node and are not looked at.
 */
import type { LoadBalancer, TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import { isNodePort } from "../../../../components/core/defaults.ts";
import type { NodeFacts } from "../../../model/cluster.ts";
import type { OrphanFacts } from "../../../model/orphan.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { byText } from "../../../sources/order.ts";
import { monthlyCostOf } from "../cost/cost.ts";
import type { RuleFacts } from "../model.ts";
import type { GroupWithTargets } from "../sources/inventory.ts";
import { publicAddresses, targetGroupPart } from "./orphans.ts";
import { removal } from "./removal.ts";
import { rulePart } from "./rules.ts";

export interface ExistingTargets {
  readonly vpc: string;
  readonly nodes: readonly NodeFacts[];
  readonly services: readonly ServiceFacts[];
  readonly loadBalancers: readonly LoadBalancer[];
  /** Without those that a controller has made. */
  readonly groups: readonly GroupWithTargets[];
  /** Inbound rules of the nodes' security groups. */
  readonly rules: readonly RuleFacts[];
}

interface UnusedGroup {
  readonly group: TargetGroup;
  readonly ports: readonly number[];
}

/** Whether it is a node port that no Service has. */
type IsUnused = (port: number) => boolean;

export function unusedNodePorts(existing: ExistingTargets): OrphanFacts[] {
  const { loadBalancers, groups, services } = existing;
  const taken = takenPorts(services);
  const isUnused: IsUnused = (port) => isNodePort(port) && !taken.has(port);
  const closed = closedRules(existing, isUnused);
  const unused = groups.flatMap((each) => unusedGroup(each, existing, isUnused));
  const left = byText(loadBalancers, nameOf).flatMap((loadBalancer) => {
    const { LoadBalancerArn: arn = "" } = loadBalancer;
    const own = unused.filter(({ group }) => group.LoadBalancerArns?.includes(arn));
    const all = groups.filter(({ group }) => group.LoadBalancerArns?.includes(arn));
    // One whose other groups lead to what is there is still needed, and so are its rules.
    return own.length === 0 || own.length < all.length ? [] : [{ loadBalancer, own }];
  });
  const alone = byText(
    unused.filter(({ group: { LoadBalancerArns = [] } }) => LoadBalancerArns.length === 0),
    ({ group: { TargetGroupName = "" } }) => TargetGroupName,
  );
  const leftPorts = new Set([...left.flatMap(({ own }) => own), ...alone].flatMap(({ ports }) => ports));
  const rulesFor = (ports: readonly number[]): RuleFacts[] => closed.filter(opens(ports));
  return [
    ...left.map(({ loadBalancer, own }): OrphanFacts => {
      const ports = inOrder(own.flatMap((group) => group.ports));
      const { LoadBalancerArn: id = "" } = loadBalancer;
      return {
        kind: "load balancer",
        name: nameOf(loadBalancer),
        id,
        command: removal.loadBalancer(id),
        reason: `no Service has ${portsInWords(ports)}, where its target groups lead`,
        monthlyDollars: monthlyCostOf({ publicAddresses: publicAddresses(loadBalancer) }),
        parts: [...own.map(({ group }) => targetGroupPart(group)), ...rulesFor(ports).map(rulePart)],
      };
    }),
    ...alone.map(({ group, ports }): OrphanFacts => ({
      ...targetGroupPart(group),
      reason: `no load balancer uses it, and no Service has ${portsInWords(ports)}`,
      monthlyDollars: 0,
      parts: rulesFor(ports).map(rulePart),
    })),
    ...rulesAlone(closed.filter((rule) => !opens([...leftPorts])(rule))),
  ];
}

/** The ports that it leads to, if they are node ports and no Service has any of them. */
function unusedGroup(
  { group, targets }: GroupWithTargets,
  { vpc, nodes, rules }: ExistingTargets,
  isUnused: IsUnused,
): UnusedGroup[] {
  if (group.VpcId !== vpc) return [];
  const ofCluster = new Set(nodes.flatMap(({ instanceId, address }) => [instanceId, address]));
  if (!targets.every(({ Target }) => ofCluster.has(Target?.Id ?? ""))) return [];
  // Several clusters can share a VPC. Without targets, only a rule for the same port ties the group to this one.
  if (targets.length === 0 && !rules.some(opens([group.Port ?? 0]))) return [];
  // Its port remains: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
  const found = targets.length === 0 ? [group.Port] : targets.map(({ Target }) => Target?.Port);
  const ports = inOrder(found.filter((port) => port !== undefined));
  return ports.length > 0 && ports.every(isUnused) ? [{ group, ports }] : [];
}

/** Rules for one node port that no Service has, without those that a controller has made. */
function closedRules({ rules }: ExistingTargets, isUnused: IsUnused): RuleFacts[] {
  return rules.filter(
    ({ owner, ipProtocol, fromPort, toPort }) =>
      owner === "other" &&
      ["tcp", "udp"].includes(ipProtocol) &&
      fromPort === toPort &&
      typeof fromPort === "number" &&
      isUnused(fromPort),
  );
}

function rulesAlone(rules: readonly RuleFacts[]): OrphanFacts[] {
  return inOrder(rules.map(({ fromPort }) => Number(fromPort))).map((port) => ({
    kind: "firewall rules",
    name: `for node port ${port}`,
    id: `for node port ${port}`,
    reason: `no Service has node port ${port}`,
    monthlyDollars: 0,
    parts: rules.filter(opens([port])).map(rulePart),
  }));
}

/** Whatever the protocol: a health check over TCP may use the port of a UDP Service. */
function takenPorts(services: readonly ServiceFacts[]): ReadonlySet<unknown> {
  return new Set(
    services.flatMap(({ ports, healthCheckNodePort }) => [
      healthCheckNodePort,
      ...ports.map(({ nodePort }) => nodePort),
    ]),
  );
}

const opens =
  (ports: readonly number[]) =>
  ({ fromPort }: RuleFacts): boolean =>
    ports.includes(Number(fromPort));

const nameOf = ({ LoadBalancerName = "" }: LoadBalancer): string => LoadBalancerName;

/** Each once. */
const inOrder = (ports: readonly number[]): number[] => [...new Set(ports)].toSorted((a, b) => a - b);

const portsInWords = (ports: readonly number[]): string =>
  ports.length === 1 ? `node port ${ports.join("")}` : `any of the node ports ${ports.join(", ")}`;
