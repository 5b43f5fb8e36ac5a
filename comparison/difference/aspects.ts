/** Single values gathered to aspects, as a person would ask for them. Every path belongs to exactly one. */
import type { Aspect } from "../result/comparison.ts";
import { step } from "./values.ts";

type Section = Aspect["section"];

export interface AspectKind {
  readonly section: Section;
  readonly title: string;
}

/** First match wins; `$1` in a title is what the pattern's group matched. */
const kinds: readonly { readonly of: RegExp; readonly section: Section; readonly title: string }[] = [
  { of: /^service \/ (type|loadBalancerClass)$/, section: "Service", title: "type" },
  { of: /^service \/ owner$/, section: "Service", title: "declared by" },
  { of: /^service \/ selector/, section: "Service", title: "selector" },
  {
    of: /^service \/ (ports|allocateLoadBalancerNodePorts)/,
    section: "Service",
    title: "ports and node ports",
  },
  { of: /^service \/ healthCheckNodePort$/, section: "Service", title: "health-check node port" },
  { of: /^service \/ .*(TrafficPolicy|trafficDistribution)$/, section: "Service", title: "traffic policies" },
  { of: /^service \/ sessionAffinity$/, section: "Service", title: "session affinity" },
  {
    of: /^service \/ (clusterIPs|ipFamil.*|externalIPs)$/,
    section: "Service",
    title: "addresses in the cluster",
  },
  {
    of: /^service \/ publishNotReadyAddresses$/,
    section: "Service",
    title: "addresses of pods not ready",
  },
  { of: /^service \/ loadBalancerSourceRanges$/, section: "Service", title: "source ranges" },
  { of: /^service \/ ingress$/, section: "Service", title: "address in the status" },
  { of: /^service \/ finalizers/, section: "Service", title: "finalizers" },
  { of: /^service \/ annotations/, section: "Service", title: "other annotations" },
  { of: /^endpoints/, section: "Service", title: "endpoints" },
  { of: /^loadBalancer \/ owner$/, section: "load balancer", title: "made by" },
  {
    of: /^loadBalancer \/ (type|scheme|ipAddressType|state|vpc)$/,
    section: "load balancer",
    title: "kind and state",
  },
  { of: /^loadBalancer \/ zones/, section: "load balancer", title: "zones and subnets" },
  { of: /^loadBalancer \/ securityGroups$/, section: "load balancer", title: "security groups" },
  { of: /^loadBalancer \/ attributes/, section: "load balancer", title: "attributes" },
  { of: /^loadBalancer \/ tags/, section: "load balancer", title: "tags" },
  { of: /^loadBalancer \/ dnsName$/, section: "name", title: "DNS name" },
  { of: /^loadBalancer \/ listeners \/ (.+?) \//, section: "listeners", title: "$1" },
  {
    of: /^loadBalancer \/ targetGroups \/ <target group (?:of )?(.+?)>.* \/ healthCheck/,
    section: "listeners",
    title: "$1: health check",
  },
  {
    of: /^loadBalancer \/ targetGroups \/ <target group (?:of )?(.+?)>.* \/ attributes/,
    section: "listeners",
    title: "$1: group's attributes",
  },
  {
    of: /^loadBalancer \/ targetGroups \/ <target group (?:of )?(.+?)>.* \/ tags/,
    section: "listeners",
    title: "$1: group's tags",
  },
  {
    of: /^loadBalancer \/ targetGroups \/ <target group (?:of )?(.+?)>.* \/ targets/,
    section: "listeners",
    title: "$1: targets",
  },
  {
    of: /^loadBalancer \/ targetGroups \/ <target group (?:of )?(.+?)>/,
    section: "listeners",
    title: "$1: target group",
  },
  { of: /^firewall \/ nodes/, section: "firewall", title: "rules on the nodes" },
  { of: /^firewall \/ loadBalancer/, section: "firewall", title: "rules of the load balancer" },
  { of: /^name/, section: "name", title: "DNS name" },
  {
    of: /^dataPath \/ .+? \/ entrances \/ (cluster IP|node port|load balancer address|external IP) /,
    section: "data path",
    title: "at the $1",
  },
  { of: /^dataPath \/ .+? \/ mode$/, section: "data path", title: "kube-proxy's mode" },
];

/** For what no pattern names: the part, and the field itself as title. */
const sections: Readonly<Record<string, Section>> = {
  service: "Service",
  endpoints: "Service",
  loadBalancer: "load balancer",
  firewall: "firewall",
  name: "name",
  dataPath: "data path",
};

export function aspectOf(path: string): AspectKind {
  for (const { of, section, title } of kinds) {
    const match = of.exec(path);
    if (match !== null) return { section, title: title.replace("$1", match[1] ?? "") };
  }
  const steps = path.split(step);
  return { section: sections[steps[0] ?? ""] ?? "Service", title: steps.at(-1) ?? path };
}

/** Aspects in the order of the sections, then as their values come. */
export const sectionOrder: readonly Section[] = [
  "Service",
  "load balancer",
  "listeners",
  "firewall",
  "name",
  "data path",
];
