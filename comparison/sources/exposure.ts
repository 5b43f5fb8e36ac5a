/** What one Service and all that belongs to it are asked for. */
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { NodeFacts } from "../model/cluster.ts";
import type { DataPathFacts } from "../model/dataPath.ts";
import type { Exposure, NameFacts } from "../model/exposure.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import type { ServiceFacts } from "../model/service.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import { given } from "./asking.ts";
import type { Ask } from "./asking.ts";
import { chooseLoadBalancer } from "../clouds/aws/sources/choice.ts";
import { readFirewall } from "../clouds/aws/sources/firewall.ts";
import type { Inventory } from "../clouds/aws/sources/inventory.ts";
import { readLoadBalancer } from "../clouds/aws/sources/loadBalancer.ts";
import type { NodeNetwork } from "../clouds/aws/sources/nodeNetwork.ts";
import { readName } from "./dns.ts";
import type { Resolve4 } from "./dns.ts";
import { endpointFacts } from "./kubernetes/facts.ts";
import type { KubernetesReader, ServiceRef } from "./kubernetes/reader.ts";

/** Whom to ask. */
export interface Sources {
  readonly kubernetes: KubernetesReader;
  readonly elbv2: ElasticLoadBalancingV2Client;
  readonly ec2: EC2Client;
  /** Only where the load balancers' names are known. */
  readonly resolve4?: Resolve4;
  /** Only where somebody can look into the nodes. */
  readonly nodeRules?: (
    service: ServiceFacts,
    nodes: readonly NodeFacts[],
    signal: AbortSignal,
  ) => Promise<readonly DataPathFacts[]>;
}

/** What both exposures are asked with. */
export interface Shared {
  readonly nodes: Promise<SourceResult<readonly NodeFacts[]>>;
  readonly inventory: Promise<SourceResult<Inventory>>;
  readonly network: Promise<SourceResult<NodeNetwork>>;
}

/** Asks everything at once; what needs something else waits for just that. */
export async function askExposure(
  ref: ServiceRef,
  service: SourceResult<ServiceFacts>,
  shared: Shared,
  sources: Sources,
  ask: Ask,
): Promise<Exposure> {
  const theService = Promise.resolve(service);
  const loadBalancer = askLoadBalancer(theService, shared, sources, ask);
  const [endpoints, balancer, firewall, name, dataPath] = await Promise.all([
    ask("Kubernetes API", async (signal) =>
      endpointFacts(await sources.kubernetes.endpointSlices(ref, signal)),
    ),
    loadBalancer,
    given(
      {
        "the Service": theService,
        "the load balancer": loadBalancer,
        "the nodes' instances": shared.network,
      },
      (facts) =>
        ask("EC2 API", (signal) =>
          readFirewall(
            sources.ec2,
            facts["the nodes' instances"].allSecurityGroups,
            facts["the Service"],
            facts["the load balancer"],
            signal,
          ),
        ),
    ),
    askName(theService, loadBalancer, sources, ask),
    askDataPath(theService, shared, sources, ask),
  ]);
  return { service, endpoints, loadBalancer: balancer, firewall, name, dataPath };
}

function askLoadBalancer(
  service: Promise<SourceResult<ServiceFacts>>,
  { nodes, inventory }: Shared,
  sources: Sources,
  ask: Ask,
): Promise<SourceResult<LoadBalancerFacts>> {
  return given({ "the Service": service }, async (facts) => {
    const all = await inventory;
    if (all.kind !== "known") return all;
    const choice = chooseLoadBalancer(facts["the Service"], await nodes, all.facts);
    if (choice.kind === "none") return { kind: "unreachable", reason: choice.reason };
    return ask("ELBv2 API", (signal) =>
      readLoadBalancer(sources, choice.loadBalancer, all.facts.groups, signal),
    );
  });
}

/** A Service of type LoadBalancer says its load balancer's name itself. */
function askName(
  service: Promise<SourceResult<ServiceFacts>>,
  loadBalancer: Promise<SourceResult<LoadBalancerFacts>>,
  { resolve4 }: Sources,
  ask: Ask,
): Promise<SourceResult<NameFacts>> {
  if (resolve4 === undefined) {
    const reason = "the load balancers' names are not in the DNS that can be asked from here";
    return Promise.resolve({ kind: "unavailable", reason });
  }
  const addresses = (name: string): Promise<SourceResult<NameFacts>> =>
    ask("DNS", () => readName(resolve4, name));
  return given({ "the Service": service }, (facts) => {
    const [hostname] = facts["the Service"].ingress;
    if (hostname !== undefined) return addresses(hostname);
    return given({ "the load balancer": loadBalancer }, (more) =>
      addresses(more["the load balancer"].dnsName),
    );
  });
}

function askDataPath(
  service: Promise<SourceResult<ServiceFacts>>,
  { nodes }: Shared,
  { nodeRules }: Sources,
  ask: Ask,
): Promise<SourceResult<readonly DataPathFacts[]>> {
  if (nodeRules === undefined) {
    const reason =
      "kube-proxy's rules can be read only on the nodes themselves, and there is no way into these";
    return Promise.resolve({ kind: "unavailable", reason });
  }
  return given({ "the Service": service, "the nodes": nodes }, (facts) =>
    ask("nodes' rules", (signal) => nodeRules(facts["the Service"], facts["the nodes"], signal)),
  );
}
