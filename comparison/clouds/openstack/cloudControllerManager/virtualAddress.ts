/**
 * The controller writes the address of the load balancer as an IP of the mode VIP, and kube-proxy then has rules for it. loadbalancer.go (createLoadBalancerStatus),
 * kubernetes v1.35.0, pkg/proxy/serviceport.go (newBaseServiceInfo) and pkg/proxy/nftables/proxier.go (syncProxyRules).
 */
import { covers } from "../../../../components/core/sourceRanges.ts";
import { everywhere, networksOf } from "../../../addresses.ts";
import type { Entry, Expected, Pair } from "../../../difference/entry.ts";
import { step } from "../../../difference/shape.ts";
import type { ServiceFacts, ServicePortFacts } from "../../../model/service.ts";
import { factsIn } from "../../../model/sourceResult.ts";
import type { OpenStack } from "../model.ts";
import { annotation, given } from "./annotations.ts";
import { proxyProtocolOf } from "./settings.ts";
import { networkOf } from "./sourceRanges.ts";

/** With the proxy protocol, the mode is Proxy or the status has a name; kube-proxy then leaves the address alone. */
const isVirtual = (service: ServiceFacts): boolean =>
  service.withoutKubeProxy === undefined &&
  proxyProtocolOf(service) === undefined &&
  given(annotation(service, "hostname")) === undefined;

export const virtualAddress: Entry<OpenStack> = {
  id: "address-known-to-kube-proxy",
  why: "The controller writes the address of its load balancer into the Service's status as an IP of the mode VIP. kube-proxy then takes what pods and nodes send to this address straight to pods, past the load balancer. Nothing writes the address of the hand-made load balancer, so requests to it go through it from everywhere.",
  affects:
    "clients in the cluster that use the load balancer's address: neither its limits, time-outs and health monitors nor the header X-Forwarded-For are for them; and tools that read status.loadBalancer, such as external-dns and kubectl get service",
  remedy:
    "let clients in the cluster use the Service's own name; or set the annotation loadbalancer.openstack.org/hostname, so that the status has a name, and kube-proxy no address",
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-ip-mode",
  expects(pair) {
    const { right, roles } = pair;
    const [service, balancer] = [factsIn(right.service), factsIn(right.loadBalancer)];
    if (service === undefined || balancer === undefined || !isVirtual(service)) return [];
    const { address } = balancer;
    return [
      { path: "service / ingress", left: "none", right: roles.right.text(address) },
      ...service.ports.flatMap((port) => entrancesOf(port, service, address, pair)),
    ];
  },
};

/** What kube-proxy does with traffic from outside, at whichever entrance. */
const asAtNodePort = [
  "endpoints",
  ["endpointsFromInside", "pods"].join(step),
  ["endpointsFromInside", "node"].join(step),
  "masquerade",
  "sessionAffinitySeconds",
  "withoutEndpoints",
];

/** On each node whose rules are known, what the node port has and the source ranges. Nothing says what a Service without node ports has there. */
function entrancesOf(
  { protocol, port, nodePort }: ServicePortFacts,
  service: ServiceFacts,
  address: string,
  { facts, right, roles, values }: Pair<OpenStack>,
): Expected[] {
  if (nodePort === undefined) return [];
  const { text, nodePort: role } = roles.right;
  const addressOf = new Map(factsIn(facts.cluster)?.nodes.map((node) => [node.name, node.address]));
  return (factsIn(right.dataPath) ?? []).flatMap(({ node }) => {
    const at = (entrance: string): string => ["dataPath", node, "entrances", entrance].join(step);
    const here = at(`node port ${protocol} ${role(nodePort)}`);
    const ranges = admitted(service, address, addressOf.get(node));
    const expected: Readonly<Record<string, string | undefined>> = {
      kind: "load balancer address",
      address: text(address),
      protocol,
      sourceRanges: ranges.map(text).sort().join(", ") || "none",
      ...Object.fromEntries(asAtNodePort.map((field) => [field, values.right.get([here, field].join(step))])),
    };
    return Object.entries(expected).flatMap(([field, value]) =>
      value === undefined
        ? []
        : [
            {
              path: [at(`load balancer address ${protocol} ${port}`), field].join(step),
              left: null,
              right: value,
            },
          ],
    );
  });
}

/** One that lets everybody in is as good as none. If the node itself may enter, the address may as well. The kernel keeps no range within another. */
function admitted(
  { loadBalancerSourceRanges }: ServiceFacts,
  address: string,
  node: string | undefined,
): string[] {
  const ranges = networksOf(loadBalancerSourceRanges).flatMap((range) => networkOf(range) ?? []);
  if (ranges.includes(everywhere)) return [];
  const isIn = (one: string | undefined): boolean => one !== undefined && covers(ranges, `${one}/32`);
  const apart = ranges.filter(
    (range, index) =>
      ranges.indexOf(range) === index &&
      !covers(
        ranges.filter((other) => other !== range),
        range,
      ),
  );
  return isIn(node) && !isIn(address) ? [...apart, address] : apart;
}
