/**
 * Envoy's configuration: a listener and a cluster for each listener that needs a proxy, in each zone.
 * https://www.envoyproxy.io/docs/envoy/latest/api-v3/api
 */
import { idleTimeoutSeconds } from "../clocks.ts";
import type { Clocks } from "../clocks.ts";
import type { ListenerModel, Model } from "../model.ts";
import type { Proxied } from "./proxied.ts";
import { tlsToClients, tlsToTargets } from "./tls.ts";
import { typed } from "./typed.ts";

/** One of Envoy's listeners. */
export interface ProxyListener extends Proxied {
  readonly port: number;
}

export function proxyListeners({ loadBalancers }: Model): ProxyListener[] {
  return loadBalancers.flatMap(({ listeners }) =>
    listeners.flatMap(({ port, proxied }: ListenerModel) =>
      proxied === undefined ? [] : [{ ...proxied, port }],
    ),
  );
}

/** Files that Envoy reads when it starts, and again when they are replaced. */
export interface ProxyFiles {
  readonly clusters: string;
  readonly listeners: string;
}

export function bootstrap({ clusters, listeners }: ProxyFiles): object {
  const from = (path: string) => ({ path_config_source: { path }, resource_api_version: "V3" });
  return {
    node: { id: "nlb", cluster: "nlb" },
    dynamic_resources: { cds_config: from(clusters), lds_config: from(listeners) },
  };
}

/** @returns the contents of the two files */
export function resources(all: readonly ProxyListener[], clocks: Clocks): ProxyFiles {
  const file = (content: readonly object[]): string => JSON.stringify({ resources: content });
  return {
    clusters: file(all.map(cluster)),
    listeners: file(all.map((each) => listener(each, clocks))),
  };
}

export const nameOf = ({ entrance, port }: Pick<ProxyListener, "entrance" | "port">): string =>
  `${entrance}:${port}`;

const socketAddress = (address: string, port: number) => ({
  address: { socket_address: { address, port_value: port } },
});

function listener(of: ProxyListener, clocks: Clocks): object {
  const { entrance, port, tls, keepsClient } = of;
  return {
    "@type": "type.googleapis.com/envoy.config.listener.v3.Listener",
    name: nameOf(of),
    ...socketAddress(entrance, port),
    listener_filters: [
      // The address that the client has asked for, which a proxy protocol header has.
      typed("envoy.filters.listener.original_dst", "filters.listener.original_dst.v3.OriginalDst", {}),
      ...(keepsClient
        ? [typed("envoy.filters.listener.original_src", "filters.listener.original_src.v3.OriginalSrc", {})]
        : []),
    ],
    filter_chains: [
      {
        filters: [
          typed("envoy.filters.network.tcp_proxy", "filters.network.tcp_proxy.v3.TcpProxy", {
            stat_prefix: nameOf(of),
            cluster: nameOf(of),
            idle_timeout: seconds(idleTimeoutSeconds.tcp / clocks.scale),
          }),
        ],
        ...(tls === undefined ? {} : { transport_socket: tlsToClients(tls) }),
      },
    ],
  };
}

function cluster(of: ProxyListener): object {
  const { exit, port, encryptsToTargets, addsHeader } = of;
  const inner = encryptsToTargets ? tlsToTargets() : plain();
  return {
    "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
    name: nameOf(of),
    type: "STATIC",
    connect_timeout: seconds(10),
    load_assignment: {
      cluster_name: nameOf(of),
      endpoints: [{ lb_endpoints: [{ endpoint: socketAddress(exit, port) }] }],
    },
    transport_socket: addsHeader
      ? typed(
          "envoy.transport_sockets.upstream_proxy_protocol",
          "transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport",
          { config: { version: "V2" }, transport_socket: inner },
        )
      : inner,
  };
}

const plain = (): object =>
  typed("envoy.transport_sockets.raw_buffer", "transport_sockets.raw_buffer.v3.RawBuffer", {});

const seconds = (count: number): string => `${count.toFixed(3)}s`;
