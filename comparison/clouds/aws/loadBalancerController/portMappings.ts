/** pkg/service/model_build_listener.go (buildListenersLegacy, buildListenersWithTCPUDPSupport, buildListenerSpec) */
import type { NodePort } from "../../../model/later.ts";
import type { EndpointFacts, ServiceFacts, ServicePortFacts } from "../../../model/service.ts";
import { podPort } from "../podPorts.ts";
import { annotation, flag, list } from "./annotations.ts";
import { targetTypeOf } from "./targetType.ts";

/** One listener, from its port to the targets. */
export interface PortMapping {
  readonly listenerPort: number;
  readonly listenerProtocol: string;
  readonly targetProtocol: string;
  /** The first of the Service's ports with this number. */
  readonly servicePort: ServicePortFacts;
  /** The target group's: the node port, which is undefined if the Service reserves none, or the pods' port, for which 1 stands if it has a name. buildTargetGroupPort */
  readonly groupPort: NodePort | undefined;
  /** What has to be open for the targets. */
  readonly openPort: NodePort | undefined;
}

/**
 * One for each number: of two ports with one number, the first gets the listener.
 * @param endpoints the Service's pods. @default not known
 */
export function portMappings(service: ServiceFacts, endpoints?: readonly EndpointFacts[]): PortMapping[] {
  const numbers = [...new Set(service.ports.map(({ port }) => port))];
  return numbers.flatMap((number) => {
    const ports = service.ports.filter(({ port }) => port === number);
    const [first] = ports;
    if (first === undefined) return [];
    const isBoth = ports.length > 1 && mergesProtocols(service);
    return [mapping(service, first, isBoth ? "TCP_UDP" : first.protocol, endpoints)];
  });
}

/** The feature gate EnableTCPUDPListener is off by default. A word that is no truth counts as no annotation. */
export function mergesProtocols(service: ServiceFacts): boolean {
  return flag(service, "tcpUdp") ?? false;
}

/** Ports that get no listener, because another port has their number. The stack keeps the first: pkg/model/elbv2/listener.go (NewListener) */
export function droppedPorts(service: ServiceFacts): readonly ServicePortFacts[] {
  if (mergesProtocols(service)) return [];
  const { ports } = service;
  return ports.filter(({ port }, index) => ports.findIndex((each) => each.port === port) < index);
}

function mapping(
  service: ServiceFacts,
  port: ServicePortFacts,
  protocol: string,
  endpoints: readonly EndpointFacts[] | undefined,
): PortMapping {
  const isTls = protocol !== "UDP" && protocol !== "TCP_UDP" && terminatesTls(service, port);
  return {
    listenerPort: port.port,
    listenerProtocol: isTls ? "TLS" : protocol,
    targetProtocol: isTls && annotation(service, "backendProtocol") === "ssl" ? "TLS" : protocol,
    servicePort: port,
    ...portsOf(service, port, endpoints),
  };
}

/** With pods as targets, the node port is not used. buildTargetGroupPort */
function portsOf(
  service: ServiceFacts,
  port: ServicePortFacts,
  endpoints: readonly EndpointFacts[] | undefined,
): Pick<PortMapping, "groupPort" | "openPort"> {
  const { targetPort, nodePort } = port;
  if (targetTypeOf(service) === "instance") return { groupPort: nodePort, openPort: nodePort };
  if (typeof targetPort === "number") return { groupPort: targetPort, openPort: targetPort };
  return { groupPort: portWithName, openPort: podPort(port, endpoints) };
}

const portWithName = 1;

/** Without a list of ports, every port does. */
function terminatesTls(service: ServiceFacts, { name, port }: ServicePortFacts): boolean {
  const tlsPorts = list(service, "sslPorts") ?? [];
  return (
    (list(service, "certificate") ?? []).length > 0 &&
    (tlsPorts.length === 0 || tlsPorts.includes(name) || tlsPorts.includes(String(port)))
  );
}
