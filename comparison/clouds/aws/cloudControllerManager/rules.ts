/**
 * The controller's rules that admit traffic to the nodes. It adds them to the cluster's security groups of its targets.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (updateInstanceSecurityGroupsForNLB)
 */
import type { AwsClusterFacts, NlbFacts, RuleFacts, SubnetFacts } from "../model.ts";
import type { OpeningFacts } from "../../../model/firewall.ts";
import { later } from "../../../model/later.ts";
import type { NodePort } from "../../../model/later.ts";
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { Configuration } from "./configuration.ts";
import { ruleDescriptionPrefix } from "./marks.ts";
import { healthCheck } from "./healthCheck.ts";
import type { PortMapping } from "./portMappings.ts";
import { everywhere } from "../../../addresses.ts";
import { sourceRanges } from "./sourceRanges.ts";

type HealthCheckPort = HealthCheckFacts["port"];

/** The rule's description names its purpose, and the controller finds the rule by it. */
type Purpose = "client" | "health" | "mtu";

interface Rule {
  readonly purpose: Purpose;
  readonly ipProtocol: string;
  readonly fromPort: NodePort;
  readonly toPort: NodePort;
  readonly source: string;
}

export function nodeRules(
  service: ServiceFacts,
  { nodeSecurityGroups }: AwsClusterFacts,
  { identity, pools }: NlbFacts,
  mappings: readonly PortMapping[],
  subnets: readonly SubnetFacts[],
  configuration: Configuration,
): RuleFacts[] {
  if (!configuration.opensNodes) return [];
  // The controller finds the groups through the instances, so without instances it opens nothing.
  if (!pools.some(({ members }) => members.length > 0)) return [];
  const checked = healthCheck(service, configuration).port;
  const health = healthRules(service, checked, mappings, subnets);
  const clients = clientRules(mappings, sourceRanges(service));
  // Health rules come first, and EC2 keeps one of two that let in the same (updateInstanceSecurityGroupForNLBTraffic).
  const isThere = sameAsOneOf(health, checked);
  const traffic = [...health, ...clients.filter((rule) => !isThere(rule))];
  const rules = [...traffic, ...mtuRules(traffic)];
  return nodeSecurityGroups.flatMap((securityGroup) =>
    rules.map(({ purpose, ...rule }): RuleFacts => ({
      identity: { name: description(purpose, identity.name), id: later },
      owner: "cloud controller",
      securityGroup,
      ...rule,
    })),
  );
}

function clientRules(mappings: readonly PortMapping[], ranges: readonly string[]): Rule[] {
  const ipProtocol = mappings.some(({ targetProtocol }) => targetProtocol === "UDP") ? "udp" : "tcp";
  return mappings.flatMap(({ nodePort }) =>
    ranges.map((source) => onPort("client", ipProtocol, nodePort, source)),
  );
}

/** From each of the load balancer's subnets, even where the clients' rules let some of that in. */
function healthRules(
  service: ServiceFacts,
  port: HealthCheckPort,
  mappings: readonly PortMapping[],
  subnets: readonly SubnetFacts[],
): Rule[] {
  if (isCovered(port, mappings, sourceRanges(service))) return [];
  const ports = port === "traffic-port" ? mappings.map(({ nodePort }) => nodePort) : [port];
  return ports.flatMap((checked) => subnets.map(({ cidr }) => onPort("health", "tcp", checked, cidr)));
}

/** The only case in which health rules are left out: TCP clients from everywhere, to the very ports that are checked. */
function isCovered(
  port: HealthCheckPort,
  mappings: readonly PortMapping[],
  ranges: readonly string[],
): boolean {
  const fromEverywhere = ranges.length === 1 && ranges[0] === everywhere;
  const isChecked = isCheckedAt(port);
  return (
    fromEverywhere &&
    mappings.every(({ nodePort, targetProtocol }) => targetProtocol !== "UDP" && isChecked(nodePort))
  );
}

/** Two ports that are not known yet do not count as the same. */
function isCheckedAt(port: HealthCheckPort): (nodePort: NodePort) => boolean {
  return (nodePort) => port === "traffic-port" || (port !== later && port === nodePort);
}

function sameAsOneOf(health: readonly Rule[], port: HealthCheckPort): (client: Rule) => boolean {
  const isChecked = isCheckedAt(port);
  return ({ ipProtocol, fromPort, source }) =>
    isChecked(fromPort) && health.some((rule) => rule.ipProtocol === ipProtocol && rule.source === source);
}

/** Path MTU discovery for each range of clients, shared by all load balancers. aws_loadbalancer.go (updateInstanceSecurityGroupForNLBMTU) */
function mtuRules(traffic: readonly Rule[]): Rule[] {
  const ranges = traffic.filter(({ purpose }) => purpose === "client").map(({ source }) => source);
  return [...new Set(ranges)].map((source) => ({
    purpose: "mtu",
    ipProtocol: "icmp",
    fromPort: 3,
    toPort: 4,
    source,
  }));
}

/**
 * Whether the rule is for this load balancer alone, which its description then names. Rules for path MTU discovery are shared by all load
 * balancers of the cluster, and another Service may need one for ranges of its own.
 * @param loadBalancer its name
 */
export function isFor({ identity }: OpeningFacts, loadBalancer: string): boolean {
  return (["client", "health"] as const).some(
    (purpose) => identity.name === description(purpose, loadBalancer),
  );
}

/**
 * Whether it is a rule for the health checks of another load balancer. AWS keeps one of several that let in the same, which load balancers with a shared check all
 * need.
 * @param loadBalancer its name
 */
export function isForAnother({ identity }: OpeningFacts, loadBalancer: string): boolean {
  const [, other] = /\/health=(.+)$/.exec(identity.name) ?? [];
  return other !== undefined && other !== loadBalancer;
}

/**
 * Whether it is a rule for health checks that the controller needed for narrower source ranges, and keeps now that the range is 0.0.0.0/0: it checks its rules for
 * health checks only while it needs them.
 * @param loadBalancer its name
 */
export function isLeftBehind(
  { owner, identity, ipProtocol }: RuleFacts,
  service: ServiceFacts,
  loadBalancer: string,
): boolean {
  return (
    owner === "cloud controller" &&
    ipProtocol === "tcp" &&
    identity.name === description("health", loadBalancer) &&
    sourceRanges(service).join() === everywhere
  );
}

function onPort(purpose: Purpose, ipProtocol: string, port: NodePort, source: string): Rule {
  return { purpose, ipProtocol, fromPort: port, toPort: port, source };
}

/** aws.go (NLBClientRuleDescription and others) */
function description(purpose: Purpose, loadBalancer: string): string {
  const prefix = `${ruleDescriptionPrefix}${purpose}`;
  if (purpose === "mtu") return prefix;
  return loadBalancer === later ? later : `${prefix}=${loadBalancer}`;
}
