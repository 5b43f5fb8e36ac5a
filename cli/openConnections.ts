/** The connections that are open through a load balancer of the lab, by the connection tracking of its router. */
import { inside } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import { CommandError, run } from "../lab/tools/command.ts";

const table = "/proc/net/nf_conntrack";

/**
 * @param addresses of the load balancer
 * @returns undefined if the kernel does not list its connections (CONFIG_NF_CONNTRACK_PROCFS)
 */
export async function openConnections(
  lab: Lab,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<number | undefined> {
  const { command, args } = inside(lab, "router", ["cat", table]);
  try {
    return countConnections(await run(command, args, { signal }), addresses);
  } catch (error) {
    if (error instanceof CommandError && error.output.includes("No such file")) return undefined;
    throw error;
  }
}

/** States of a TCP connection that carries nothing any more. */
const closed = new Set(["TIME_WAIT", "CLOSE", "LAST_ACK"]);

/** @param listing lines of `/proc/net/nf_conntrack`; the first `dst` is where the client connected to */
export function countConnections(listing: string, addresses: readonly string[]): number {
  return listing.split("\n").filter((line) => {
    const [, protocol, state = ""] = /^ipv4 +\d+ (tcp|udp) +\d+ \d+ ([A-Z_]+)?/.exec(line) ?? [];
    const [, to = ""] = / dst=(\S+)/.exec(line) ?? [];
    return protocol !== undefined && addresses.includes(to) && !(protocol === "tcp" && closed.has(state));
  }).length;
}
