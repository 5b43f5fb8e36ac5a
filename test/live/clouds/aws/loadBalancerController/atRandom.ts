/** Services at random: several annotations at once, some with values that make no sense. The same seed gives the same Services. */
import fc from "fast-check";
import { annotationNames } from "../../../../../comparison/clouds/aws/loadBalancerController/annotations.ts";
import type { AnnotationName } from "../../../../../comparison/clouds/aws/loadBalancerController/annotations.ts";
import { certificate, prefixLists } from "./account.ts";
import type { Tried } from "./services.ts";

const truths = ["true", "false", "1", "F", "True"];
const noTruths = ["yes", "on", "", " true", "TrUe"];

interface Values {
  readonly usual: readonly string[];
  /** Refused, or read otherwise than one expects. */
  readonly odd: readonly string[];
}

const words: Partial<Record<AnnotationName, Values>> = {
  scheme: { usual: ["internet-facing", "internal"], odd: ["Internal", "", "public"] },
  internal: { usual: truths, odd: noTruths },
  ipAddressType: { usual: ["ipv4"], odd: ["", "IPv4", "dualstack-without-public-ipv4"] },
  subnets: {
    usual: ["dev-public-us-west-2a,dev-public-us-west-2b", " dev-public-us-west-2b ,"],
    odd: ["", ",", "nowhere", "dev-public-us-west-2a,dev-public-us-west-2a", "subnet-0"],
  },
  eipAllocations: { usual: [], odd: ["", "eipalloc-1", ","] },
  privateIpv4Addresses: { usual: [], odd: ["", "10.0.128.9", "10.0.128.9,10.0.144.9,here", "::1,::2,::3"] },
  attributes: {
    usual: [
      "load_balancing.cross_zone.enabled=true",
      "dns_record.client_routing_policy=availability_zone_affinity,",
      " load_balancing.cross_zone.enabled = false , deletion_protection.enabled = false ",
      "",
    ],
    odd: ["cross_zone", "=true", "dns_record.client_routing_policy=", " ", "a=b,c"],
  },
  crossZone: { usual: truths, odd: noTruths },
  accessLog: { usual: ["false", "0"], odd: noTruths },
  additionalTags: {
    usual: ["team=shop", "a=b=c,d=", "list=a\\,b,team=shop", "", "team=shop,"],
    odd: ["team", "=shop", "team=shop,web"],
  },
  securityGroups: {
    usual: ["sg-11111111", "sg-22222222,sg-11111111", "", ","],
    odd: ["sg-11111111,sg-11111111"],
  },
  manageNodeRules: { usual: truths, odd: noTruths },
  prefixLists: { usual: [prefixLists[0], prefixLists.join(), "", " "], odd: [] },
  pathMtu: { usual: ["on", "off"], odd: ["true", "On", ""] },
  privateLink: { usual: ["on", "off"], odd: ["", "On", "true"] },
  withoutGroups: { usual: truths, odd: noTruths },
  certificate: { usual: [certificate, `${certificate}, `, ""], odd: [] },
  sslPorts: { usual: ["443", "https,443", ""], odd: ["*", "8443", "HTTPS"] },
  backendProtocol: { usual: ["ssl", "tcp"], odd: ["SSL", "", "https"] },
  alpnPolicy: { usual: ["HTTP2Preferred", "None"], odd: ["none", "", "HTTP3"] },
  tcpUdp: { usual: truths, odd: noTruths },
  targetGroupAttributes: {
    usual: [
      "preserve_client_ip.enabled=true",
      "preserve_client_ip.enabled=1",
      "deregistration_delay.timeout_seconds=0,stickiness.enabled=true,stickiness.type=source_ip",
      "proxy_protocol_v2.enabled=true",
      "proxy_protocol_v2.enabled=",
      "",
    ],
    odd: ["preserve_client_ip.enabled=yes", "preserve_client_ip.enabled=", "sticky", "a=b,c"],
  },
  proxyProtocol: { usual: ["*"], odd: ["true", "", "* "] },
  proxyProtocolPorts: { usual: ["80", "80, 443", "", "0443", "81"], odd: ["http", "80;443", "1.5"] },
  targetNodeLabels: {
    usual: ["topology.kubernetes.io/zone=us-west-2b", "pool=none", ""],
    odd: ["edge", "=edge"],
  },
  multiCluster: { usual: ["false", "0"], odd: noTruths },
  healthCheckProtocol: { usual: ["TCP", "http", "Https"], odd: ["UDP", "", " tcp"] },
  healthCheckPort: { usual: ["traffic-port", "10256", "http", "+8080"], odd: ["", "Traffic-Port", "status"] },
  healthCheckPath: { usual: ["/", "/ready?full=1"], odd: [] },
  healthCheckInterval: { usual: ["10", "30", "+300"], odd: ["", "10s", " 10", "2147483648", "1e1"] },
  healthCheckTimeout: { usual: ["2", "10", "06"], odd: ["", "5.5", "0x5"] },
  healthyThreshold: { usual: ["2", "10"], odd: ["two", ""] },
  unhealthyThreshold: { usual: ["2", "010"], odd: ["two", ""] },
  successCodes: { usual: ["200", "200,204", "200-599"], odd: [] },
};

const spec = fc.record(
  {
    ports: fc.constantFrom(
      [{ name: "http", port: 80, targetPort: 8080 }],
      [{ port: 80, targetPort: 8080 }],
      [
        { name: "http", port: 80, targetPort: "http" },
        { name: "https", port: 443, targetPort: 8443 },
      ],
      [
        { name: "http", port: 80, targetPort: 8080 },
        { name: "dns", port: 443, protocol: "UDP", targetPort: 5353 },
      ],
      [
        { name: "https", port: 443, targetPort: 8443 },
        { name: "http", port: 443, protocol: "UDP", targetPort: 8443 },
      ],
    ),
    externalTrafficPolicy: fc.constantFrom("Local", "Cluster"),
    loadBalancerSourceRanges: fc.constantFrom(
      ["203.0.113.0/24"],
      ["0.0.0.0/0", "10.0.0.0/8"],
      ["203.0.113.0/24", "203.0.113.0/25", "203.0.113.0/25"],
      ["2001:db8::/32"],
    ),
    allocateLoadBalancerNodePorts: fc.constantFrom(true, true, false),
    sessionAffinity: fc.constantFrom("ClientIP", "None"),
  },
  { requiredKeys: ["ports"] },
);

/** One of seven values is odd, so that more than half of the Services with several are served. */
const valueOf = ({ usual, odd }: Values): fc.Arbitrary<string> =>
  usual.length === 0 || odd.length === 0
    ? fc.constantFrom(...usual, ...odd)
    : fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...usual) },
        { weight: 1, arbitrary: fc.constantFrom(...odd) },
      );

const names = Object.keys(words) as AnnotationName[];
const annotations = fc
  .subarray(names, { minLength: 1, maxLength: 6 })
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map((name) =>
        valueOf(words[name] ?? { usual: [], odd: [] }).map(
          (value) => [annotationNames[name], value] as const,
        ),
      ),
    ),
  )
  .map((entries) => Object.fromEntries(entries));

export function servicesAtRandom(count: number, seed: number): Tried[] {
  const drawn = fc.sample(fc.record({ annotations, spec }), { numRuns: count, seed });
  return drawn.map((each, index) => ({
    name: `random-${index + 1}`,
    annotations: { [annotationNames.scheme]: "internet-facing", ...each.annotations },
    spec: each.spec,
  }));
}
