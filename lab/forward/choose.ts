/** Which load balancer stands behind which of the host's ports. Who made it decides, so that the choice suits any deployed program. */
import type { EntryCandidate } from "../clouds/cloud.ts";
import type { EntryPort } from "../plan.ts";

/** A load balancer with this tag, or label, stands behind none of the host's ports. */
export const hiddenTag = "lab/behind-no-port";

/** The same as a part of a load balancer's name, where its maker names it after the Service and gives it no other tag. */
export const hiddenWord = "behind-no-port";

export type Way = Extract<EntryPort, "nodePort" | "loadBalancer">;

/** The oldest listening load balancer that a controller made (`loadBalancer`) or did not make (`nodePort`), at its lowest TCP port. */
export function chooseLoadBalancer(
  way: Way,
  candidates: readonly EntryCandidate[],
): { readonly host: string; readonly port: number } | undefined {
  const [oldest] = candidates
    .filter(
      ({ madeByController, isHidden, ports }) =>
        madeByController === (way === "loadBalancer") && !isHidden && ports.length > 0,
    )
    .sort((a, b) => a.createdTime.getTime() - b.createdTime.getTime());
  return oldest && { host: oldest.host, port: Math.min(...oldest.ports) };
}
