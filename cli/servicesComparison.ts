/** Compares any two Services of a cluster, whoever deployed them. */
import type { Cloud } from "../comparison/clouds/cloud.ts";
import { conclude } from "../comparison/conclude.ts";
import { nothingAsked } from "../comparison/probes/probes.ts";
import type { BySide } from "../comparison/result/bySide.ts";
import type { Comparison } from "../comparison/result/comparison.ts";
import { collect } from "../comparison/sources/collect.ts";
import type { ServiceRef } from "../comparison/sources/kubernetes/reader.ts";
import type { ChosenCluster } from "./chosenCluster.ts";
import { connectedCluster } from "./connectedCluster.ts";
import type { Starting } from "./devLab.ts";

export async function compareServices(
  services: BySide<ServiceRef>,
  cluster: ChosenCluster,
  { progress, signal }: Starting,
  clouds: readonly Cloud[],
): Promise<Comparison> {
  const facts = await progress.step("the objects of both Services", async () =>
    collect(services, await connectedCluster(cluster, signal)),
  );
  const reason = "two Services by name are compared by their objects alone, without probes";
  const noRequests = { kind: "unavailable", reason } as const;
  return conclude({
    facts,
    clouds,
    probes: nothingAsked(reason),
    traffic: { left: noRequests, right: noRequests },
    limits: [
      "No requests were sent: only objects were compared.",
      "Without a program's state, it is unknown who declared what.",
    ],
    made: new Date(),
  });
}
