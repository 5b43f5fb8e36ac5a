/** A connected cloud, as a source of facts. */
import type { AskedSources } from "../sources/askedSource.ts";
import type { Ask } from "../sources/asking.ts";
import type { ClusterFacts, NodeFacts } from "../model/cluster.ts";
import type { FirewallFacts } from "../model/firewall.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import type { OrphansFound } from "../model/orphan.ts";
import type { EndpointFacts, ServiceFacts } from "../model/service.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import type { Cloud } from "./cloud.ts";

export interface CloudReader {
  readonly cloud: Cloud;
  /** The cloud's APIs, by the names that reports show. */
  readonly sources: AskedSources;
  /** Whether public DNS has the names of its load balancers; not with an emulated API. */
  readonly namesArePublic: boolean;
  /** Starts one reading. It asks once for everything that exposures share. */
  read(nodes: Promise<SourceResult<readonly NodeFacts[]>>, ask: Ask): CloudReading;
  /** Objects of the cluster's controller that no Service needs any more. */
  orphans(cluster: ClusterObjects, ask: Ask): Promise<SourceResult<OrphansFound>>;
}

/** What the Kubernetes API gives of a cluster. */
export interface ClusterObjects {
  readonly nodes: Promise<SourceResult<readonly NodeFacts[]>>;
  /** All of the cluster. */
  readonly services: Promise<SourceResult<readonly ServiceFacts[]>>;
}

/** Each answer waits only for the answers that it needs. */
export interface CloudReading {
  cluster(): Promise<SourceResult<ClusterFacts>>;
  /**
   * The load balancer in front of the Service's node ports, or the one that its status names. One that leads to the Service's pods themselves must be wanted, since other
   * Services may select the same pods.
   * @param wanted the name or id of one of them, where there are several. @default the only one
   * @param endpoints the Service's. @default not known: then a load balancer that leads to pods is not found
   */
  loadBalancer(
    service: Promise<SourceResult<ServiceFacts>>,
    wanted?: string,
    endpoints?: Promise<SourceResult<readonly EndpointFacts[]>>,
  ): Promise<SourceResult<LoadBalancerFacts>>;
  firewall(
    service: Promise<SourceResult<ServiceFacts>>,
    loadBalancer: Promise<SourceResult<LoadBalancerFacts>>,
  ): Promise<SourceResult<FirewallFacts>>;
}
