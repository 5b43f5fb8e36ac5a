/** A load balancer can have listeners for several Services. Only what leads to the compared Service is compared. */
import type { Cloud } from "../clouds/cloud.ts";
import type { Exposure } from "../model/exposure.ts";
import type { ListenerFacts, LoadBalancerFacts, PoolFacts } from "../model/loadBalancer.ts";
import type { ServiceFacts } from "../model/service.ts";
import { factsIn, known } from "../model/sourceResult.ts";
import { listenerKey } from "./objectNames.ts";

/**
 * The exposure without the listeners, pools and openings of other Services. A controller's load balancer is for one Service, so whatever else is on it stays. So does
 * a listener of which it is not known where it leads.
 */
export function ownPart(exposure: Exposure, { admission }: Pick<Cloud, "admission">): Exposure {
  const [service, balancer] = [factsIn(exposure.service), factsIn(exposure.loadBalancer)];
  if (service?.type !== "NodePort" || balancer === undefined) return exposure;
  const others = balancer.listeners.filter((listener) => isForOthers(listener, balancer, service));
  if (others.length === 0 || others.length === balancer.listeners.length) return exposure;
  const listeners = balancer.listeners.filter((listener) => !others.includes(listener));
  const isUsed = ({ identity }: PoolFacts): boolean =>
    listeners.some(({ forwardsTo }) => forwardsTo.includes(identity.id)) ||
    !others.some(({ forwardsTo }) => forwardsTo.includes(identity.id));
  const own = {
    ...balancer,
    listeners,
    pools: balancer.pools.filter(isUsed),
    otherListeners: others.map(listenerKey),
  };
  const firewall = factsIn(exposure.firewall);
  return {
    ...exposure,
    loadBalancer: known(own),
    firewall:
      firewall === undefined
        ? exposure.firewall
        : known({
            ...firewall,
            nodes: firewall.nodes.filter((each) => admission.concerns(each, service, own)),
            loadBalancer: firewall.loadBalancer.filter((each) => !admission.isOnlyFor(each, others)),
          }),
  };
}

function isForOthers(
  { forwardsTo }: ListenerFacts,
  { pools }: LoadBalancerFacts,
  service: ServiceFacts,
): boolean {
  const nodePorts = service.ports.flatMap(({ nodePort }) => nodePort ?? []);
  const used = pools.filter(({ identity }) => forwardsTo.includes(identity.id));
  return (
    used.length > 0 &&
    used.length === forwardsTo.length &&
    used.every(({ port, members }) =>
      [port, ...members.map((member) => member.port)].every((each) => !nodePorts.includes(each)),
    )
  );
}
