/** What a user should know of a Network Load Balancer before it is made. */
import { everywhere, networksOf } from "../../../addresses.ts";
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { withoutKubeProxy, withoutSelector } from "../../../manifests/serviceNotes.ts";
import type { Made } from "../../manifests.ts";
import { annotationNames } from "../loadBalancerController/annotations.ts";
import { owner as loadBalancerController } from "../loadBalancerController/marks.ts";
import type { Aws, NlbFacts } from "../model.ts";

/** Where kube-proxy answers on every node. https://kubernetes.io/docs/reference/networking/ports-and-protocols/ */
const kubeProxyHealth = 10256;
const nodePorts = { from: 30000, to: 32767 };

export function notes(service: ServiceFacts, { loadBalancer }: Made<Aws>): readonly string[] {
  return [
    ...withoutListener(service, loadBalancer),
    ...checks(service, loadBalancer),
    ...hairpin(loadBalancer),
    ...unseenClients(service, loadBalancer),
    ...localPolicy(service, loadBalancer),
    ...families(service, loadBalancer),
    ...withoutSelector(service),
    ...(loadBalancer.pools.every(({ targetType }) => targetType === "ip") ? [] : withoutKubeProxy(service)),
  ];
}

function withoutListener(
  { allocateLoadBalancerNodePorts, ports }: ServiceFacts,
  { listeners }: NlbFacts,
): string[] {
  if (allocateLoadBalancerNodePorts !== false) return [];
  if (listeners.length > 0) {
    return ports
      .filter(({ port }) => !listeners.some((listener) => listener.port === port))
      .map(
        ({ port }) =>
          `Port ${port} has no listener, so nothing can connect to it: it has no node port, and allocateLoadBalancerNodePorts is false.`,
      );
  }
  return [
    "The load balancer has no listener, so nothing can connect: allocateLoadBalancerNodePorts is false, and targets that are instances need node ports.",
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html */
function checks({ healthCheckNodePort, ports }: ServiceFacts, { pools }: NlbFacts): string[] {
  const found = pools.flatMap(({ protocol, healthCheck, targetType }) => {
    const { protocol: by, port } = healthCheck;
    if (targetType === "ip") return checksOfPods(protocol, healthCheck);
    if (port === "traffic-port" && protocol === "UDP") {
      return [
        `No target is ever healthy: the health check by ${by} goes to a UDP node port, which answers no connection. The load balancer then sends traffic to all targets. Set a port of the nodes that answers, such as kube-proxy's: healthcheck-protocol HTTP, healthcheck-port ${kubeProxyHealth}, healthcheck-path /healthz.`,
      ];
    }
    if (typeof port !== "number" || port === healthCheckNodePort) return [];
    if (port === kubeProxyHealth) return kubeProxyChecks(healthCheck);
    if (ports.some(({ nodePort, protocol: of }) => nodePort === port && of === "UDP")) {
      return [
        `No target is ever healthy: the health check by ${by} goes to the UDP node port ${port}, which answers no connection. The load balancer then sends traffic to all targets. Use kube-proxy's port ${kubeProxyHealth}.`,
      ];
    }
    if (port >= nodePorts.from && port <= nodePorts.to) return [];
    return [
      `No target is healthy unless something listens at port ${port} of the nodes: the health check goes to the nodes, not to the pods. Leave healthcheck-port out to check the node port, or use kube-proxy's ${kubeProxyHealth}.`,
    ];
  });
  return [...new Set(found)];
}

/** Pods answer at ports of their own, which nothing in a Service tells. */
function checksOfPods(protocol: string, { protocol: by, port }: HealthCheckFacts): string[] {
  if (port === "traffic-port" && protocol === "UDP")
    return [
      `No target is ever healthy: the health check by ${by} goes to a UDP port of the pods, which answers no connection. The load balancer then sends traffic to all targets. Set healthcheck-port to a TCP port of the pods.`,
    ];
  if (port !== kubeProxyHealth) return [];
  return [
    `No target is healthy unless the pods listen at port ${kubeProxyHealth}: the targets are pods, and kube-proxy answers on the nodes. Leave healthcheck-port out to check the pods' own port.`,
  ];
}

const kubeProxyPaths = ["/healthz", "/livez"];

/** kube-proxy answers other paths with 404, and speaks no TLS. https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/proxy/healthcheck/proxy_health.go */
function kubeProxyChecks({ protocol, path = "/" }: HealthCheckFacts): string[] {
  if (protocol === "TCP" || (protocol === "HTTP" && kubeProxyPaths.includes(path))) return [];
  return [
    `No target is ever healthy: at port ${kubeProxyHealth} kube-proxy answers HTTP ${kubeProxyPaths.join(" and ")} only, and the health check asks for ${protocol} ${path}. The load balancer then sends traffic to all targets. Set healthcheck-protocol http and healthcheck-path /healthz.`,
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html#loopback-timeout */
function hairpin({ scheme, pools }: NlbFacts): string[] {
  const keepsAddress = pools.some(({ attributes }) => attributes["preserve_client_ip.enabled"] === "true");
  if (scheme !== "internal" || !keepsAddress) return [];
  return [
    "A pod that connects through this internal load balancer to its own node times out, because the client's address is kept. preserve_client_ip.enabled=false prevents it, except for UDP.",
  ];
}

/**
 * Targets that do not see the clients' addresses see the load balancer's. Only its own security groups can then tell clients apart, and the cloud controller manager, which
 * gives it none, opens a node port to the load balancer for health checks alone.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html#target-security-groups
 */
function unseenClients(service: ServiceFacts, { securityGroups, listeners, pools }: NlbFacts): string[] {
  const unseen = pools.filter(
    ({ protocol, attributes }) =>
      ["TCP", "TLS"].includes(protocol) && attributes["preserve_client_ip.enabled"] === "false",
  );
  const ranges = networksOf(service.loadBalancerSourceRanges);
  const isForAll = ranges.length === 0 || ranges.includes(everywhere);
  if (unseen.length === 0 || listeners.length === 0 || securityGroups.length > 0 || isForAll) return [];
  const seen = "preserve_client_ip.enabled is false, so the nodes see the load balancer's addresses.";
  const remedy =
    "The AWS Load Balancer Controller gives the load balancer a security group, which checks the clients.";
  return [
    unseen.every(({ healthCheck: { port }, port: own }) => port === "traffic-port" || port === own)
      ? `${seen} The rules for health checks let these in: whoever reaches the load balancer is answered, whatever loadBalancerSourceRanges says. ${remedy}`
      : `${seen} Health checks go to another port, and the node port is open to loadBalancerSourceRanges alone: no request is answered unless these have the load balancer's subnets. ${remedy}`,
  ];
}

/** https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy */
function localPolicy(service: ServiceFacts, { listeners, pools }: NlbFacts): string[] {
  const { externalTrafficPolicy, healthCheckNodePort, ports } = service;
  if (externalTrafficPolicy !== "Local" || listeners.length === 0) return [];
  // No kube-proxy is on the way to pods.
  if (pools.every(({ targetType }) => targetType === "ip")) return [];
  const ofService = ["traffic-port", healthCheckNodePort, ...ports.map(({ nodePort }) => nodePort)];
  const elsewhere = pools.find(({ healthCheck: { port } }) => !ofService.includes(port));
  // No node is healthy: that is said of the check.
  if (elsewhere?.healthCheck.port === kubeProxyHealth && kubeProxyChecks(elsewhere.healthCheck).length > 0)
    return [];
  if (elsewhere !== undefined) {
    return [
      `externalTrafficPolicy is Local, but the health check goes to port ${elsewhere.healthCheck.port}, which does not tell whether the node has a ready pod: a node without one can be healthy, and its traffic is lost. Leave healthcheck-port out.`,
    ];
  }
  return [
    "externalTrafficPolicy is Local, so only nodes with a ready pod are healthy targets. The others are unhealthy, as they have to be.",
  ];
}

/**
 * https://kubernetes.io/docs/concepts/services-networking/dual-stack/
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-ip-address-type
 */
function families(
  { ipFamilyPolicy, ipFamilies }: ServiceFacts,
  { ipAddressType, owner, pools }: NlbFacts,
): string[] {
  if (pools.some((pool) => pool.ipAddressType === "ipv6"))
    return [
      "Only nodes with a primary IPv6 address can be targets: the target groups have IPv6, because the Service's ipFamilies have it.",
    ];
  if (!ipFamilies.includes("IPv4")) {
    return [
      "No target is ever healthy: the Service has only IPv6 addresses, so its node ports answer over IPv6 only, and the load balancer connects to nodes over IPv4. Add IPv4 to ipFamilies.",
    ];
  }
  if (ipFamilyPolicy === "SingleStack" || ipAddressType !== "ipv4") return [];
  const remedy =
    owner === loadBalancerController
      ? `${annotationNames.ipAddressType}: dualstack gives it IPv6.`
      : "the controller has no setting for it.";
  return [
    `The load balancer has only IPv4 addresses, although the Service's ipFamilyPolicy is ${ipFamilyPolicy}: ${remedy}`,
  ];
}
