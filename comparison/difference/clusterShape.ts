/** The shape of the facts that every cluster has, on any cloud: Service, endpoints, name, data path. */
import type { EntranceFacts } from "../model/dataPath.ts";
import type { ServicePortFacts } from "../model/service.ts";
import { clusterAspects } from "./clusterAspects.ts";
import { clusterConsequences } from "./consequences.ts";
import type { Shape } from "./shape.ts";

const cluster: Omit<Shape, "roles" | "instructions" | "openRecords"> = {
  words: {},
  nouns: {
    "service / ports": "port",
    endpoints: "endpoint",
    dataPath: "node in its data path",
    "dataPath / * / entrances": "entrance",
  },
  ownNames: new Set([
    "service / identity",
    "service / namespace",
    "endpoints / * / pod",
    "endpoints / * / address",
  ]),
  // The name of an entrance has the role of a node port, but the number of a port at a cluster IP.
  partsOfKeys: new Set(["dataPath / * / node", "dataPath / * / entrances / * / port"]),
  nodePorts: new Set(["service / ports / * / nodePort", "service / healthCheckNodePort"]),
  itemByItem: new Set(["service / finalizers"]),
  networks: new Set(["service / loadBalancerSourceRanges"]),
  keys: {
    "service / ports": (port: ServicePortFacts, { names }) => names.port(port),
    dataPath: ({ node }: { readonly node: string }) => node,
    "dataPath / * / entrances": ({ kind, protocol, port }: EntranceFacts, roles) =>
      `${kind} ${protocol} ${kind === "node port" ? roles.nodePort(port) : port}`,
  },
  aspects: clusterAspects,
  consequences: clusterConsequences,
};

/** The part that a cloud adds. */
export type CloudShape = Pick<
  Shape,
  | "roles"
  | "chosen"
  | "instructions"
  | "openRecords"
  | "words"
  | "nouns"
  | "keys"
  | "aspects"
  | "consequences"
  | "memberKind"
  | "ordered"
> &
  Readonly<Record<"ownNames" | "nodePorts", readonly string[]>>;

export function shapeWith({
  ownNames,
  nodePorts,
  keys,
  nouns,
  aspects,
  consequences,
  ...own
}: CloudShape): Shape {
  return {
    ...cluster,
    ...own,
    ownNames: new Set([...cluster.ownNames, ...ownNames]),
    nodePorts: new Set([...cluster.nodePorts, ...nodePorts]),
    keys: { ...cluster.keys, ...keys },
    // A port of the Service brings a listener along, and a listener the rest.
    nouns: { "service / ports": "port", ...nouns, ...cluster.nouns },
    aspects: [...aspects, ...cluster.aspects],
    consequences: [...cluster.consequences, ...consequences],
  };
}
