/** Both exposures as objects and what connects them, from the facts: what is not known is not drawn. */
import type { ClusterFacts } from "../model/cluster.ts";
import type { Cloud } from "../clouds/cloud.ts";
import type { Exposure, Facts } from "../model/exposure.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import type { Owner } from "../model/owner.ts";
import type { EndpointFacts, ServiceFacts } from "../model/service.ts";
import { factsIn } from "../model/sourceResult.ts";
import type { Side } from "../result/bySide.ts";
import type { Picture } from "../result/comparison.ts";

type PictureObject = Picture["objects"][number];
type Edge = Picture["edges"][number];

export function pictureOf({ cluster, left, right }: Facts, cloud: Cloud): Picture {
  const nodes = factsIn(cluster)?.nodes ?? [];
  const sides = [drawn("left", left, nodes, cloud), drawn("right", right, nodes, cloud)];
  const client: PictureObject = {
    id: "client",
    side: "both",
    kind: "client",
    label: "client",
    owner: "none",
    within: null,
  };
  return {
    objects: [client, ...sides.flatMap(({ objects }) => objects)],
    edges: sides.flatMap(({ edges }) => edges),
  };
}

function drawn(side: Side, exposure: Exposure, nodes: ClusterFacts["nodes"], cloud: Cloud): Picture {
  const service = factsIn(exposure.service);
  const loadBalancer = factsIn(exposure.loadBalancer);
  const endpoints = factsIn(exposure.endpoints) ?? [];
  const makers = makersOf(side, service, loadBalancer);
  const machines = nodes.map((node) => machine(side, node, service, endpoints));
  return {
    objects: [
      ...(loadBalancer === undefined ? [] : [loadBalancerObject(side, loadBalancer, cloud)]),
      ...(service === undefined ? [] : [serviceObject(side, service)]),
      ...makers.objects,
      ...byId(machines.flatMap(({ objects }) => objects)),
    ],
    edges: [
      ...(loadBalancer === undefined ? [] : trafficIn(side, loadBalancer, nodes, cloud)),
      ...machines.flatMap(({ edges }) => edges),
      ...makers.edges,
    ],
  };
}

function loadBalancerObject(
  side: Side,
  { owner, listeners }: LoadBalancerFacts,
  { words }: Cloud,
): PictureObject {
  const listening = listeners.map(({ protocol, port }) => `listener ${protocol} ${port}`);
  const label = [words.loadBalancer, ...listening].join("\n");
  return {
    id: `${side} load balancer`,
    side,
    kind: "load balancer",
    label,
    owner: shownOwner(owner),
    within: null,
  };
}

function serviceObject(side: Side, { type, owner }: ServiceFacts): PictureObject {
  return {
    id: `${side} service`,
    side,
    kind: "Service",
    label: `Service\ntype: ${type}`,
    owner: shownOwner(owner),
    within: null,
  };
}

/** The picture does not tell other owners apart. */
function shownOwner(owner: Owner): PictureObject["owner"] {
  return owner === "program" || owner === "cloud controller" || owner === "kubernetes" ? owner : "other";
}

/** Who declared or made the Service and the load balancer. */
function makersOf(
  side: Side,
  service: ServiceFacts | undefined,
  loadBalancer: LoadBalancerFacts | undefined,
): Picture {
  const program: PictureObject = {
    id: `${side} program`,
    side,
    kind: "program",
    label: "Pulumi program",
    owner: "program",
    within: null,
  };
  const controller: PictureObject = {
    id: `${side} controller`,
    side,
    kind: "cloud controller",
    label: "cloud controller\nmanager",
    owner: "cloud controller",
    within: null,
  };
  const made: readonly [Owner | undefined, string][] = [
    [service?.owner, `${side} service`],
    [loadBalancer?.owner, `${side} load balancer`],
  ];
  const edges = made.flatMap(([owner, to]): Edge[] => {
    if (owner === "program") return [{ from: program.id, to, kind: "makes", label: "declares" }];
    if (owner !== "cloud controller") return [];
    return [
      { from: `${side} service`, to: controller.id, kind: "asks", label: "asks" },
      { from: controller.id, to, kind: "makes", label: "creates" },
    ];
  });
  const drawnMakers = [program, controller].filter(({ id }) => edges.some(({ from }) => from === id));
  return { objects: drawnMakers, edges };
}

/** From the client through the listeners to the members of the pools. */
function trafficIn(
  side: Side,
  { listeners, pools }: LoadBalancerFacts,
  nodes: ClusterFacts["nodes"],
  cloud: Cloud,
): Edge[] {
  const from = `${side} load balancer`;
  const toListeners = listeners.map(({ protocol, port }): Edge => ({
    from: "client",
    to: from,
    kind: "traffic",
    label: `${protocol} ${port}`,
  }));
  // In the order of the nodes: an instance's id says nothing of its place.
  const toNodes = pools.flatMap(({ protocol, members }) =>
    nodes.flatMap((node) =>
      members
        .filter((member) => cloud.isMember(member, node))
        .map(({ port }): Edge => {
          const label = typeof port === "number" ? `${protocol} ${port}` : "node port";
          return { from, to: `${side} kube-proxy ${node.name}`, kind: "traffic", label };
        }),
    ),
  );
  return [...toListeners, ...toNodes];
}

/** One node with its zone, its kube-proxy and its pods; under the policy Local kube-proxy stays on the node. */
function machine(
  side: Side,
  { name, zone }: ClusterFacts["nodes"][number],
  service: ServiceFacts | undefined,
  endpoints: readonly EndpointFacts[],
): Picture {
  const object = (
    kind: PictureObject["kind"],
    id: string,
    label: string,
    owner: PictureObject["owner"],
    within: string | null,
  ): PictureObject => ({
    id: `${side} ${id}`,
    side,
    kind,
    label,
    owner,
    within: within === null ? null : `${side} ${within}`,
  });
  const ports = (service?.ports ?? []).flatMap(({ nodePort }) =>
    typeof nodePort === "number" ? [`:${nodePort}`] : [],
  );
  const isLocal = service?.externalTrafficPolicy === "Local";
  return {
    objects: [
      object("zone", `zone ${zone}`, zone, "none", null),
      object("node", `node ${name}`, name, "other", `zone ${zone}`),
      object(
        "kube-proxy",
        `kube-proxy ${name}`,
        ["kube-proxy", ...ports].join("\n"),
        "kubernetes",
        `node ${name}`,
      ),
      ...endpoints
        .filter(({ node }) => node === name)
        .map(({ address }) => object("pod", `pod ${address}`, "pod", "kubernetes", `node ${name}`)),
    ],
    edges: endpoints
      .filter(({ node }) => !isLocal || node === name)
      .map(({ address }): Edge => ({
        from: `${side} kube-proxy ${name}`,
        to: `${side} pod ${address}`,
        kind: "traffic",
        label: "",
      })),
  };
}

/** Once each: several nodes may be in one zone. */
function byId(objects: readonly PictureObject[]): PictureObject[] {
  return [...new Map(objects.map((object) => [object.id, object])).values()];
}
