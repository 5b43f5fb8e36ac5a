/** The project's load balancers, as candidates for the host's ports. */
import { hiddenTag, hiddenWord } from "../../forward/choose.ts";
import type { EntryCandidate } from "../cloud.ts";
import { openApi } from "./api.ts";
import type { Api } from "./api.ts";
import { apiFromOutside } from "./layout.ts";

export interface LoadBalancer {
  readonly id: string;
  readonly name: string;
  readonly vip_address: string;
  readonly vip_port_id: string;
  /** UTC, without a zone. */
  readonly created_at: string;
  readonly tags: readonly string[];
}

export interface Listener {
  readonly protocol: string;
  readonly protocol_port: number;
  readonly loadbalancers: readonly { readonly id: string }[];
}

export interface FloatingIp {
  readonly floating_ip_address: string;
  readonly port_id: string | null;
}

/** How the controller names what it makes for a Service. kubernetes/cloud-provider-openstack v1.35.0, pkg/openstack/loadbalancer.go (servicePrefix) */
const servicePrefix = "kube_service_";

let api: Api | undefined;

export async function listeningLoadBalancers(): Promise<EntryCandidate[]> {
  api ??= openApi(apiFromOutside);
  const [{ loadbalancers }, { listeners }, { floatingips }] = await Promise.all([
    api.get<{ loadbalancers: readonly LoadBalancer[] }>("octavia", "/v2.0/lbaas/loadbalancers"),
    api.get<{ listeners: readonly Listener[] }>("octavia", "/v2.0/lbaas/listeners"),
    api.get<{ floatingips: readonly FloatingIp[] }>("neutron", "/v2.0/floatingips"),
  ]);
  return loadbalancers.map((each) => candidate(each, listeners, floatingips));
}

export function candidate(
  { id, name, vip_address, vip_port_id, created_at, tags }: LoadBalancer,
  listeners: readonly Listener[],
  floatingIps: readonly FloatingIp[],
): EntryCandidate {
  return {
    host: floatingIps.find(({ port_id }) => port_id === vip_port_id)?.floating_ip_address ?? vip_address,
    createdTime: new Date(`${created_at}Z`),
    madeByController: name.startsWith(servicePrefix),
    isHidden: tags.includes(hiddenTag) || name.includes(hiddenWord),
    ports: listeners
      .filter(({ protocol, loadbalancers }) => protocol !== "UDP" && loadbalancers.some((of) => of.id === id))
      .map(({ protocol_port }) => protocol_port),
  };
}
