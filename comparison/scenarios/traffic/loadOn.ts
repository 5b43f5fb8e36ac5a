import { timing } from "../timing.ts";
import type { Load } from "../../traffic/load.ts";

/**
 * A load on the first of an exposure's ports, at the usual rate and with the usual time-out unless it says otherwise.
 * @param host a load balancer's address, with its ports; or a node's address, with node ports
 */
export function loadOn(
  host: string,
  ports: Readonly<Record<string, number>>,
  load: Pick<Load, "id" | "kind" | "seconds"> & Partial<Load>,
): Load {
  const port = firstPort(host, ports);
  const { perSecond, requestTimeoutMilliseconds: timeoutMilliseconds } = timing;
  return { host, port, perSecond, timeoutMilliseconds, ...load };
}

/** @throws if there is none */
export function firstPort(host: string, ports: Readonly<Record<string, number>>): number {
  const [port] = Object.values(ports);
  if (port === undefined) throw new Error(`${host} has no port to send to`);
  return port;
}
