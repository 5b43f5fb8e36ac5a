/** What the contenders need of the lab's network besides what the lab has: commands for `ip -batch`. */
import { internet, vpc } from "../../lab/layout.ts";

/** Where a contender is reached. */
export interface Reached {
  /** IPv4 address. */
  readonly address: string;
  readonly port: number;
  /** Whether only addresses inside the VPC may connect there: pods are closed to the internet. */
  readonly insideOnly: boolean;
}

export interface Routes {
  readonly router: readonly string[];
  readonly client: readonly string[];
}

/** The client's addresses begin after this one, in the client's own network and in the last of the VPC's subnets. */
const firstClient = 20;
const outside = (index: number): string => internet.client.replace(/\d+$/, String(firstClient + index));
const inside = (index: number): string => vpc.cidr.replace(/\d+\.\d+\/\d+$/, `47.${firstClient + index}`);

/** Routing tables of the client's namespace begin with this one; up to 252 they are free. ip-route(8) */
const firstTable = 100;

/**
 * The client connects to each contender from an address of its own, also where two are at one address, as node ports are. A connection is known by its four
 * numbers long after its end, and with one address the same pod would see them again by way of another contender, and make the client wait.
 */
export function clientRoutes(reached: readonly Reached[]): Routes {
  const ways = reached.map(({ address, port, insideOnly }, index) => ({
    address,
    port,
    insideOnly,
    table: firstTable + index,
    source: insideOnly ? inside(index) : outside(index),
  }));
  return {
    router: ways
      .filter(({ insideOnly }) => insideOnly)
      .map(({ source }) => `route add ${source}/32 dev client`),
    client: ways.flatMap(({ address, port, source, table }) => [
      `address add ${source}/32 dev eth0`,
      `route add ${address}/32 via ${internet.gateway} src ${source} table ${table}`,
      `rule add to ${address}/32 ipproto tcp dport ${port} table ${table}`,
    ]),
  };
}

/**
 * Settings under /proc/sys/net for thousands of new connections a second, so that what is measured is the way and not the wait for a free port: ended
 * connections are forgotten after the 10 s that the lab's router has, and their ports are used again.
 */
export const busySysctls: Readonly<Record<string, string>> = {
  "ipv4/tcp_tw_reuse": "1",
  "ipv4/ip_local_port_range": "1024 65535",
  "netfilter/nf_conntrack_tcp_timeout_time_wait": "10",
};
