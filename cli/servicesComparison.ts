/** Compares any two Services of a cluster, whoever deployed them. */
import { promises as dns } from "node:dns";
import { conclude } from "../comparison/conclude.ts";
import { nothingAsked } from "../comparison/probes/probes.ts";
import type { BySide } from "../comparison/result/bySide.ts";
import type { Comparison } from "../comparison/result/comparison.ts";
import { connectToCloud } from "../comparison/sources/cloudOfCluster.ts";
import { collect } from "../comparison/sources/collect.ts";
import { loadKubeconfig } from "../comparison/sources/kubernetes/kubeconfig.ts";
import { kubernetesReader } from "../comparison/sources/kubernetes/reader.ts";
import type { ServiceRef } from "../comparison/sources/kubernetes/reader.ts";
import type { Starting } from "./devLab.ts";

/** Uses the kubeconfig that kubectl would use, and the settings and credentials that the cloud's own tools would use. */
export async function compareServices(
  services: BySide<ServiceRef>,
  { progress }: Starting,
): Promise<Comparison> {
  const kubernetes = kubernetesReader(() => loadKubeconfig());
  const facts = await progress.step("the objects of both Services", async () => {
    const cloud = await connectToCloud(kubernetes);
    const resolve4 = cloud.namesArePublic ? { resolve4: (name: string) => dns.resolve4(name) } : {};
    return collect(services, { kubernetes, cloud, ...resolve4 });
  });
  const reason = "two Services by name are compared by their objects alone, without probes";
  const noRequests = { kind: "unavailable", reason } as const;
  return conclude({
    facts,
    probes: nothingAsked(reason),
    traffic: { left: noRequests, right: noRequests },
    limits: [
      "No requests were sent: only objects were compared.",
      "Without a program's state, it is unknown who declared what.",
    ],
    made: new Date(),
  });
}
