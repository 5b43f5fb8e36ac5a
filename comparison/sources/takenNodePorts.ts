/** Node ports that a program wants, and another Service of the cluster has. */
import { CoreV1Api } from "@kubernetes/client-node";
import type { KubeConfig } from "@kubernetes/client-node";
import type { WantedNodePorts } from "../plan/wantedNodePorts.ts";

/** A Service, with the node ports that it has. */
export interface NodePortOwner {
  /** `NAMESPACE/NAME` */
  readonly name: string;
  readonly nodePorts: readonly number[];
  readonly healthCheckNodePort?: number;
  /** Its ports are free once it is gone. */
  readonly isBeingDeleted: boolean;
}

/** The Services that the program has deployed, `NAMESPACE/NAME` by the resource's name. */
export type OwnServices = Readonly<Record<string, string>>;

export async function nodePortOwners(config: KubeConfig): Promise<NodePortOwner[]> {
  const { items } = await config.makeApiClient(CoreV1Api).listServiceForAllNamespaces();
  return items.map(({ metadata, spec }) => ({
    name: `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`,
    nodePorts: (spec?.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []),
    ...(spec?.healthCheckNodePort === undefined ? {} : { healthCheckNodePort: spec.healthCheckNodePort }),
    isBeingDeleted: metadata?.deletionTimestamp !== undefined,
  }));
}

/**
 * One sentence for each. A node port is unique in a cluster, whatever the protocol, and a `healthCheckNodePort` is one of them.
 * https://kubernetes.io/docs/concepts/services-networking/service/#nodeport-custom-port
 */
export function takenNodePorts(
  wanted: readonly WantedNodePorts[],
  owners: readonly NodePortOwner[],
  own: OwnServices,
): string[] {
  const ownNames = new Set(Object.values(own));
  return wanted.flatMap(({ name, nodePorts }) =>
    nodePorts.flatMap((port) => {
      const owner = owners.find(
        ({ nodePorts, healthCheckNodePort }) => nodePorts.includes(port) || healthCheckNodePort === port,
      );
      if (owner === undefined || owner.name === own[name]) return [];
      const as = owner.healthCheckNodePort === port ? ", as its healthCheckNodePort" : "";
      return [
        `node port ${port} of the Service "${name}" is taken by the Service ${owner.name}${as}; choose another in ports[].nodePorts, or ${remedy(owner, ownNames.has(owner.name))}`,
      ];
    }),
  );
}

function remedy({ isBeingDeleted }: NodePortOwner, isOwn: boolean): string {
  if (isBeingDeleted) return "wait until that Service, which is being deleted, is gone";
  return isOwn
    ? "free it in one update and use it in the next: Kubernetes refuses a node port that is in use"
    : "delete that Service";
}
