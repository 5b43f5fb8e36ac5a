/** The owner of each object. Objects in a program's state are the program's; for all others, the collectors have read the objects' marks. */
import type { Exposure, Facts } from "../model/exposure.ts";
import type { FirewallFacts, OpeningFacts } from "../model/firewall.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import type { Owner } from "../model/owner.ts";
import type { ServiceFacts } from "../model/service.ts";
import { known } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import type { Declared } from "./state.ts";
import { memberKey, serviceKey } from "./state.ts";

/** The same facts, with the owner `program` on the program's objects. Without a state, the facts say that the program is not known. */
export function assignOwners(facts: Facts, declared: SourceResult<Declared>): Facts {
  if (declared.kind !== "known") return { ...facts, state: declared };
  const owned = (exposure: Exposure): Exposure => ownersIn(exposure, declared.facts);
  return { ...facts, state: known("read"), left: owned(facts.left), right: owned(facts.right) };
}

function ownersIn(exposure: Exposure, declared: Declared): Exposure {
  return {
    ...exposure,
    service: map(exposure.service, (service) => serviceOwner(service, declared)),
    loadBalancer: map(exposure.loadBalancer, (loadBalancer) => loadBalancerOwners(loadBalancer, declared)),
    firewall: map(exposure.firewall, (firewall) => firewallOwners(firewall, declared)),
  };
}

function serviceOwner(service: ServiceFacts, { services }: Declared): ServiceFacts {
  return program(service, services.has(serviceKey(service.namespace, service.identity.name)));
}

function loadBalancerOwners(
  loadBalancer: LoadBalancerFacts,
  { ids, members, attachedPools, poolsOfControllers }: Declared,
): LoadBalancerFacts {
  return {
    ...program(loadBalancer, ids.has(loadBalancer.identity.id)),
    listeners: loadBalancer.listeners.map((listener) => program(listener, ids.has(listener.identity.id))),
    pools: loadBalancer.pools.map((group) => ({
      ...program(group, ids.has(group.identity.id)),
      // A node can be a target of the program's group although the program did not register it.
      members: group.members.map((member) =>
        program(
          { ...member, owner: poolsOfControllers.get(group.identity.id) ?? member.owner },
          members.has(memberKey(group.identity.id, member.id)) || attachedPools.has(group.identity.id),
        ),
      ),
    })),
  };
}

function firewallOwners(firewall: FirewallFacts, { ids }: Declared): FirewallFacts {
  const owned = (opening: OpeningFacts): OpeningFacts => program(opening, ids.has(opening.identity.id));
  return { nodes: firewall.nodes.map(owned), loadBalancer: firewall.loadBalancer.map(owned) };
}

function program<T extends { readonly owner: Owner }>(object: T, isDeclared: boolean): T {
  return isDeclared ? { ...object, owner: "program" } : object;
}

function map<T>(result: SourceResult<T>, change: (facts: T) => T): SourceResult<T> {
  return result.kind === "known" ? known(change(result.facts)) : result;
}
