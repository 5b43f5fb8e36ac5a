/** What manifests are judged on: a cloud, a controller in the cluster, and a network. */
import type { Cloud, Controller } from "../clouds/cloud.ts";
import { clouds } from "../clouds/index.ts";
import type { AssumedNetwork, CloudManifests, NetworkSize } from "../clouds/manifests.ts";
import type { CloudPlan } from "../clouds/plan.ts";
import type { ClusterFacts } from "../model/cluster.ts";
import type { ServiceFacts } from "../model/service.ts";

export interface Ground {
  readonly cloud: Cloud;
  readonly controller: Controller;
  readonly plan: CloudPlan;
  readonly manifests: CloudManifests;
  readonly network: AssumedNetwork;
  readonly cluster: ClusterFacts;
  /** All that are judged together. */
  readonly services: readonly ServiceFacts[];
}

/** The controller of Services that name none, and the cloud that it serves. */
export type Served = Pick<Ground, "cloud" | "controller">;

function servedIn(all: readonly Cloud[]): Served[] {
  return all.flatMap((cloud) => cloud.controllers.map((controller) => ({ cloud, controller })));
}

export const controllerNames: readonly string[] = servedIn(clouds).flatMap(
  ({ controller }) => controller.name ?? [],
);

/**
 * Undefined if there is none.
 * @param name of the option `--controller`
 * @param among clouds with their controllers. @default all, with the default configurations
 */
export function controllerNamed(name: string, among: readonly Cloud[] = clouds): Served | undefined {
  const serves = ({ controller }: Served): boolean => controller.name === name;
  // Of the clouds with a configuration, only the right one may be asked for its controllers.
  const usual = servedIn(clouds).find(serves);
  const found = servedIn(among.filter((cloud) => cloud.name === usual?.cloud.name)).find(serves);
  if (found === undefined) return undefined;
  const { cloud, controller } = found;
  const others = cloud.controllers.filter((each) => each !== controller);
  return { cloud: { ...cloud, controllers: [controller, ...others] }, controller };
}

/**
 * @param services what the network has to have for them
 * @param judged all that are judged together. @default these services
 */
export async function groundOf(
  { cloud, controller }: Served,
  size: NetworkSize,
  services: readonly ServiceFacts[],
  judged: readonly ServiceFacts[] = services,
): Promise<Ground> {
  const [plan, manifests] = await Promise.all([cloud.plan(), cloud.manifests()]);
  const network = manifests.network(size, services, controller);
  const cluster = network.cluster(plan.assumedCluster(network.configuration, []));
  return { cloud, controller, plan, manifests, network, cluster, services: judged };
}
