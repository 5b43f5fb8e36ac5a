/** The same port under two names, or without one. */
import type { Entry } from "../entry.ts";

/** Only ports that are matched by number, or as the only ones, have such a path. */
const matchedByNumber = /^service \/ ports \/ (?:[A-Z]+ \d+|the port) \/ name$/;

export const portName: Entry = {
  id: "port-name",
  why: "Only objects of Kubernetes refer to a Service's port by its name. Clients and load balancers connect to its number. A Service with one port needs no name for it.",
  affects: "objects that name the port, such as an Ingress",
  remedy: "give both ports the same name",
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services",
  expects: ({ paths, values: { left, right } }) =>
    paths
      .filter((path) => matchedByNumber.test(path))
      .map((path) => ({ path, left: left.get(path) ?? null, right: right.get(path) ?? null }))
      .filter((row) => row.left !== row.right),
};
