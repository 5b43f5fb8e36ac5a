/** The controller's rules that admit traffic to the nodes. */
import type { NodePort } from "../../../model/later.ts";
import { later } from "../../../model/later.ts";
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import type { EndpointFacts, ServiceFacts } from "../../../model/service.ts";
import type { AwsClusterFacts, NlbFacts, RuleFacts, SubnetFacts } from "../model.ts";
import { ipProtocols } from "../sources/openings.ts";
import { flag } from "./annotations.ts";
import { healthCheck } from "./healthCheck.ts";
import { owner, sharedRuleDescription } from "./marks.ts";
import { keepsClientAddress } from "./targetGroupAttributes.ts";
import type { PortMapping } from "./portMappings.ts";
import type { BalancerGroups } from "./securityGroups.ts";
import { everywhere, everywhereInIpv6 } from "../../../addresses.ts";
import { namedRanges } from "./sourceRanges.ts";
import { hasIpv6Targets } from "./ipAddressTypes.ts";
import { targetTypeOf } from "./targetType.ts";

type Traffic = Pick<RuleFacts, "ipProtocol" | "fromPort" | "toPort">;

/**
 * Without a target, the controller opens nothing: it finds the groups through the targets' network interfaces. A pod's is its node's.
 * @param endpoints the Service's pods; if they are not known, there will be some
 */
export function nodeRules(
  service: ServiceFacts,
  { nodeSecurityGroups }: AwsClusterFacts,
  { pools }: NlbFacts,
  groups: BalancerGroups,
  mappings: readonly PortMapping[],
  subnets: readonly SubnetFacts[],
  endpoints?: readonly EndpointFacts[],
): RuleFacts[] {
  if (endpoints !== undefined || targetTypeOf(service) === "instance")
    if (!pools.some(({ members }) => members.length > 0)) return [];
  const rules =
    groups.kind === "none"
      ? rulesByRange(service, mappings, subnets)
      : groups.backend === undefined
        ? []
        : rulesOfGroup(groups.backend, portsByProtocol(service, mappings));
  return nodeSecurityGroups.flatMap((securityGroup) =>
    rules.map((rule): RuleFacts => ({
      identity: { name: sharedRuleDescription, id: later },
      owner,
      securityGroup,
      ...rule,
    })),
  );
}

/** pkg/service/model_build_target_group.go (buildTargetGroupBindingNetworking) */
function portsByProtocol(
  service: ServiceFacts,
  mappings: readonly PortMapping[],
): ReadonlyMap<string, readonly NodePort[]> {
  const { port: checked } = healthCheck(service);
  const ports = mappings.flatMap(({ openPort: nodePort, targetProtocol }): [string, NodePort][] => {
    if (nodePort === undefined) return [];
    const isChecked = checked === "traffic-port" || checked === nodePort;
    const hasUdp = targetProtocol === "UDP" || targetProtocol === "TCP_UDP";
    return [
      ...(hasUdp ? [["udp", nodePort] as [string, NodePort]] : []),
      ...(targetProtocol !== "UDP" || isChecked ? [["tcp", nodePort] as [string, NodePort]] : []),
      ...(isChecked ? [] : [["tcp", checked] as [string, NodePort]]),
    ];
  });
  return new Map(
    ["tcp", "udp"].map((protocol) => [
      protocol,
      [...new Set(ports.filter(([each]) => each === protocol).map(([, port]) => port))],
    ]),
  );
}

/**
 * From the shared group, one rule for each protocol: from the lowest port to the highest one of all the controller's target groups in the cluster. Those of other
 * Services are not known here. Ports that are not allocated yet have a rule of their own.
 * pkg/networking/networking_manager.go (computeRestrictedIngressPermissionsPerSG)
 */
function rulesOfGroup(
  source: string,
  ports: ReadonlyMap<string, readonly NodePort[]>,
): (Traffic & { readonly source: string })[] {
  return [...ports].flatMap(([ipProtocol, all]) => {
    const known = all.filter((port) => typeof port === "number");
    const [first, last = first] = all.filter((port) => typeof port !== "number");
    return [
      ...(known.length === 0
        ? []
        : [{ ipProtocol, fromPort: Math.min(...known), toPort: Math.max(...known), source }]),
      ...(first === undefined || last === undefined
        ? []
        : [{ ipProtocol, fromPort: first, toPort: last, source }]),
    ];
  });
}

/**
 * Of a load balancer without groups. The ranges of the VPC, which are the clients of an internal one by default, are not known here: whatHasNoModel.ts.
 * model_build_target_group.go (buildTargetGroupBindingNetworkingLegacy, buildHealthCheckSourceCIDRs)
 */
function rulesByRange(
  service: ServiceFacts,
  mappings: readonly PortMapping[],
  subnets: readonly SubnetFacts[],
): (Traffic & { readonly source: string })[] {
  if (flag(service, "manageNodeRules") === false) return [];
  const { port: checked } = healthCheck(service);
  const named = namedRanges(service);
  const all = hasIpv6Targets(service) ? everywhereInIpv6 : everywhere;
  const clients = named.length === 0 ? [all] : named;
  const cidrs = subnets.flatMap(({ cidr, ipv6Cidrs = [] }) => (hasIpv6Targets(service) ? ipv6Cidrs : [cidr]));
  const rules = mappings.flatMap(({ listenerPort, openPort: nodePort, targetProtocol }) => {
    if (nodePort === undefined) return [];
    const keepsAddress = keepsClientAddress(service, listenerPort);
    const isDatagram = targetProtocol === "UDP" || targetProtocol === "TCP_UDP";
    const from = isDatagram || keepsAddress ? clients : cidrs;
    const isCovered =
      targetProtocol !== "UDP" &&
      isSame(checked, nodePort) &&
      (!keepsAddress || [everywhere, everywhereInIpv6].some((each) => from.includes(each)));
    const check = checked === "traffic-port" ? nodePort : checked;
    return [
      ...ipProtocols(targetProtocol).flatMap((protocol) =>
        from.map((source) => onPort(protocol, nodePort, source)),
      ),
      ...(isCovered ? [] : cidrs.map((source) => onPort("tcp", check, source))),
    ];
  });
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

/** Rules by range name the IPv6 ranges of the load balancer's subnets, which not every source gives. */
export function whyRangesAreNotKnown(
  service: ServiceFacts,
  subnets: readonly SubnetFacts[],
): string | undefined {
  return hasIpv6Targets(service) &&
    flag(service, "withoutGroups") === true &&
    flag(service, "manageNodeRules") !== false &&
    subnets.some(({ ipv6Cidrs }) => ipv6Cidrs === undefined)
    ? "the source does not tell the IPv6 ranges of the load balancer's subnets, from which the controller opens the nodes"
    : undefined;
}

function isSame(checked: HealthCheckFacts["port"], nodePort: NodePort): boolean {
  return checked === "traffic-port" || checked === nodePort;
}

function onPort(ipProtocol: string, port: NodePort, source: string): Traffic & { readonly source: string } {
  return { ipProtocol, fromPort: port, toPort: port, source };
}
