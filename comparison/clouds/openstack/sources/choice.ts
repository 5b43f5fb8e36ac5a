/** Chooses the load balancer of a Service. */
import type { NodeFacts } from "../../../model/cluster.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { byText } from "../../../sources/order.ts";
import { partOf } from "../api/objects.ts";
import type { Inventory, LoadBalancer } from "../api/objects.ts";
import { annotation } from "../cloudControllerManager/annotations.ts";
import { holderOf } from "./members.ts";
import type { Addresses, Member } from "./members.ts";

export type Choice =
  | { readonly kind: "found"; readonly loadBalancer: LoadBalancer }
  | { readonly kind: "none"; readonly reason: string };

/** Where the nodes are. */
export interface Place {
  readonly nodes: readonly NodeFacts[];
  /** Undefined if Neutron does not tell them: then addresses alone tell the nodes. */
  readonly network: Omit<Addresses, "nodes"> | undefined;
}

/**
 * The status of a LoadBalancer Service names its load balancer. In front of a NodePort Service is any that leads to its node ports on the cluster's nodes.
 * @param wanted the name or id of the one to compare. @default the only one
 */
export function chooseLoadBalancer(
  service: ServiceFacts,
  place: Place,
  inventory: Inventory,
  wanted: string | undefined,
): Choice {
  const name = `${service.namespace}/${service.identity.name}`;
  const found = candidates(service, place, inventory);
  const chosen =
    wanted === undefined ? found : found.filter((each) => each.name === wanted || each.id === wanted);
  const [first, ...others] = chosen;
  if (first === undefined)
    return {
      kind: "none",
      reason:
        wanted === undefined
          ? `no load balancer of Octavia in this project leads to ${name}; check OS_CLOUD, or OS_PROJECT_NAME and OS_REGION_NAME`
          : `no load balancer ${wanted} leads to ${name}; allowed are ${namesOf(found) || "none"}`,
    };
  if (others.length === 0) return { kind: "found", loadBalancer: first };
  return {
    kind: "none",
    reason: `${chosen.length} load balancers lead to ${name}: ${namesOf(chosen)}; choose one for each side: --load-balancer NAME, or its id`,
  };
}

const namesOf = (all: readonly LoadBalancer[]): string => byText(all.map(({ name }) => name)).join(", ");

function candidates(service: ServiceFacts, { nodes, network }: Place, inventory: Inventory): LoadBalancer[] {
  const { loadBalancers, floatingIps, pools } = inventory;
  const ports = new Set(service.ports.flatMap(({ nodePort }) => nodePort ?? []));
  const addresses = new Set(nodes.map(({ address }) => address));
  // One that leads to another cluster's servers is left out only if that is sure.
  const leadsToNode = ({ address, subnet_id }: Member, balancer: LoadBalancer): boolean =>
    addresses.has(address) &&
    (network === undefined || holderOf({ address, subnet_id }, balancer, { nodes, ...network }) !== "other");
  const isLeading = (balancer: LoadBalancer): boolean =>
    pools
      .filter(partOf(balancer))
      .some(({ members }) =>
        members.some((member) => ports.has(member.protocol_port) && leadsToNode(member, balancer)),
      );
  // The status may have a name in the place of the address; the controller writes the id into an annotation in any case.
  const ofController = service.type === "LoadBalancer" ? annotation(service, "load-balancer-id") : undefined;
  const named = loadBalancers.filter(
    ({ id, vip_address, vip_port_id }) =>
      id === ofController ||
      [
        vip_address,
        ...floatingIps.filter(({ port_id }) => port_id === vip_port_id).map((ip) => ip.floating_ip_address),
      ].some((address) => service.ingress.includes(address)),
  );
  return loadBalancers.filter((each) => isLeading(each) || named.includes(each));
}
