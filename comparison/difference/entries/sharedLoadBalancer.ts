/** One load balancer for several Services. */
import type { Entry } from "../entry.ts";

const path = "loadBalancer / otherListeners";

export const sharedLoadBalancer: Entry = {
  id: "shared-load-balancer",
  why: "The load balancer has listeners for other Services too. Only the listeners and groups that lead to this Service are compared. A LoadBalancer Service has a load balancer for itself.",
  affects: "the other Services: they share the load balancer's address, its cost, its limits and its fate",
  remedy: null,
  source: "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
  expects({ values: { left, right } }) {
    const row = { path, left: left.get(path) ?? null, right: right.get(path) ?? null };
    return row.left === row.right ? [] : [row];
  },
};
