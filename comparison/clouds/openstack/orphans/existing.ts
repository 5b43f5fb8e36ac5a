/** What there is in a project, and what of it is the cluster's. */
import type { NodeFacts } from "../../../model/cluster.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { Inventory, LoadBalancer, Port, SecurityGroup } from "../api/objects.ts";
import { claims } from "../cloudControllerManager/predict.ts";
import { annotation } from "../cloudControllerManager/annotations.ts";
import { whyReleased } from "../../serviceController.ts";
import { madeByController } from "../sources/loadBalancer.ts";

export interface Existing extends Inventory {
  readonly services: readonly ServiceFacts[];
  readonly nodes: readonly NodeFacts[];
  /** Of the nodes. */
  readonly subnet: { readonly id: string; readonly cidr: string };
  /** All of the project. */
  readonly ports: readonly Port[];
  /** All of the project. */
  readonly groups: readonly SecurityGroup[];
}

export const named = ({ namespace, identity }: ServiceFacts): string => `${namespace}/${identity.name}`;

/**
 * The cluster's name in descriptions. Only the controller knows it: that of a load balancer which a Service of the cluster names or which leads to its nodes, or of a group on its nodes.
 * Undefined if there is none.
 */
export function clusterNameIn(existing: Existing): string | undefined {
  const own = existing.loadBalancers.filter(
    (each) => isNamed(each, existing.services) || leadsToNodes(each, existing),
  );
  return [
    ...own.flatMap((each) => madeByController(each)?.cluster ?? []),
    ...existing.groups.flatMap((each) =>
      isOnNodes(each, existing) ? (ofServiceIn(each)?.cluster ?? []) : [],
    ),
  ][0];
}

/** pkg/openstack/loadbalancer_sg.go (ensureAndUpdateOctaviaSecurityGroup) */
const groupOfController = /^Security Group for (\S+) Service LoadBalancer in cluster (.*)$/;

/** The Service that the controller made a security group for; undefined if it did not make it. */
export function ofServiceIn({
  name,
  description,
}: SecurityGroup): { readonly owner: string; readonly cluster: string } | undefined {
  const [, owner, cluster = ""] = groupOfController.exec(description ?? "") ?? [];
  return owner === undefined || !name.startsWith("lb-sg-") ? undefined : { owner, cluster };
}

export function isOnNodes({ id }: SecurityGroup, { ports, nodes, subnet }: Existing): boolean {
  const addresses = new Set(nodes.map(({ address }) => address));
  return ports
    .filter(({ security_groups }) => security_groups.includes(id))
    .some(({ fixed_ips }) =>
      fixed_ips.some((ip) => ip.subnet_id === subnet.id && addresses.has(ip.ip_address)),
    );
}

const isNamed = ({ id }: LoadBalancer, services: readonly ServiceFacts[]): boolean =>
  services.some((service) => claims(service) && annotation(service, "load-balancer-id") === id);

/** Other clusters may have the same addresses in other subnets. */
function leadsToNodes({ id }: LoadBalancer, { pools, nodes, subnet }: Existing): boolean {
  const addresses = new Set(nodes.map(({ address }) => address));
  return pools
    .filter(({ loadbalancers }) => loadbalancers.some((each) => each.id === id))
    .flatMap(({ members }) => members)
    .some(
      ({ address, subnet_id }) => addresses.has(address) && (subnet_id === null || subnet_id === subnet.id),
    );
}

/** Whether a description's cluster is this one. */
export const isOfCluster = (cluster: string, existing: Existing): boolean =>
  cluster === clusterNameIn(existing);

/** Why the controller needs nothing for a Service of this name any more; undefined if it does. @param owner namespace and name */
export function whyGone(owner: string, services: readonly ServiceFacts[]): string | undefined {
  const service = services.find((each) => named(each) === owner);
  const { loadBalancerClass } = service ?? {};
  return (
    whyReleased(service, owner) ??
    (loadBalancerClass === undefined
      ? undefined
      : `Service ${owner} is of the class ${loadBalancerClass}, which others serve`)
  );
}
