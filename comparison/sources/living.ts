/** What a controller made for other Services of the cluster, which gives away how it is configured. */
import { controllerOf } from "../clouds/cloud.ts";
import type { Controller } from "../clouds/cloud.ts";
import { recognisedIn } from "../difference/recognised.ts";
import type { Living, Recognised } from "../difference/recognised.ts";
import type { ClusterFacts } from "../model/cluster.ts";
import { factsIn, known } from "../model/sourceResult.ts";
import { isPending } from "./eligibility.ts";
import { serviceFacts } from "./kubernetes/facts.ts";
import type { Asked } from "./pending.ts";

/** Each is several questions to the cloud, and the youngest tell of the configuration as it is now. */
const mostServices = 3;

/** Undefined if there is none, if their objects cannot be read, or if no configuration fits them better than all others. */
export async function recognisedFrom(
  controller: Controller,
  cluster: ClusterFacts,
  { sources: { kubernetes, cloud: reader }, ask, reading }: Pick<Asked, "sources" | "ask" | "reading">,
): Promise<Recognised | undefined> {
  const { cloud } = reader;
  const all = await ask("Kubernetes API", (signal) => kubernetes.services(signal));
  const youngest = (factsIn(all) ?? [])
    .filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
    .map((service) => ({
      made: Number(service.metadata?.creationTimestamp ?? 0),
      facts: serviceFacts(service, cloud.controllers),
    }))
    .filter(
      ({ facts }) =>
        facts.type === "LoadBalancer" && !isPending(facts) && controllerOf(cloud, facts) === controller,
    )
    .sort((a, b) => b.made - a.made)
    .slice(0, mostServices);
  const living = youngest.map(async ({ facts }): Promise<Living[]> => {
    const service = Promise.resolve(known(facts));
    const balancer = reading.loadBalancer(service);
    const [loadBalancer, firewall] = await Promise.all([balancer, reading.firewall(service, balancer)]);
    return loadBalancer.kind === "known" && firewall.kind === "known"
      ? [{ service: facts, loadBalancer: loadBalancer.facts, firewall: firewall.facts }]
      : [];
  });
  return recognisedIn((await Promise.all(living)).flat(), { cloud, cluster, controller });
}
