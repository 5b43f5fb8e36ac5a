/** A Network Load Balancer before it is made, in a few rows. What AWS and the controllers set by default is left out. */
import { counted, pairs } from "../../../difference/inWords.ts";
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { Made, ShownValue } from "../../manifests.ts";
import { later } from "../../../model/later.ts";
import { isPlannedGroup } from "../plan/plannedGroup.ts";
import { isIcmp, ruleInWords, sourceInWords } from "../ruleInWords.ts";
import {
  healthCheckOf,
  listenerAttributes,
  loadBalancerAttributesOf,
  targetGroupAttributes,
} from "../defaults.ts";
import type { Aws, NlbFacts, NlbListenerFacts, RuleFacts, TargetGroupFacts } from "../model.ts";

export function values(service: ServiceFacts, { loadBalancer, firewall }: Made<Aws>): ShownValue[] {
  const { listeners, pools } = loadBalancer;
  const all = [...firewall.nodes, ...firewall.loadBalancer];
  const isOnBalancer = ({ securityGroup }: RuleFacts): boolean =>
    loadBalancer.securityGroups.includes(securityGroup);
  const lines = (texts: readonly string[]): string => [...new Set(texts)].sort().join("\n");
  const onNodes = all.filter((rule) => !isOnBalancer(rule)).map((rule) => ruleText(rule, service));
  return [
    ...loadBalancerValues(loadBalancer),
    ...listeners.flatMap((listener) => {
      const groups = pools.filter(({ identity }) => listener.forwardsTo.includes(identity.id));
      return groups.flatMap((group) => listenerValues(listener, group, service));
    }),
    ...rows("firewall", "rules on the nodes", lines(onNodes)),
    ...rows("firewall", "rules of the load balancer", lines(all.filter(isOnBalancer).map(ruleInWords))),
  ];
}

/** Tags by which controllers find their objects. */
const ofControllers = /^(?:kubernetes\.io|elbv2\.k8s\.aws|service\.k8s\.aws)\//;

function loadBalancerValues({
  scheme,
  ipAddressType,
  zones,
  securityGroups,
  attributes,
  tags,
}: NlbFacts): ShownValue[] {
  const section = "load balancer";
  const own = Object.fromEntries(Object.entries(tags).filter(([key]) => !ofControllers.test(key)));
  return [
    {
      section,
      title: "Network Load Balancer",
      value: `${scheme}, ${ipAddressType}, in ${counted(zones.length, "zone")}`,
    },
    ...rows(section, "security groups", securityGroups.map(groupText).join(", ")),
    ...rows(section, "attributes", beside(attributes, loadBalancerAttributesOf({ ipAddressType, scheme }))),
    ...rows(section, "tags", pairs(own)),
  ];
}

/** A group that the program makes has no id before it does. */
const groupText = (id: string): string => (isPlannedGroup(id) ? later : id);

function listenerValues(
  listener: NlbListenerFacts,
  group: TargetGroupFacts,
  service: ServiceFacts,
): ShownValue[] {
  const { members, targetType, healthCheck } = group;
  const section = "listeners";
  const title = `port ${listener.port}`;
  const isPods = targetType === "ip";
  // Which pods there are, no manifest says.
  const targets = isPods
    ? `the ready pods as targets${keepsClient(group) ? ", which see the clients' addresses" : ""}`
    : `${counted(members.length, "target")} of type ${targetType}${group.ipAddressType === "ipv6" ? ", by IPv6" : ""}`;
  const text = isPods ? podPortText : portText;
  const role = isPods ? podPortText : roleOf;
  const forwards = (port: string): string =>
    `${protocolText(listener)}, to ${port} by ${group.protocol}, ${targets}`;
  return [
    {
      section,
      title,
      value: forwards(text(group.port, service)),
      compared: forwards(role(group.port, service)),
    },
    {
      section,
      title: `${title}: health check`,
      value: checkText(healthCheck, text(healthCheck.port, service)),
      compared: checkText(healthCheck, role(healthCheck.port, service)),
    },
    ...rows(
      section,
      `${title}: attributes`,
      beside(listener.attributes, listenerAttributes(listener.protocol)),
    ),
    ...groupAttributes(`${title}: group's attributes`, group),
  ];
}

/** What AWS sets otherwise for pods than for nodes is shown in any case, and compared with what the nodes get. */
function groupAttributes(
  title: string,
  { attributes, protocol, targetType }: TargetGroupFacts,
): ShownValue[] {
  const [ofNodes, ofTargets] = [targetGroupAttributes(protocol), targetGroupAttributes(protocol, targetType)];
  const alike = Object.entries(ofTargets).filter(([name, value]) => ofNodes[name] === value);
  const compared = beside(attributes, ofNodes);
  return rows("listeners", title, beside(attributes, Object.fromEntries(alike))).map((row) => ({
    ...row,
    compared: compared === "none" ? "" : compared,
  }));
}

/** Behind a node, a pod sees the node's address, unless the policy is Local. */
const keepsClient = ({ attributes }: TargetGroupFacts): boolean =>
  attributes["preserve_client_ip.enabled"] === "true";

function protocolText({ protocol, certificates, sslPolicy = "", alpnPolicy }: NlbListenerFacts): string {
  const [certificate, ...others] = certificates;
  if (certificate === undefined) return protocol;
  const bySni = others.length === 0 ? "" : ` (by SNI ${others.join(", ")})`;
  const alpn = alpnPolicy.length === 0 ? "" : `, ALPN ${alpnPolicy.join(", ")}`;
  return `${protocol} with ${certificate}${bySni} and the policy ${sslPolicy}${alpn}`;
}

function checkText(check: HealthCheckFacts, where: string): string {
  const { protocol, path = "", matcher, intervalSeconds, timeoutSeconds } = check;
  const answer = matcher === healthCheckOf(protocol).matcher ? "" : `, answered by ${matcher}`;
  const inARow = `healthy after ${check.healthyThresholdCount}, unhealthy after ${check.unhealthyThresholdCount}`;
  return `${[protocol, path].filter((each) => each !== "").join(" ")} at ${where}${answer}, every ${intervalSeconds} s, time-out ${timeoutSeconds} s, ${inARow}`;
}

/** A group of pods whose port has a name has the port 1, which means nothing. */
function podPortText(port: HealthCheckFacts["port"]): string {
  return typeof port === "number" && port !== 1 ? `port ${port} of the pods` : "the pods' port";
}

/** The port's role: two Services never have the same number. */
function roleOf(port: HealthCheckFacts["port"], { ports, healthCheckNodePort }: ServiceFacts): string {
  if (port === healthCheckNodePort) return "the healthCheckNodePort";
  if (typeof port !== "number" || ports.some(({ nodePort }) => nodePort === port)) return "the node port";
  return `port ${port} of the nodes`;
}

/** With the number, once it is allocated. */
function portText(port: HealthCheckFacts["port"], service: ServiceFacts): string {
  const role = roleOf(port, service);
  const isNumbered = typeof port === "number" && role.startsWith("the ");
  return isNumbered ? `${role} ${port}`.replace("the node", "node") : role;
}

function ruleText(rule: RuleFacts, service: ServiceFacts): string {
  const { ipProtocol, fromPort, toPort, source } = rule;
  if (isIcmp(rule)) return ruleInWords(rule);
  const where =
    fromPort === toPort
      ? portText(fromPort, service)
      : [fromPort, toPort].every((port) => typeof port === "number")
        ? `ports ${fromPort} to ${toPort} of the nodes`
        : // Neither is allocated yet, so which is the lower one is not known.
          `all ports between ${portText(fromPort, service)} and ${portText(toPort, service)}`;
  return `${ipProtocol} to ${where} from ${sourceInWords(source)}`;
}

function beside(found: Readonly<Record<string, string>>, defaults: Readonly<Record<string, string>>): string {
  return pairs(Object.fromEntries(Object.entries(found).filter(([name, value]) => defaults[name] !== value)));
}

/** A row if there is something to show. */
function rows(section: string, title: string, value: string): ShownValue[] {
  return value === "" || value === "none" ? [] : [{ section, title, value }];
}
