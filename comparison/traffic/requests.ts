/** The requests that show whether an exposure answers as its Service promises. */
import type { Load } from "./load.ts";

/**
 * 200 requests, each over a new connection or in a datagram of its own, as fast as ten at a time are answered. If three pods share them at random, none misses out except once in 10^35 runs.
 * @param url of the load balancer, with its name or an address
 */
export function requestsTo(url: string): Load {
  const { protocol, hostname, port } = new URL(url);
  return {
    id: "requests",
    kind: protocol === "udp:" ? "udp" : "http",
    host: hostname,
    port: Number(port || 80),
    requests: 200,
    mostUnderWay: 10,
    perSecond: 1000,
    seconds: 1,
    timeoutMilliseconds: 5000,
    giveUpAfter: 20,
  };
}
