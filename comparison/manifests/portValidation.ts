/** What the API server refuses about the ports of a Service. */
import type { Path, Problem } from "./fields.ts";
import type { ServicePort } from "./manifest.ts";
import { duplicate, forbidden, invalid, required, unsupported } from "./reasons.ts";
import type { StoredSpec } from "./stored.ts";

const highestPort = 65535;

/** kube-apiserver's default. https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport */
const nodePorts = { from: 30000, to: 32767 };

/** validation.go (validateServicePort), and the allocator of node ports */
export function portProblems(spec: StoredSpec): Problem[] {
  const { ports = [], type, clusterIP } = spec;
  if (ports.length === 0 && type !== "ExternalName" && clusterIP !== "None")
    return [required(["spec", "ports"])];
  return ports.flatMap((port, index) => {
    const path: Path = ["spec", "ports", index];
    const earlier = ports.slice(0, index);
    return [
      ...nameProblems(port, path, ports, earlier),
      ...numberProblems(port, path),
      ...nodePortProblems(port, path, earlier, type),
      ...(earlier.some((other) => other.port === port.port && other.protocol === port.protocol)
        ? [duplicate(path, { protocol: port.protocol, port: port.port })]
        : []),
    ];
  });
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
    ...(name.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)
      ? []
      : [
          invalid(
            at,
            name,
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
          ),
        ]),
    ...(earlier.some((other) => other.name === name) ? [duplicate(at, name)] : []),
  ];
}

function numberProblems({ port, targetPort, protocol }: ServicePort, path: Path): Problem[] {
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

function nodePortProblems(
  { nodePort = 0, protocol }: ServicePort,
  path: Path,
  earlier: readonly ServicePort[],
  type: string,
): Problem[] {
  const at = [...path, "nodePort"];
  if (nodePort === 0) return [];
  if (type === "ClusterIP") return [forbidden(at, "may not be used when `type` is 'ClusterIP'")];
  if (earlier.some((other) => other.nodePort === nodePort && other.protocol === protocol))
    return [duplicate(at, nodePort)];
  if (nodePort >= nodePorts.from && nodePort <= nodePorts.to) return [];
  return [
    invalid(
      at,
      nodePort,
      `provided port is not in the valid range. The range of valid ports is ${nodePorts.from}-${nodePorts.to}`,
    ),
  ];
}
