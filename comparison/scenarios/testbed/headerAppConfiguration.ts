/** Envoy's configuration as an app that reads proxy protocol headers. https://www.envoyproxy.io/docs/envoy/latest/api-v3/api */
import { echoPorts } from "../../../components/core/echoPorts.ts";

/** The kubelet's probes have no header. */
export const probePort = 8082;

const typed = (name: string, type: string, configuration: object = {}): object => ({
  name,
  typed_config: { "@type": `type.googleapis.com/envoy.extensions.${type}`, ...configuration },
});

/** Its texts have https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#command-operators */
const answer = ([path, text]: readonly [string, string]): object => ({
  match: { path },
  direct_response: {
    status: 200,
    body_format: { text_format_source: { inline_string: text } },
  },
});

/** @param answers text by path */
const server = (
  name: string,
  port: number,
  answers: Readonly<Record<string, string>>,
  listenerFilters: readonly object[],
): object => ({
  name,
  address: { socket_address: { address: "0.0.0.0", port_value: port } },
  listener_filters: listenerFilters,
  filter_chains: [
    {
      filters: [
        typed(
          "envoy.filters.network.http_connection_manager",
          "filters.network.http_connection_manager.v3.HttpConnectionManager",
          {
            stat_prefix: name,
            // The connection's own, and none that a client writes into X-Forwarded-For.
            use_remote_address: true,
            http_filters: [typed("envoy.filters.http.router", "filters.http.router.v3.Router")],
            route_config: {
              virtual_hosts: [{ name, domains: ["*"], routes: Object.entries(answers).map(answer) }],
            },
          },
        ),
      ],
    },
  ],
});

/** A connection without a header is closed. https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/listener_filters/proxy_protocol */
const proxyProtocol = typed(
  "envoy.filters.listener.proxy_protocol",
  "filters.listener.proxy_protocol.v3.ProxyProtocol",
);

export const headerAppConfiguration = {
  static_resources: {
    listeners: [
      server(
        "app",
        echoPorts.http,
        { "/hostname": "%HOSTNAME%", "/clientip": "%DOWNSTREAM_REMOTE_ADDRESS%" },
        [proxyProtocol],
      ),
      server("probe", probePort, { "/readyz": "ready" }, []),
    ],
  },
};
