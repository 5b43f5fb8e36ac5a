import { defaults, isNodePort } from "../core/defaults.ts";
import type { ListenerPort } from "../core/validation.ts";
import { givenChecks } from "./healthCheck.ts";
import type { CheckedPort, GivenCheck } from "./healthCheck.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { sourceNotes } from "./sourceNotes.ts";
import type { Maker } from "./sourceNotes.ts";
import { preservesClientIp } from "./targetType.ts";

/** kube-proxy's own health check, which answers on every node. https://kubernetes.io/docs/reference/command-line-tools-reference/kube-proxy/ */
const kubeProxyPort = 10256;

/** What is allowed, but seldom wanted. A preview shows it as a warning. */
export function notes(
  options: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
  maker: Maker = "program",
): string[] {
  return [
    ...(options.targetType === "ip" ? [] : givenChecks(options, ports).flatMap(checkNotes)),
    ...hairpinNotes(options, ports),
    ...sourceNotes(options, ports, maker),
    ...logNotes(options, ports),
  ];
}

function checkNotes({ propertyPath, check, ports }: GivenCheck): string[] {
  const port = check.port ?? "traffic-port";
  if (port === "traffic-port" || ports.length === 0) return [];
  if (port !== kubeProxyPort && !isNodePort(port))
    return [
      `${propertyPath}.port: nothing is known to listen on port ${port} of the nodes, and then no target is healthy. Checks go to nodes, not to pods: set "traffic-port", the node port of the pods' status port, or kube-proxy's ${kubeProxyPort}.`,
    ];
  const protocols = new Set(ports.map(({ protocol }) => protocol ?? defaults.protocol));
  if (port !== kubeProxyPort || protocols.size < 2) return [];
  const tcp = ports.filter(({ protocol }) => (protocol ?? defaults.protocol) === "TCP");
  return [
    `${propertyPath}.port: ${port} is checked for the TCP ports as well (${tcp.map(({ name }) => name).join(", ")}), so a node counts as healthy although nothing answers there. Give the UDP ports a check of their own: set ports[].healthCheck.`,
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html */
function logNotes({ accessLogs }: NetworkLoadBalancerOptions, ports: readonly CheckedPort[]): string[] {
  if (accessLogs === undefined || ports.length === 0 || ports.some(({ tls }) => tls !== undefined)) return [];
  return [
    "accessLogs: nothing will be written. A Network Load Balancer logs the requests of TLS listeners alone, and no port has tls.",
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation */
function hairpinNotes(options: NetworkLoadBalancerOptions, ports: readonly ListenerPort[]): string[] {
  const tcp = ports.find(({ protocol }) => (protocol ?? defaults.protocol) === "TCP");
  if (options.scheme !== "internal" || !preservesClientIp(options) || tcp === undefined) return [];
  const fix = ports.some(({ protocol }) => protocol === "UDP")
    ? "set preserveClientIp to false, which needs an exposure without UDP ports"
    : "set preserveClientIp to false";
  return [
    `scheme: a pod of this cluster that connects through the internal load balancer times out whenever it is sent back to its own node, because the client's address is kept. If pods are clients, ${fix}.`,
  ];
}
