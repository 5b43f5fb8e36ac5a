/** Asks for the facts of one Service and everything that belongs to it. */
import type { CloudReader, CloudReading } from "../clouds/reader.ts";
import type { NodeFacts } from "../model/cluster.ts";
import type { DataPathFacts } from "../model/dataPath.ts";
import type { Exposure, NameFacts } from "../model/exposure.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import type { ServiceFacts } from "../model/service.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import { given } from "./asking.ts";
import type { Ask } from "./asking.ts";
import { readName } from "./dns.ts";
import type { Resolve4 } from "./dns.ts";
import { endpointFacts } from "./kubernetes/facts.ts";
import type { KubernetesReader, ServiceRef } from "./kubernetes/reader.ts";

/** The sources to ask. */
export interface Sources {
  readonly kubernetes: KubernetesReader;
  readonly cloud: CloudReader;
  /** Only if DNS knows the load balancers' names. */
  readonly resolve4?: Resolve4;
  /** Only if the nodes' rules can be read. */
  readonly nodeRules?: (
    service: ServiceFacts,
    nodes: readonly NodeFacts[],
    signal: AbortSignal,
  ) => Promise<readonly DataPathFacts[]>;
}

/** What both exposures share. */
export interface Shared {
  readonly nodes: Promise<SourceResult<readonly NodeFacts[]>>;
  readonly reading: CloudReading;
}

/** Asks everything concurrently. A question that needs another answer waits only for that answer. */
export async function askExposure(
  ref: ServiceRef,
  service: SourceResult<ServiceFacts>,
  shared: Shared,
  sources: Sources,
  ask: Ask,
): Promise<Exposure> {
  const theService = Promise.resolve(service);
  const theEndpoints = ask("Kubernetes API", async (signal) =>
    endpointFacts(await sources.kubernetes.endpointSlices(ref, signal)),
  );
  const theLoadBalancer = shared.reading.loadBalancer(theService, ref.loadBalancer, theEndpoints);
  const [endpoints, loadBalancer, firewall, name, dataPath] = await Promise.all([
    theEndpoints,
    theLoadBalancer,
    shared.reading.firewall(theService, theLoadBalancer),
    askName(theService, theLoadBalancer, sources, ask),
    askDataPath(theService, shared, sources, ask),
  ]);
  return { service, endpoints, loadBalancer, firewall, name, dataPath };
}

/** The status of a LoadBalancer Service has its load balancer's address. */
function askName(
  service: Promise<SourceResult<ServiceFacts>>,
  loadBalancer: Promise<SourceResult<LoadBalancerFacts>>,
  { resolve4 }: Sources,
  ask: Ask,
): Promise<SourceResult<NameFacts>> {
  if (resolve4 === undefined) {
    const reason = "the load balancers' names are not in a DNS that this machine can ask";
    return Promise.resolve({ kind: "unavailable", reason });
  }
  const addresses = (name: string): Promise<SourceResult<NameFacts>> =>
    ask("DNS", () => readName(resolve4, name));
  return given({ "the Service": service }, (facts) => {
    const [address] = facts["the Service"].ingress;
    if (address !== undefined) return addresses(address);
    return given({ "the load balancer": loadBalancer }, (more) =>
      addresses(more["the load balancer"].address),
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
    const reason = "kube-proxy's rules can be read only on the nodes, and this setup has no access to them";
    return Promise.resolve({ kind: "unavailable", reason });
  }
  return given({ "the Service": service, "the nodes": nodes }, (facts) =>
    ask("nodes' rules", (signal) => nodeRules(facts["the Service"], facts["the nodes"], signal)),
  );
}
