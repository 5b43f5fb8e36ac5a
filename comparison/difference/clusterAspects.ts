/** Aspects that every cluster has, named as a reader would ask for them. */
import type { EndpointFacts, ServiceFacts } from "../model/service.ts";
import { factsIn } from "../model/sourceResult.ts";
import { absent, counted, pairs, present } from "./inWords.ts";
import type { AspectRow, Show } from "./shape.ts";

function ofService(show: (service: ServiceFacts) => string): Show {
  return ({ service }) => {
    const facts = factsIn(service);
    return facts === undefined ? undefined : show(facts);
  };
}

/** The load balancer's address, and DNS's answer for it. */
export const showAddress: Show = ({ loadBalancer, name }) => {
  const addresses = factsIn(name)?.addresses ?? [];
  return [
    ...present(factsIn(loadBalancer)?.address),
    ...(addresses.length === 0 ? [] : [`has ${addresses.length} addresses`]),
  ].join(" ");
};

export const clusterAspects: readonly AspectRow[] = [
  {
    of: /^service \/ (?:type|loadBalancerClass)$/,
    section: "Service",
    title: "type",
    show: ofService(({ type, loadBalancerClass }) => [type, ...present(loadBalancerClass)].join(", ")),
  },
  {
    of: /^service \/ owner$/,
    section: "Service",
    title: "declared by",
    show: ofService(({ owner }) => owner),
  },
  {
    of: /^service \/ selector/,
    section: "Service",
    title: "selector",
    show: ofService(({ selector }) => pairs(selector)),
  },
  {
    of: /^service \/ (?:ports|allocateLoadBalancerNodePorts)/,
    section: "Service",
    title: "ports and node ports",
    show: ofService(({ ports }) =>
      ports
        .map(
          ({ name, protocol, port, nodePort, targetPort }) =>
            `${name}: ${protocol} ${port}, node port ${nodePort ?? "none"}, to ${targetPort}`,
        )
        .join("\n"),
    ),
  },
  { of: /^service \/ healthCheckNodePort$/, section: "Service", title: "health-check node port" },
  {
    of: /^service \/ .*(?:TrafficPolicy|trafficDistribution)$/,
    section: "Service",
    title: "traffic policies",
    show: ofService(
      (service) => `external ${service.externalTrafficPolicy}, internal ${service.internalTrafficPolicy}`,
    ),
  },
  { of: /^service \/ sessionAffinity$/, section: "Service", title: "session affinity" },
  {
    of: /^service \/ (?:clusterIPs|ipFamil.*|externalIPs)$/,
    section: "Service",
    title: "addresses in the cluster",
    show: ofService(({ clusterIPs, ipFamilies }) => `${clusterIPs.join(", ")} (${ipFamilies.join(", ")})`),
  },
  {
    of: /^service \/ publishNotReadyAddresses$/,
    section: "Service",
    title: "addresses of pods not ready",
    show: ofService(({ publishNotReadyAddresses }) =>
      publishNotReadyAddresses ? "published" : "not published",
    ),
  },
  {
    of: /^service \/ withoutKubeProxy$/,
    section: "Service",
    title: "proxy on the nodes",
    show: ofService(({ withoutKubeProxy }) =>
      withoutKubeProxy === undefined ? "kube-proxy" : `not kube-proxy: ${withoutKubeProxy}`,
    ),
  },
  { of: /^service \/ loadBalancerSourceRanges$/, section: "Service", title: "source ranges" },
  {
    of: /^service \/ ingress$/,
    section: "Service",
    title: "address in the status",
    show: ofService(({ ingress }) => ingress.join(", ") || "none"),
  },
  {
    of: /^service \/ finalizers/,
    section: "Service",
    title: "finalizers",
    show: ofService(({ finalizers }) => finalizers.join("\n") || "none"),
  },
  { of: /^service \/ (?:annotations|labels)/, section: "Service", title: "other annotations" },
  {
    of: /^endpoints/,
    section: "Service",
    title: "endpoints",
    show: ({ endpoints }) => {
      const facts = factsIn(endpoints);
      return facts === undefined ? undefined : endpointCounts(facts);
    },
  },
  { of: /^name/, section: "name", title: "DNS name", show: showAddress },
  {
    of: /^dataPath \/ .+? \/ entrances \/ (cluster IP|node port) /,
    section: "data path",
    title: "at the $1",
    show: entrances,
  },
  {
    of: /^dataPath \/ .+? \/ entrances \/ (load balancer address|external IP) /,
    section: "data path",
    title: "at the $1",
  },
  {
    of: /^dataPath \/ .+? \/ mode$/,
    section: "data path",
    title: "kube-proxy's mode",
    show: ({ dataPath }) => [...new Set((factsIn(dataPath) ?? []).map(({ mode }) => mode))].join(", "),
  },
];

/** Summarises an entrance: the number of nodes and pods, and masquerading. */
function entrances({ dataPath }: Parameters<Show>[0], kind: string): string {
  const ways = (factsIn(dataPath) ?? []).flatMap((node) =>
    node.entrances.filter((entrance) => entrance.kind === kind),
  );
  const texts = ways.map(
    ({ protocol, port, endpoints, masquerade }) =>
      `${protocol} ${port} to ${counted(endpoints.length, "pod")}, masquerade ${masquerade}`,
  );
  const counts = [...new Set(texts)].map(
    (text) => `${text}, on ${counted(texts.filter((other) => other === text).length, "node")}`,
  );
  return counts.length === 0 ? absent : counts.join("; ");
}

function endpointCounts(endpoints: readonly EndpointFacts[]): string {
  const ready = endpoints.filter((endpoint) => endpoint.ready).length;
  const nodes = new Set(endpoints.map(({ node }) => node)).size;
  return `${ready} of ${endpoints.length} ready, on ${counted(nodes, "node")}`;
}
