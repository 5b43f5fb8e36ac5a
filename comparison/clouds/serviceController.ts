/** Kubernetes' service controller, which every cloud controller manager has: what is the same on all clouds. */
import type { Entry } from "../difference/entry.ts";
import type { LifeCycleRow } from "../difference/lifeCycle.ts";
import type { ServiceFacts } from "../model/service.ts";
import { truth } from "./truth.ts";

export const serviceControllerSource =
  "https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go";

/** k8s.io/cloud-provider v0.35.4, service/helpers/helper.go (LoadBalancerCleanupFinalizer) */
export const cleanupFinalizer = "service.kubernetes.io/load-balancer-cleanup";

export const finalizer: Entry = {
  id: "finalizer",
  why: "A finalizer keeps a deleted LoadBalancer Service until the cloud controller manager has deleted the objects that it made. A program deletes its objects in the order of their dependencies.",
  affects:
    "anyone who deletes the Service or the cluster while the controller is not running: the Service stays",
  remedy: null,
  source:
    "https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#garbage-collecting-load-balancers",
  expects: () => [{ path: `service / finalizers / ${cleanupFinalizer}`, left: null, right: "present" }],
};

/**
 * Why the controller lets go of what it made for a Service, or has lost it; undefined while the Service is of type LoadBalancer.
 * @param service undefined if it does not exist
 * @param owner its namespace and name
 */
export function whyReleased(service: ServiceFacts | undefined, owner: string): string | undefined {
  if (service === undefined) return `Service ${owner} does not exist`;
  const { type, finalizers, isBeingDeleted } = service;
  if (isBeingDeleted) return waits(service, owner, cleanupFinalizer);
  if (type === "LoadBalancer") return undefined;
  const pending = finalizers.includes(cleanupFinalizer)
    ? `; its finalizer ${cleanupFinalizer} is still there, so a running controller will delete the load balancer`
    : "";
  return `Service ${owner} is of type ${type}${pending}`;
}

/** Until its controller has removed the load balancer and then the finalizer, the API server keeps a deleted Service. */
export function waits({ finalizers }: ServiceFacts, owner: string, finalizer: string): string {
  const deleted = `Service ${owner} is being deleted`;
  return finalizers.includes(finalizer)
    ? `${deleted} and keeps its finalizer ${finalizer} until its controller, which must be running, has deleted the load balancer`
    : `${deleted}, and its finalizer ${finalizer} is gone, so no controller will delete the load balancer`;
}

const excludeLabel = "node.kubernetes.io/exclude-from-external-load-balancers";

/** Whether a node is kept from load balancers: by any value of the label but a false one, even one that makes no sense. controller.go (nodeIncludedPredicate) */
export function isExcluded(labels: Readonly<Record<string, string>>): boolean {
  const value = labels[excludeLabel];
  return value !== undefined && truth(value) !== false;
}

/** When the program, the controller or nobody acts, in the words of the life cycle. */
export const atUp = "the program, at `pulumi up`";
export const atRefresh = "the program, at `pulumi up --refresh`; a plain `up` does not notice";
export const atDestroy = "the program, at `pulumi up` or `destroy`";
export const onCreate = "the cloud controller manager, seconds after the Service is created";
export const onChange = "the cloud controller manager, seconds after the Service changes";
export const nextSync =
  "the cloud controller manager, at the next change of the Service or the nodes, or when it restarts";
export const onDelete = "the cloud controller manager, before the Service is removed: its finalizer waits";

/** The same for both Service types. */
export const alike = (text: string): LifeCycleRow["creates"] => ({ nodePort: text, loadBalancer: text });

/** Of the Service itself. */
export const serviceLifeCycle: readonly LifeCycleRow[] = [
  {
    object: "Service",
    creates: alike(atUp),
    updates: alike(atUp),
    repairs: alike(atRefresh),
    deletes: {
      nodePort: atDestroy,
      loadBalancer: `${atDestroy}; it is removed once the cloud controller manager has cleaned up`,
    },
    source: `${serviceControllerSource} (addFinalizer, removeFinalizer)`,
  },
  {
    object: "node port",
    creates: alike("the API server, with the Service"),
    updates: alike("nothing, unless the Service names another"),
    repairs: alike("the API server, every 3 minutes, if its record of ports does not match the Services"),
    deletes: alike("the API server, with the Service"),
    source:
      "https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/registry/core/service/portallocator/controller/repair.go",
  },
];
