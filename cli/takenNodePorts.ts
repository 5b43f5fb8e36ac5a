/** Refuses an update before anything is made, if its fixed node ports belong to other Services. */
import type { PlannedResource } from "../comparison/plan/monitor.ts";
import { wantedNodePorts } from "../comparison/plan/wantedNodePorts.ts";
import { ownServicesIn } from "./stackState.ts";

export interface Cluster {
  readonly kubeconfig: string;
  /** The stack's state, as `pulumi stack export` prints it. */
  readonly state: () => Promise<unknown>;
}

/** @throws if a node port is taken, with the Service that has it */
export async function refuseTakenNodePorts(
  declared: readonly PlannedResource[],
  { kubeconfig, state }: Cluster,
): Promise<void> {
  const wanted = wantedNodePorts(declared);
  if (wanted.length === 0) return;
  // Kubernetes' client takes a second to load.
  const [{ nodePortOwners, takenNodePorts }, { loadKubeconfig }] = await Promise.all([
    import("../comparison/sources/takenNodePorts.ts"),
    import("../comparison/sources/kubernetes/kubeconfig.ts"),
  ]);
  const [owners, deployment] = await Promise.all([nodePortOwners(loadKubeconfig(kubeconfig)), state()]);
  const taken = takenNodePorts(wanted, owners, ownServicesIn(deployment));
  if (taken.length > 0) throw new Error(taken.join("\n"));
}
