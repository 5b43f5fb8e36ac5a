/**
 * Names under which objects of both sides are compared. Objects are matched by what they do: a Service's port by its number where its name is missing or another,
 * and a listener by its port where its protocol is another.
 */
import type { Exposure } from "../model/exposure.ts";
import type { ListenerFacts } from "../model/loadBalancer.ts";
import type { ServicePortFacts } from "../model/service.ts";
import { factsIn } from "../model/sourceResult.ts";

type Port = Pick<ServicePortFacts, "name" | "protocol" | "port">;
type Listener = Pick<ListenerFacts, "protocol" | "port">;

/** The names of one side's objects. */
export interface ObjectNames {
  readonly port: (port: Port) => string;
  readonly listener: (listener: Listener) => string;
  /** Whether each node port of both Services is known by its number, or is the only one of its Service that is not. */
  readonly tellsNodePorts: boolean;
  /** Whether both sides have the listener. */
  readonly isShared: (listener: Listener) => boolean;
}

export function listenerKey({ protocol, port }: Listener): string {
  return `${protocol} ${port}`;
}

/** @param other the side that it is compared with */
export function objectNames(own: Exposure, other: Exposure): ObjectNames {
  const ports = { own: factsIn(own.service)?.ports ?? [], other: factsIn(other.service)?.ports ?? [] };
  const listeners = {
    own: factsIn(own.loadBalancer)?.listeners ?? [],
    other: factsIn(other.loadBalancer)?.listeners ?? [],
  };
  return {
    port: (port) => portName(port, ports.own, ports.other),
    tellsNodePorts: [ports.own, ports.other].every(
      (all) => all.filter(({ nodePort = 0 }) => typeof nodePort !== "number").length <= 1,
    ),
    listener: (listener) => listenerName(listener, listeners.own, listeners.other),
    isShared: ({ port }) => listeners.other.some((each) => each.port === port),
  };
}

function isSamePort(a: Port, b: Port): boolean {
  return a.protocol === b.protocol && a.port === b.port;
}

function portName(port: Port, own: readonly Port[], other: readonly Port[]): string {
  const number = listenerKey(port);
  const match = other.find((candidate) => isSamePort(candidate, port));
  if (match !== undefined) return isNamed(port) && match.name === port.name ? port.name : number;
  const namesake = isNamed(port) && other.some(({ name }) => name === port.name);
  // Each Service has only this one.
  if (!namesake && own.length === 1 && other.length === 1 && other.every((each) => isLone(each, own)))
    return "the port";
  return isNamed(port) ? port.name : number;
}

/** A Service's only port needs no name. https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services */
function isNamed({ name }: { readonly name?: string }): boolean {
  return name !== undefined && name !== "";
}

function isLone(port: Port, others: readonly Port[]): boolean {
  return !others.some((other) => isSamePort(other, port) || (isNamed(port) && other.name === port.name));
}

function listenerName(
  listener: Listener,
  own: readonly ListenerFacts[],
  other: readonly ListenerFacts[],
): string {
  const [ours, theirs] = [own, other].map((all) => all.filter(({ port }) => port === listener.port));
  const [mine, match] = [ours?.[0], theirs?.[0]];
  const isPair = ours?.length === 1 && theirs?.length === 1 && mine?.protocol !== match?.protocol;
  return isPair ? `port ${listener.port}` : listenerKey(listener);
}
