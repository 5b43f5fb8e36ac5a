/** Whether a controller has done its part in the Service that it claims. Without it, the Service's load balancer is not found, or is left behind. */
import { controllerOf, inStatus } from "../clouds/cloud.ts";
import { factsIn } from "../model/sourceResult.ts";
import { sides } from "../result/bySide.ts";
import type { Compared } from "./compared.ts";

/** What is missing on either side, one sentence each. A plan has no state yet. */
export function unservedIn({
  facts: { basis },
  cloud,
  left,
  right,
}: Pick<Compared, "facts" | "cloud" | "left" | "right">): string[] {
  if (basis === "planned") return [];
  return sides.flatMap((side) => {
    const exposure = { left, right }[side];
    const [service, balancer] = [factsIn(exposure.service), factsIn(exposure.loadBalancer)];
    if (service === undefined) return [];
    const controller = controllerOf(cloud, service);
    if (!controller.claims(service)) return [];
    return [
      ...(service.finalizers.includes(controller.finalizer)
        ? []
        : [
            `${side}: the Service lacks the finalizer ${controller.finalizer}, so its load balancer is left behind when it is deleted`,
          ]),
      ...(balancer === undefined || service.ingress.includes(inStatus(cloud, service, balancer.address))
        ? []
        : [
            `${side}: the Service's status does not name its load balancer, ${inStatus(cloud, service, balancer.address)}`,
          ]),
    ];
  });
}
