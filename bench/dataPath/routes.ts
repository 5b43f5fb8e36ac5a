/** Addresses and routes that the contenders need in addition to the lab's, as commands for `ip -batch`. */
import { internet, nodeNetwork } from "../../lab/layout.ts";

/** The address of a contender. */
export interface Reached {
  /** IPv4 address. */
  readonly address: string;
  readonly port: number;
  /** Whether only addresses inside the VPC may connect: pods are closed to the internet. */
  readonly insideOnly: boolean;
}

export interface Routes {
  readonly router: readonly string[];
  readonly client: readonly string[];
}

/** The last number of the client's first address, in the client's own network and in the last of the VPC's subnets. */
const firstClient = 20;
const outside = (index: number): string => internet.client.replace(/\d+$/, String(firstClient + index));
const inside = (index: number): string =>
  nodeNetwork.cidr.replace(/\d+\.\d+\/\d+$/, `47.${firstClient + index}`);

/** The first routing table to use in the client's namespace; all up to 252 are free. ip-route(8) */
const firstTable = 100;

/**
 * The client connects to each contender from another address, even if two share an address, as node ports do. A pod remembers a connection's addresses and ports
 * long after its end. With one client address, they could come back through another contender, and the pod would make the client wait.
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
 * Settings under /proc/sys/net for thousands of new connections per second, so that the measurement does not include waiting for a free port: ended connections
 * are forgotten after 10 s, as in the lab's router, and their ports are reused.
 */
export const busySysctls: Readonly<Record<string, string>> = {
  "ipv4/tcp_tw_reuse": "1",
  "ipv4/ip_local_port_range": "1024 65535",
  "netfilter/nf_conntrack_tcp_timeout_time_wait": "10",
};
