/** Pods as scenarios choose them and wait for them. */
import { eventually } from "../../eventually.ts";
import { timing } from "../timing.ts";
import type { Cluster, Pod } from "./cluster.ts";
import type { Target, Testbed } from "./testbed.ts";

/** Names of the Service's pods, each with its node's. */
export async function nodeOfPod(cluster: Cluster, target: Target): Promise<Map<string, string>> {
  return new Map((await cluster.pods(target)).map(({ name, node }) => [name, node]));
}

export const isServing = ({ ready, terminating }: Pod): boolean => ready && !terminating;

/** @throws if none is ready */
export function anyReady(pods: readonly Pod[]): Pod {
  const pod = pods.find(isServing);
  if (pod === undefined) throw new Error("no pod is ready: there is nothing to kill");
  return pod;
}

/** Resolves when every replica is of the newest revision and available. */
export async function rolledOut(
  { cluster, clock }: Testbed,
  target: Target,
  timeoutSeconds: number = timing.rollOutSeconds,
): Promise<void> {
  const what = `Deployment ${target.namespace}/${target.deployment} rolled out`;
  await eventually(what, () => cluster.isRolledOut(target), timeoutSeconds, clock);
}

/** Resolves when no pod is terminating any more: those of former revisions are gone. */
export async function noneTerminating({ cluster, clock }: Testbed, target: Target): Promise<void> {
  await eventually(
    `no pod of ${target.namespace}/${target.service} is terminating`,
    async () => (await cluster.pods(target)).every(({ terminating }) => !terminating),
    timing.podSeconds,
    clock,
  );
}
