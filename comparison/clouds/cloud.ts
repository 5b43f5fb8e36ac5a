/**
 * A cloud, as far as it is known without asking it: how its load balancers are compared, what its controllers make of a Service, what it costs. All
 * that is special about one cloud is behind this interface, in one folder. `plan` and `connect` load what is dear only when it is needed.
 */
import type { Entry } from "../difference/entry.ts";
import type { LifeCycleRow } from "../difference/lifeCycle.ts";
import type { Shape } from "../difference/shape.ts";
import type { ClusterFacts, NodeFacts } from "../model/cluster.ts";
import type { CloudFacts, Facts } from "../model/exposure.ts";
import type { FirewallFacts, OpeningFacts } from "../model/firewall.ts";
import type { MemberFacts, PoolFacts } from "../model/loadBalancer.ts";
import type { Owner } from "../model/owner.ts";
import type { ServiceFacts } from "../model/service.ts";
import type { BySide } from "../result/bySide.ts";
import type { Cost } from "../result/comparison.ts";
import type { CloudFeature } from "./feature.ts";
import type { CloudOperations } from "./operations.ts";
import type { CloudPlan } from "./plan.ts";
import type { CloudReader } from "./reader.ts";

export interface Cloud {
  /** As its folders are called. */
  readonly name: string;
  /** As people call it, such as `AWS`. */
  readonly title: string;
  /** What the `spec.providerID` of its nodes begins with. */
  readonly providerIdPrefix: string;
  /** The Pulumi package of its resources: their types begin with it. */
  readonly pulumiPackage: string;
  readonly words: {
    /** What the load balancer is, such as `Network Load Balancer`. */
    readonly loadBalancer: string;
    /** The same in short, such as `NLB`. */
    readonly shortLoadBalancer: string;
    /** What would affect traffic too and is in no facts. */
    readonly notLookedAt: string;
  };
  /** What the cloud calls a load balancer, and a member of a pool, that takes traffic. */
  readonly working: { readonly loadBalancer: string; readonly member: string };
  readonly sources: {
    readonly loadBalancer: string;
    readonly firewall: string;
    readonly cluster: string;
  };
  /** More than one can serve a cloud: each takes the Services that it claims. The first is the cloud's default. */
  readonly controllers: readonly [Controller, ...Controller[]];
  readonly shape: Shape;
  /** Why the pools lead to something else than nodes; undefined if they lead to nodes. */
  elsewhere(pools: readonly PoolFacts[]): string | undefined;
  isMember(member: MemberFacts, node: NodeFacts): boolean;
  costOf(facts: Facts, titles: BySide<string>): Cost;
  plan(): Promise<CloudPlan>;
  /** What scenarios can do on it. */
  readonly features: ReadonlySet<CloudFeature>;
  /** @param environment variables that its SDK understands. @default what the SDK finds by itself */
  connect(environment?: Readonly<Record<string, string>>): Promise<CloudReader>;
  /** What scenarios do to its load balancers. @param environment as in `connect` */
  operations(environment?: Readonly<Record<string, string>>): Promise<CloudOperations>;
}

/** A controller that makes load balancers of Services, as a model of it. */
export interface Controller {
  /** As people call it, such as `the AWS cloud controller manager`. */
  readonly title: string;
  /** How facts call the owner of what it makes. */
  readonly owner: Owner;
  /** It keeps a Service until the load balancer is gone. */
  readonly finalizer: string;
  /** Beginnings of the names of annotations that are meant for it. */
  readonly annotationPrefixes: readonly string[];
  claims(service: ServiceFacts): boolean;
  /** What it makes of a Service; of one that it does not claim it says why. */
  predict(service: ServiceFacts, cluster: ClusterFacts): Predicted;
  /** Nodes that it makes members. */
  memberNodes(service: ServiceFacts, nodes: readonly NodeFacts[]): readonly NodeFacts[];
  /** Whether it needed the opening once, and leaves it although it needs it no more. */
  isLeftBehind(opening: OpeningFacts, service: ServiceFacts, loadBalancer: string): boolean;
  /** What differs between a NodePort Service and one that it claims. */
  readonly catalogue: readonly Entry[];
  readonly lifeCycle: readonly LifeCycleRow[];
}

/**
 * `made`: what must be there, with {@link ../model/later.ts} for what only the cloud can know. `refused`: the controller says why in an event, and
 * makes nothing that could be used. `not its own`: it leaves the Service to others, or makes something that is not compared.
 */
export type Predicted<C extends CloudFacts = CloudFacts> =
  | {
      readonly kind: "made";
      readonly loadBalancer: C["loadBalancer"];
      readonly firewall: FirewallFacts<C["opening"]>;
    }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "not its own"; readonly reason: string };

/** The controller that claims the Service. If none does, the cloud's default one says why not. */
export function controllerOf({ controllers }: Cloud, service: ServiceFacts): Controller {
  return controllers.find((controller) => controller.claims(service)) ?? controllers[0];
}
