/** The Kubernetes API of the simulated testbed. */
import { ApiException, V1Service } from "@kubernetes/client-node";
import type { Cluster } from "../../../../../comparison/scenarios/testbed/cluster.ts";
import type { App } from "./apps.ts";
import type { ExposureState } from "./exposure.ts";
import type { Simulation } from "./testbed.ts";

const exclusion = "node.kubernetes.io/exclude-from-external-load-balancers";

interface ServicePatch {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, unknown>> };
  readonly spec?: {
    readonly type?: "NodePort" | "LoadBalancer";
    readonly loadBalancerClass?: string | null;
    readonly ports?: readonly { readonly name: string; readonly port: number }[];
  };
}

interface NodePatch {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string | null>> };
  readonly spec?: { readonly unschedulable?: boolean | null };
}

export function simulatedCluster(simulation: Simulation): Cluster {
  const { world, apps, exposureOf, controllerActs } = simulation;
  /** As an API does that may be down: later, or with an error. */
  const asked = async <T>(answer: () => T): Promise<T> => {
    await Promise.resolve();
    world.reach("API server");
    return answer();
  };
  const appOf = (namespace: string): App => apps[namespace as keyof typeof apps];
  const nodeNamed = (name: string) => {
    const node = world.nodes.find((each) => each.name === name);
    if (node === undefined) throw new Error(`there is no node ${name}`);
    return node;
  };
  return {
    pods: ({ namespace }) =>
      asked(() =>
        appOf(namespace).pods.map(({ name, node, ready, terminating, restarts }) => ({
          name,
          node: node.name,
          // By which it is a member.
          address: name,
          ready,
          terminating,
          restarts,
          preStopSeconds: world.physics.preStop,
        })),
      ),
    nodes: () =>
      asked(() =>
        world.nodes.map(({ name, address, zone, ready, machine }) => ({
          name,
          address,
          zone,
          ready,
          machine,
        })),
      ),
    service: (target) => asked(() => serviceOf(exposureOf(target))),
    serviceUids: () => asked(() => simulation.exposures.map(({ side, variant }) => `${side} ${variant}`)),
    patchService: (target, patch) =>
      asked(() => {
        const exposure = exposureOf(target);
        const { metadata, spec } = patch as ServicePatch;
        if (typeof spec?.loadBalancerClass === "string" && spec.type === undefined)
          throw new ApiException(422, "may not change once set", "", {});
        Object.assign(exposure.annotations, metadata?.annotations);
        if (spec?.ports !== undefined) exposure.setPorts(spec.ports);
        if (spec?.type !== undefined) exposure.type = spec.type;
        controllerActs(exposure);
        return serviceOf(exposure);
      }),
    labelNamespace: (namespace, labels) =>
      asked(() => {
        if ("example.org/gate" in labels) appOf(namespace).isGated = labels["example.org/gate"] === "enabled";
      }),
    deletePod: (namespace, name, graceSeconds) =>
      asked(() => {
        if (graceSeconds === 0) appOf(namespace).kill(name);
        else appOf(namespace).end(name);
      }),
    evict: (namespace, name) => asked(() => appOf(namespace).end(name)),
    patchNode: (name, patch) =>
      asked(() => {
        const node = nodeNamed(name);
        const { metadata, spec } = patch as NodePatch;
        if (spec?.unschedulable !== undefined) node.unschedulable = spec.unschedulable === true;
        if (metadata?.labels === undefined || !(exclusion in metadata.labels)) return;
        node.excluded = metadata.labels[exclusion] !== null;
        controllerActs();
      }),
    changeTaints: (name, change) =>
      asked(() => {
        const node = nodeNamed(name);
        node.taints = change(node.taints);
      }),
    scale: ({ namespace }, replicas) => asked(() => appOf(namespace).scale(replicas)),
    restart: ({ namespace }) => asked(() => appOf(namespace).restart()),
    isRolledOut: ({ namespace }) => asked(() => appOf(namespace).isRolledOut()),
    askPod: (namespace, name, _port, path) =>
      asked(() => {
        const query = new URLSearchParams(path.split("?")[1]);
        const pod = appOf(namespace).pods.find((each) => each.name === name);
        const answer = simulation.network.connect(
          query.get("host") ?? "",
          Number(query.get("port")),
          pod?.node,
        );
        return JSON.stringify(
          "pod" in answer ? { responses: [answer.pod.name] } : { errors: [answer.refused] },
        );
      }),
  };
}

function serviceOf({ type, ports, side, balancer, second }: ExposureState): V1Service {
  const made = side === "left" ? second : balancer;
  return Object.assign(new V1Service(), {
    metadata: { finalizers: made === undefined ? [] : ["service.kubernetes.io/load-balancer-cleanup"] },
    spec: { type, ports: ports.map((port) => ({ ...port })) },
    status: { loadBalancer: made === undefined ? {} : { ingress: [{ hostname: made.address }] } },
  });
}
