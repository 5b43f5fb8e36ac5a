/** TCP proxies in place of the load balancer, as used in front of node ports where there is no NLB. Their configuration is minimal. */

/** Where a proxy listens, and where it connects to. */
export interface Way {
  readonly listen: string;
  readonly target: string;
  readonly targetPort: number;
}

export interface Proxy {
  readonly name: string;
  /** The name of its configuration file; Envoy derives the format from the extension. */
  readonly file: string;
  /** The file's content. */
  readonly configuration: (way: Way) => string;
  /** Its command line. @param program its executable */
  readonly command: (program: string, configurationFile: string) => string[];
}

/** All proxies listen on the load balancers' port. */
export const proxyPort = 80;

/** https://docs.haproxy.org/2.6/configuration.html; by default it runs one thread per core. */
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

/** https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/network_filters/tcp_proxy_filter; by default it runs one worker per core. */
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
