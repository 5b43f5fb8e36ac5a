/** A cloud's part of planning: the resources of an exposure, and the facts that follow from them. */
import type { Mocks } from "@pulumi/pulumi/runtime/mocks.js";
import type { ClusterFacts } from "../model/cluster.ts";
import type { FirewallFacts, OpeningFacts } from "../model/firewall.ts";
import type { NodePort } from "../model/later.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import type { AssumedNode, StackConfiguration } from "../plan/configuration.ts";
import type { PlannedResource } from "../plan/monitor.ts";
import type { PlannedService } from "../plan/nodePorts.ts";

/** Answers to the functions of Pulumi packages that a program calls. @throws for a function that it has no answer to */
export type Answers = Pick<Mocks, "call">;

/** What an exposure has of a load balancer that it shares with others, beside the resources below itself. */
export interface JoinedLoadBalancer {
  readonly resources: readonly PlannedResource[];
  /** Listeners that lead to others. */
  readonly listeners: readonly PlannedResource[];
}

export interface CloudPlan {
  /** Pulumi's type tokens of the resources that it reads. */
  readonly types: readonly string[];
  /** A cluster of these nodes, with the values of the configuration. */
  assumedCluster(configuration: StackConfiguration, nodes: readonly AssumedNode[]): ClusterFacts;
  /** An account's answers to a program, given this cluster. */
  answers(cluster: ClusterFacts): Answers;
  /**
   * The load balancer of others that an exposure joins. Nothing if it has one of its own.
   *
   * @param own the resources below the exposure
   * @default exposures of this cloud join none
   */
  joined?(own: readonly PlannedResource[], declared: readonly PlannedResource[]): JoinedLoadBalancer;
  /**
   * @param otherListeners those of the load balancer that lead to others
   * @throws UnreadablePlan
   */
  loadBalancer(
    resources: readonly PlannedResource[],
    service: PlannedService,
    cluster: ClusterFacts,
    otherListeners: readonly PlannedResource[],
  ): LoadBalancerFacts;
  /** The openings that the program declares for the exposure of a Service. @throws UnreadablePlan */
  openings(
    resources: readonly PlannedResource[],
    service: PlannedService,
    cluster: ClusterFacts,
  ): readonly OpeningFacts[];
  /** An exposure's future firewall: its own openings, and those that all exposures share. */
  firewall(own: readonly OpeningFacts[], all: PlannedOpenings, cluster: ClusterFacts): FirewallFacts;
  /** Why a plan cannot know the load balancer's name. */
  readonly nameComesLater: string;
}

/** The openings of a plan, including those that controllers would make. */
export interface PlannedOpenings<O extends OpeningFacts = OpeningFacts> {
  readonly declared: readonly O[];
  readonly predicted: readonly O[];
  /** Fixed node ports of both Services. */
  readonly nodePorts: ReadonlySet<NodePort>;
}
