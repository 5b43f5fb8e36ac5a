/** What the API server refuses about the ports of a Service. */
import type { Path, Problem } from "./fields.ts";
import type { ServicePort } from "./manifest.ts";
import { labelFaults, qualifiedNameFaults } from "./nameValidation.ts";
import { duplicate, forbidden, invalid, required, unsupported } from "./reasons.ts";
import { hasNodePorts, isHeadless } from "./stored.ts";
import type { StoredSpec } from "./stored.ts";

const highestPort = 65535;

/** kube-apiserver's default. https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport */
const nodePorts = { from: 30000, to: 32767 };

/**
 * validation.go (validateServicePort), and the allocator of node ports:
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/registry/core/service/storage/alloc.go
 */
export function portProblems(spec: StoredSpec): Problem[] {
  const { ports = [], type } = spec;
  if (ports.length === 0 && type !== "ExternalName" && !isHeadless(spec))
    return [required(["spec", "ports"])];
  const ofPorts = ports.flatMap((port, index) => {
    const path: Path = ["spec", "ports", index];
    const earlier = ports.slice(0, index);
    return [
      ...nameProblems(port, path, ports, earlier),
      ...numberProblems(port, path),
      ...nodePortProblems(port, path, earlier, spec),
      ...(earlier.some((other) => other.port === port.port && other.protocol === port.protocol)
        ? [duplicate(path, { protocol: port.protocol, port: port.port })]
        : []),
    ];
  });
  return [...ofPorts, ...healthCheckPortProblems(spec)];
}

function nameProblems(
  { name = "" }: ServicePort,
  path: Path,
  ports: readonly ServicePort[],
  earlier: readonly ServicePort[],
): Problem[] {
  const at = [...path, "name"];
  if (name === "") return ports.length > 1 ? [required(at)] : [];
  return [
    ...labelFaults(name).map((reason) => invalid(at, name, reason)),
    ...(earlier.some((other) => other.name === name) ? [duplicate(at, name)] : []),
  ];
}

function numberProblems({ port, targetPort, protocol, appProtocol }: ServicePort, path: Path): Problem[] {
  const between = `must be between 1 and ${highestPort}, inclusive`;
  return [
    ...(isPort(port) ? [] : [invalid([...path, "port"], port ?? 0, between)]),
    ...(typeof targetPort !== "number" || isPort(targetPort)
      ? []
      : [invalid([...path, "targetPort"], targetPort, between)]),
    ...(typeof targetPort === "string" ? portNameProblems(targetPort, [...path, "targetPort"]) : []),
    ...(protocol === undefined || protocols.includes(protocol)
      ? []
      : [unsupported([...path, "protocol"], protocol, protocols)]),
    ...(appProtocol === undefined ? [] : qualifiedNameFaults(appProtocol)).map((reason) =>
      invalid([...path, "appProtocol"], appProtocol, reason),
    ),
  ];
}

const protocols = ["SCTP", "TCP", "UDP"];

function isPort(port = 0): boolean {
  return port >= 1 && port <= highestPort;
}

/** https://github.com/kubernetes/apimachinery/blob/v0.35.4/pkg/util/validation/validation.go (IsValidPortName) */
function portNameProblems(name: string, path: Path): Problem[] {
  const reasons = [
    name.length > 15 && "must be no more than 15 characters",
    !/^[-a-z0-9]+$/.test(name) && "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
    !/[a-z]/.test(name) && "must contain at least one letter (a-z)",
    name.includes("--") && "must not contain consecutive hyphens",
    /^-|-$/.test(name) && "must not begin or end with a hyphen",
  ];
  return reasons.filter((reason) => reason !== false).map((reason) => invalid(path, name, reason));
}

/** Ports with one number can share a node port, for TCP and UDP. */
function nodePortProblems(
  { port, nodePort = 0, protocol }: ServicePort,
  path: Path,
  earlier: readonly ServicePort[],
  spec: StoredSpec,
): Problem[] {
  const at = [...path, "nodePort"];
  if (nodePort === 0) return [];
  if (spec.type === "ClusterIP") return [forbidden(at, "may not be used when `type` is 'ClusterIP'")];
  const same = earlier.filter((other) => other.nodePort === nodePort);
  if (same.some((other) => other.port === port && other.protocol === protocol))
    return [duplicate(at, nodePort)];
  if (!hasNodePorts(spec)) return [];
  const isTaken = same.some((other) => other.port !== port);
  return notToBeHad(nodePort, isTaken).map((reason) => invalid(at, nodePort, reason));
}

/** The API server allocates it after the node ports. */
function healthCheckPortProblems({ ports = [], healthCheckNodePort: port = 0 }: StoredSpec): Problem[] {
  if (port === 0) return [];
  const isTaken = ports.some(({ nodePort }) => nodePort === port);
  return notToBeHad(port, isTaken).map((reason) => ({
    path: ["spec", "healthCheckNodePort"],
    reason: `failed to allocate requested HealthCheck NodePort ${port}: ${reason}`,
  }));
}

export const alreadyAllocated = "provided port is already allocated";

/** https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/registry/core/service/portallocator/allocator.go (ErrAllocated, ErrNotInRange) */
function notToBeHad(nodePort: number, isTaken: boolean): string[] {
  if (nodePort < nodePorts.from || nodePort > nodePorts.to) {
    return [
      `provided port is not in the valid range. The range of valid ports is ${nodePorts.from}-${nodePorts.to}`,
    ];
  }
  return isTaken ? [alreadyAllocated] : [];
}
