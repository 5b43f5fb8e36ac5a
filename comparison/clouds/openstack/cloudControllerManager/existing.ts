/** What a load balancer that exists already decides of what the controller does with its Service. v1.35.0, pkg/openstack/loadbalancer.go (ensureOctaviaListener, ensureOctaviaPool, ensureOctaviaHealthMonitor) */
import type { ServiceFacts, ServicePortFacts } from "../../../model/service.ts";
import type { ControllerSettings, OctaviaFacts, OctaviaListenerFacts, OctaviaPoolFacts } from "../model.ts";
import { addsForwardedFor, healthCheckNodePortOf, monitorType, proxyProtocolOf } from "./settings.ts";

export const listenerProtocol = (service: ServiceFacts, { protocol }: ServicePortFacts): string =>
  addsForwardedFor(service) ? "HTTP" : protocol;

export const poolProtocol = (service: ServiceFacts, port: ServicePortFacts): string =>
  proxyProtocolOf(service) ?? listenerProtocol(service, port);

export const checkProtocol = (
  service: ServiceFacts,
  { protocol }: ServicePortFacts,
  settings: ControllerSettings | undefined,
): string => (healthCheckNodePortOf(service, settings) === undefined ? monitorType(protocol) : "HTTP");

/** Octavia keeps ports of TCP and UDP apart. octavia 19.0.0, octavia/common/constants.py (L4_PROTOCOL_MAP) */
const transportOf = (protocol: string): string => (["UDP", "SCTP"].includes(protocol) ? protocol : "TCP");

/** The listener in the place of the one that a port needs, with another protocol. The controller deletes it only after it has made the new one, which Octavia refuses. */
export const listenerInTheWay = (
  service: ServiceFacts,
  port: ServicePortFacts,
  { listeners }: OctaviaFacts,
): OctaviaListenerFacts | undefined => {
  const wanted = listenerProtocol(service, port);
  const there = listeners.filter((listener) => listener.port === port.port);
  return there.some(({ protocol }) => protocol === wanted)
    ? undefined
    : there.find(({ protocol }) => transportOf(protocol) === transportOf(wanted));
};

/** Of a port's listener, if the controller leaves it in place: with another protocol it makes a new one. */
function poolThatStays(
  service: ServiceFacts,
  port: ServicePortFacts,
  { listeners, pools }: OctaviaFacts,
): OctaviaPoolFacts | undefined {
  const leading = listeners
    .filter((each) => each.port === port.port && each.protocol === listenerProtocol(service, port))
    .flatMap(({ forwardsTo }) => forwardsTo);
  return pools.find(
    ({ identity, protocol }) => leading.includes(identity.id) && protocol === poolProtocol(service, port),
  );
}

/** Whether no pool has to be made. */
export const poolsStay = (service: ServiceFacts, existing: OctaviaFacts): boolean =>
  service.ports.every((port) => poolThatStays(service, port, existing) !== undefined);

/** Whether no monitor has to be made: those that there are, of the same type, are updated. */
export const monitorsStay = (
  service: ServiceFacts,
  settings: ControllerSettings | undefined,
  existing: OctaviaFacts,
): boolean =>
  service.ports.every(
    (port) =>
      poolThatStays(service, port, existing)?.healthCheck.protocol === checkProtocol(service, port, settings),
  );
