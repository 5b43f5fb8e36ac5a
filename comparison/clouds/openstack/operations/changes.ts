/** Changes of a load balancer's parts. Octavia refuses one while an earlier one is under way. https://docs.openstack.org/api-ref/load-balancer/v2/#provisioning-status-codes */
import { setTimeout as sleep } from "node:timers/promises";
import { loadBalancer as schema } from "../api/objects.ts";
import { OpenStackError } from "../api/session.ts";
import type { OpenStackApi } from "../api/session.ts";

/** Generous: an amphora takes its time. */
const mostSeconds = 120;
const pauseMilliseconds = 200;

/** What Octavia answers while a load balancer is immutable. */
const immutable = 409;

/** Tries until Octavia takes the change, and resolves when it is made. @throws OpenStackError for any other refusal */
export async function changed(
  api: OpenStackApi,
  loadBalancer: string,
  change: () => Promise<unknown>,
  pause: () => Promise<unknown> = () => sleep(pauseMilliseconds),
): Promise<void> {
  const tries = (mostSeconds * 1000) / pauseMilliseconds;
  for (let left = tries; ; left -= 1) {
    try {
      await change();
      break;
    } catch (error) {
      if (!(error instanceof OpenStackError) || error.status !== immutable || left === 0) throw error;
      await pause();
    }
  }
  for (let left = tries; left > 0; left -= 1) {
    const all = await api.list("load-balancer", "v2/lbaas/loadbalancers", "loadbalancers", schema);
    const status = all.find(({ id }) => id === loadBalancer)?.provisioning_status;
    if (status === "ACTIVE") return;
    if (status === "ERROR" || status === undefined)
      throw new Error(`the load balancer ${loadBalancer} is ${status ?? "gone"} after the change`);
    await pause();
  }
  throw new Error(`the load balancer ${loadBalancer} is not ACTIVE ${mostSeconds} s after the change`);
}
