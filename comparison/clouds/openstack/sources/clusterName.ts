/** The cluster's name on what the controller makes. Only the controller knows it, and writes it into descriptions. */
import type { ServiceFacts } from "../../../model/service.ts";
import { partOf } from "../api/objects.ts";
import type { Inventory, LoadBalancer, SecurityGroup } from "../api/objects.ts";
import { annotation } from "../cloudControllerManager/annotations.ts";
import { claims } from "../cloudControllerManager/predict.ts";
import { madeByController } from "./loadBalancer.ts";
import { holderOf } from "./members.ts";
import type { Addresses } from "./members.ts";

/** A project may hold several clusters: only this one's own objects tell its name. */
export interface Traces extends Pick<Inventory, "loadBalancers" | "pools">, Addresses {
  /** Of the cluster, as far as they are known. */
  readonly services: readonly ServiceFacts[];
  /** On the nodes' ports. */
  readonly nodeGroups: readonly SecurityGroup[];
}

/** That of a load balancer which a Service of the cluster names or which leads to its nodes, or of a group on its nodes. Undefined if there is none. */
export function clusterNameFrom(traces: Traces): string | undefined {
  const own = traces.loadBalancers.filter(
    (each) => isNamed(each, traces.services) || leadsToNodes(each, traces),
  );
  return [
    ...own.flatMap((each) => madeByController(each)?.cluster ?? []),
    ...traces.nodeGroups.flatMap((each) => ofServiceIn(each)?.cluster ?? []),
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

const isNamed = ({ id }: LoadBalancer, services: readonly ServiceFacts[]): boolean =>
  services.some((service) => claims(service) && annotation(service, "load-balancer-id") === id);

const leadsToNodes = (balancer: LoadBalancer, traces: Traces): boolean =>
  traces.pools
    .filter(partOf(balancer))
    .some(({ members }) => members.some((member) => holderOf(member, balancer, traces) === "node"));
