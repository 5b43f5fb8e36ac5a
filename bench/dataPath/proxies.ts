/** TCP proxies in the load balancer's place: what a node port is usually reached through where there is no NLB. Configured as plainly as each allows. */

/** Where a proxy listens, and where it connects to. */
export interface Way {
  readonly listen: string;
  readonly target: string;
  readonly targetPort: number;
}

export interface Proxy {
  readonly name: string;
  /** The name of its configuration file; Envoy tells the format by its ending. */
  readonly file: string;
  /** The text of that file. */
  readonly configuration: (way: Way) => string;
  /** Its command line. @param program its executable */
  readonly command: (program: string, configurationFile: string) => string[];
}

/** The port that all listen on, as the load balancers do. */
export const proxyPort = 80;

/** https://docs.haproxy.org/2.6/configuration.html; by default it has a thread a core. */
export const haproxy: Proxy = {
  name: "HAProxy",
  file: "haproxy.cfg",
  configuration: ({ listen, target, targetPort }) => `global
  maxconn 4000
defaults
  mode tcp
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen app
  bind ${listen}:${proxyPort}
  server node ${target}:${targetPort}
`,
  command: (program, file) => [program, "-db", "-q", "-f", file],
};

/** https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/network_filters/tcp_proxy_filter; by default it has a worker a core. */
export const envoy: Proxy = {
  name: "Envoy",
  file: "envoy.json",
  configuration: ({ listen, target, targetPort }) => {
    const address = (host: string, port: number): object => ({
      address: { socket_address: { address: host, port_value: port } },
    });
    const tcpProxy = {
      name: "envoy.filters.network.tcp_proxy",
      typed_config: {
        "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
        stat_prefix: "app",
        cluster: "node",
      },
    };
    const cluster = {
      name: "node",
      type: "STATIC",
      load_assignment: {
        cluster_name: "node",
        endpoints: [{ lb_endpoints: [{ endpoint: address(target, targetPort) }] }],
      },
    };
    const listener = { ...address(listen, proxyPort), filter_chains: [{ filters: [tcpProxy] }] };
    return JSON.stringify({ static_resources: { listeners: [listener], clusters: [cluster] } });
  },
  command: (program, file) => [program, "-c", file, "--log-level", "error", "--disable-hot-restart"],
};
