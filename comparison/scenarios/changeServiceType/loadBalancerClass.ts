/** Whether the class of a Service that exists can be changed, which would hand its load balancer to another controller. */
import { ApiException } from "@kubernetes/client-node";
import type { Target, Testbed } from "../testbed/testbed.ts";

const otherClass = "scenarios.nodeport-vs-loadbalancer/other";

/** @returns `refused` if the Kubernetes API does not accept it, or else `accepted`; then it is taken back */
export async function changeClass(
  { cluster }: Pick<Testbed, "cluster">,
  target: Target,
): Promise<"refused" | "accepted"> {
  const { spec } = await cluster.service(target);
  try {
    await cluster.patchService(target, { spec: { loadBalancerClass: otherClass } });
  } catch (error) {
    if (error instanceof ApiException && error.code === 422) return "refused";
    throw error;
  }
  await cluster.patchService(target, { spec: { loadBalancerClass: spec?.loadBalancerClass ?? null } });
  return "accepted";
}
