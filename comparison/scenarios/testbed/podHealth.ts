/** Waiting until pods are the healthy members of a load balancer. */
import type { Member } from "../../clouds/operations.ts";
import { eventually } from "../../eventually.ts";
import type { Pod } from "./cluster.ts";
import { healthySeconds } from "./health.ts";
import { isServing } from "./pods.ts";
import type { Target, Testbed } from "./testbed.ts";

/**
 * Resolves when every pod that serves is a healthy member of this load balancer, and any other member is draining.
 * @throws naming the load balancer and its problems, when that takes longer than it may
 */
export async function podsHealthy(testbed: Testbed, target: Target): Promise<void> {
  const { cloud, cluster, clock } = testbed;
  await eventually(
    `${target.way}, ${target.namespace}/${target.service}: every pod a healthy target`,
    async () => {
      const [pods, members] = await Promise.all([cluster.pods(target), cloud.members(target.address)]);
      const problems = podProblems(pods, members);
      if (problems.length > 0) throw new Error(problems.join(", "));
      return true;
    },
    healthySeconds(testbed),
    clock,
  );
}

/** Why not every pod that serves is a healthy member, or why somebody else is a member that is not draining; empty if neither is so. */
export function podProblems(
  all: readonly Pod[],
  members: readonly Pick<Member, "machine" | "state">[],
): string[] {
  const pods = all.filter(isServing);
  const lasting = members.filter(({ state }) => state !== "draining");
  return [
    ...(pods.length === 0 ? ["no pod serves"] : []),
    ...pods.flatMap(({ name, address }) => {
      const state = lasting.find(({ machine }) => machine === address)?.state;
      return state === "healthy" ? [] : [`${name} ${state ?? "no target"}`];
    }),
    ...lasting
      .filter(({ machine }) => !pods.some(({ address }) => address === machine))
      .map(({ machine }) => `${machine} is no pod that serves`),
  ];
}
