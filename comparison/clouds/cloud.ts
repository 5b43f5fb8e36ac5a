/**
 * A cloud, as far as it is known without asking it: how its load balancers are compared, what its controllers make for a Service, and its costs. Everything
 * specific to one cloud is behind this interface, in one folder. `plan`, `manifests` and `connect` load expensive modules only when needed.
 */
import type { Entry, Expected, Pair } from "../difference/entry.ts";
import type { LifeCycleRow } from "../difference/lifeCycle.ts";
import type { Shape } from "../difference/shape.ts";
import type { ClusterFacts, NodeFacts } from "../model/cluster.ts";
import type { CloudFacts, Exposure, Facts } from "../model/exposure.ts";
import type { FirewallFacts, OpeningFacts } from "../model/firewall.ts";
import type { ListenerFacts, LoadBalancerFacts, MemberFacts, PoolFacts } from "../model/loadBalancer.ts";
import type { Owner } from "../model/owner.ts";
import type { EndpointFacts, ServiceFacts } from "../model/service.ts";
import type { WeightedRecord } from "../model/weightedRecord.ts";
import type { BySide } from "../result/bySide.ts";
import type { Cost } from "../result/comparison.ts";
import type { DeclaredInCloud, StateResource } from "../sources/state.ts";
import type { CloudAdoption } from "./adoption.ts";
import type { Clocks } from "../scenarios/clocks.ts";
import type { Expectations } from "./expectations.ts";
import type { CloudStatement, Truth } from "../statements/truth.ts";
import type { CloudFeature, ControllerFeature } from "./feature.ts";
import type { CloudManifests } from "./manifests.ts";
import type { CloudOperations } from "./operations.ts";
import type { CloudPlan } from "./plan.ts";
import type { CloudReader } from "./reader.ts";
import type { CloudTestbed } from "./testbed.ts";
import type { Way } from "./way.ts";

export interface Cloud {
  /** The name of its folders. */
  readonly name: string;
  /** Its name in texts, such as `AWS`. */
  readonly title: string;
  /** Prefix of its nodes' `spec.providerID`. */
  readonly providerIdPrefix: string;
  /** The Pulumi package of its resources, which is the prefix of their types. */
  readonly pulumiPackage: string;
  readonly words: {
    /** The kind of load balancer, such as `Network Load Balancer`. */
    readonly loadBalancer: string;
    /** Its short form, such as `NLB`. */
    readonly shortLoadBalancer: string;
    /** The members of a listener with one health check, such as `target group`. */
    readonly pool: string;
    /** By what clients find a load balancer: `DNS name`, or `address`. */
    readonly name: string;
    /** Its API, such as `AWS API`. */
    readonly api: string;
    /** A group of machines that the cloud keeps at a size, such as `Auto Scaling group`. */
    readonly machineGroup: string;
    /** What the facts leave out although it affects traffic. */
    readonly notLookedAt: string;
  };
  /** The ways that the program has there. The first of each type are those of a stack whose clients do not move. */
  readonly ways: readonly Way[];
  /** The cloud's words for the state of a load balancer, and of a pool's member, that takes traffic. */
  readonly working: {
    readonly loadBalancer: string;
    readonly member: string;
    /** Of a member that fails its health check. */
    readonly failing: string;
    /** Of a member that takes no traffic whatever its health is, such as one in a zone that the load balancer does not have. @default there is no such state */
    readonly unused?: string;
  };
  readonly sources: {
    readonly loadBalancer: string;
    readonly firewall: string;
    readonly cluster: string;
  };
  /** Several controllers can serve a cloud; each handles the Services that it claims. The first is the cloud's default. */
  readonly controllers: readonly [Controller, ...Controller[]];
  readonly shape: Shape;
  /** Known differences of any two exposures. */
  readonly catalogue: readonly Entry[];
  readonly admission: Admission;
  /** Why the pools do not lead to nodes; undefined if they do. */
  elsewhere(pools: readonly PoolFacts[]): string | undefined;
  /** Why a load balancer has no listener; undefined if the Service does not tell. */
  whyNoListener(service: ServiceFacts): string | undefined;
  /** Why a pool has no member that takes traffic, with what repairs it; undefined if its settings do not tell. */
  whyNoMember(service: ServiceFacts, pool: PoolFacts): string | undefined;
  isMember(member: MemberFacts, node: NodeFacts): boolean;
  costOf(facts: Facts, titles: BySide<string>): Cost;
  /** The cloud's objects that a program declared, by the resources of its stack's state. */
  declaredIn(resources: readonly StateResource[]): DeclaredInCloud;
  /** The records that a program declared to lead clients by weight, by the resources of its stack's state. */
  weightedRecordsIn(resources: readonly StateResource[]): readonly WeightedRecord[];
  plan(): Promise<CloudPlan>;
  /** What judging manifests needs. */
  manifests(): Promise<CloudManifests>;
  /** What taking over a controller's load balancer needs. @default it is not possible */
  adoption?(): Promise<CloudAdoption>;
  /** What the testbed's Pulumi program needs. */
  testbed(): Promise<CloudTestbed>;
  /** Whether the statements of the question and its answers are true, where that depends on the cloud. */
  readonly statements: Readonly<Record<CloudStatement, Truth>>;
  /** How long its load balancers take. */
  readonly clocks: Clocks;
  /**
   * What it documents, as far as scenarios expect it.
   * @param controller the program's name for the controller that serves the LoadBalancer Services. @default its default one
   */
  expectations(controller?: string): Promise<Expectations>;
  /** The features that scenarios can use on it. @param controller as in `expectations` */
  features(controller?: string): ReadonlySet<CloudFeature | ControllerFeature>;
  /** @param environment variables for its SDK. @default the SDK's own settings */
  connect(environment?: Readonly<Record<string, string>>): Promise<CloudReader>;
  /**
   * Operations of scenarios on its load balancers.
   * @param environment as in `connect`
   * @param controller as in `expectations`
   */
  operations(environment?: Readonly<Record<string, string>>, controller?: string): Promise<CloudOperations>;
}

/** Who is let in to the nodes by the firewall. */
export interface Admission {
  /** Whether the opening is for the Service's ports or its health checks, or for all Services. */
  concerns(opening: OpeningFacts, service: ServiceFacts, loadBalancer: LoadBalancerFacts): boolean;
  /** Whether an opening of the load balancer is for one of these listeners, and for nothing else. */
  isOnlyFor(opening: OpeningFacts, listeners: readonly ListenerFacts[]): boolean;
  /** Why unexplained openings differ, by who is let in to what; and the differences that this does not cover. */
  causes(
    pair: Pair,
    unexplained: readonly Expected[],
  ): {
    readonly causes: readonly { readonly reason: string; readonly values: readonly Expected[] }[];
    readonly rest: readonly Expected[];
  };
  /** What keeps the load balancer's health checks out, one sentence each. */
  shutOut(exposure: Exposure, cluster: ClusterFacts): readonly string[];
  /** Openings that let in more than the Services ask for, one sentence each. */
  opensMore(pair: Pair): readonly string[];
  /** How full the groups are that hold the nodes' openings; empty if the source does not give it. */
  fillLevels(cluster: ClusterFacts): readonly FillLevel[];
}

/** Openings of a group that holds a limited number of them. */
export interface FillLevel {
  readonly group: string;
  readonly used: number;
  /** Whether more may be used. */
  readonly isLeast: boolean;
  readonly allowed: number;
  /** What is counted, in the cloud's words. */
  readonly what: string;
  readonly source: string;
}

/** A model of a controller that makes load balancers for Services. */
export interface Controller {
  /** Its short name, for the option `--controller`, such as `ccm`; undefined if it has no model. */
  readonly name: string | undefined;
  /** Its name in texts, such as `the AWS cloud controller manager`. */
  readonly title: string;
  /** The owner, in facts, of the objects that it makes. */
  readonly owner: Owner;
  /** Keeps a Service until its load balancer is deleted. */
  readonly finalizer: string;
  /** Settings of its configuration file, such as `DisableSecurityGroupIngress=true`. @default the defaults, or not known */
  readonly settings?: string;
  /** What its configuration file says, for its cloud's own folder. @default not known */
  readonly configured?: object;
  /**
   * The controller as its configuration file has it; undefined if no model of it depends on one.
   * @param file the file's name, for errors
   * @throws Error with file, line, key and what is allowed
   */
  readonly configuredBy?: (text: string, file: string) => Controller;
  /** What it does with its default configuration, where it is not known which one it has. @default it is known, or nothing depends on it */
  readonly byDefault?: Variant;
  /** Other configurations of it, which can be recognised by what it made. */
  variants(found: LoadBalancerFacts): readonly Variant[];
  /** Names of annotations that are or look meant for it. */
  readonly looksMeant: RegExp;
  /** Names of labels that look like annotations for it. Other labels have a meaning of their own, also if they are about load balancers. */
  readonly looksMeantAsLabel: RegExp;
  /** Annotations for it whose effect is compared. @default those of the cloud's shape */
  readonly instructions?: Pick<ReadonlySet<string>, "has">;
  /** A new Service as its admission webhook changes it. @default it has none */
  readonly asCreated?: (service: ServiceFacts) => ServiceFacts;
  claims(service: ServiceFacts): boolean;
  /**
   * What it makes for a Service, or why it does not claim the Service.
   * @param existing the Service's load balancer, if it exists already
   * @param endpoints the Service's pods, for a controller that makes them members. @default not known
   */
  predict(
    service: ServiceFacts,
    cluster: ClusterFacts,
    existing?: LoadBalancerFacts,
    endpoints?: readonly EndpointFacts[],
  ): Predicted;
  /**
   * Why there is no load balancer for a LoadBalancer Service; undefined if the model knows no reason.
   * @param cluster undefined if it is not known
   * @param kubernetesVersion the API server's. @default the cluster's
   */
  whyNone(
    service: ServiceFacts,
    cluster: ClusterFacts | undefined,
    kubernetesVersion?: string,
  ): string | undefined;
  /** Why there may be none, if that depends on its configuration, which is not known. @default nothing depends on it */
  readonly whyPerhapsNone?: (service: ServiceFacts, cluster: ClusterFacts | undefined) => string | undefined;
  /**
   * Annotations of the Service that have no effect on what it makes, or another one than they seem to have.
   * @param cluster its version decides what is read. @default not known
   */
  withoutEffect(service: ServiceFacts, cluster?: ClusterFacts): readonly WithoutEffect[];
  /** What a user should know of what it makes for the Service, one sentence each. @default nothing */
  readonly notes?: (service: ServiceFacts, cluster: ClusterFacts) => readonly string[];
  /** What it writes into the status of a Service whose load balancer has this address. @default the address */
  readonly inStatus?: (service: ServiceFacts, address: string) => string;
  /** The nodes that it registers as members. @param cluster its configuration may decide. @default not known */
  memberNodes(
    service: ServiceFacts,
    nodes: readonly NodeFacts[],
    cluster?: ClusterFacts,
  ): readonly NodeFacts[];
  /**
   * Whether it gave the load balancer this value once, and does not bring it to what the Service asks for later.
   * @param path of a value that is not as predicted
   * @param unlike the paths of all such values
   * @param cluster its configuration may decide. @default not known
   */
  isSetOnce(
    path: string,
    service: ServiceFacts,
    unlike: ReadonlySet<string>,
    cluster?: ClusterFacts,
  ): boolean;
  /** Whether it made the opening for this load balancer alone. Openings for several, or for another one, are not predicted from one Service. */
  isFor(opening: OpeningFacts, loadBalancer: string): boolean;
  /** Whether it was made for another load balancer's health checks, which may share it. */
  isForAnother(opening: OpeningFacts, loadBalancer: string): boolean;
  /** Whether an opening of the load balancer is in a place where the controller alone decides what is open. @default every one is */
  readonly keeps?: (opening: OpeningFacts, cluster: ClusterFacts) => boolean;
  /** Whether it keeps the opening although it does not need it any longer. */
  isLeftBehind(opening: OpeningFacts, service: ServiceFacts, loadBalancer: string): boolean;
  /** The known differences between a NodePort Service and one that it claims. */
  readonly catalogue: readonly Entry[];
  readonly lifeCycle: readonly LifeCycleRow[];
}

/** A controller with a configuration that is supposed. */
export interface Variant {
  /** As in its configuration file, such as `DisableSecurityGroupIngress=true`. */
  readonly settings: string;
  readonly predict: Controller["predict"];
  /** As in `Controller`, if it has this configuration. */
  readonly whyNone: Controller["whyNone"];
}

/** An annotation, or a label in the place of one, that does not do what it seems to do. */
export interface WithoutEffect {
  readonly place: "annotation" | "label";
  readonly name: string;
  readonly value: string;
  /** The end of a sentence such as: it has no effect, since ... */
  readonly why: string;
  /** What there is instead of what the annotation seems to ask for. @default nothing to say */
  readonly gets?: string;
  /** What has the effect: a name, or a name and its value. @default nothing has */
  readonly instead?: string;
}

/**
 * `made`: the objects that must exist, with {@link ../model/later.ts} for values that only the cloud knows. `refused`: the controller gives the reason in an
 * event, and makes nothing usable. `not its own`: it leaves the Service to others, or makes something that is not compared.
 * `not modelled`: it serves the Service, and nothing says what it makes.
 */
export type Predicted<C extends CloudFacts = CloudFacts> =
  | {
      readonly kind: "made";
      readonly loadBalancer: C["loadBalancer"];
      readonly firewall: FirewallFacts<C["opening"]>;
      /** Why other rules than these may decide who is let in, before they can be read. @default these are all */
      readonly rulesNotKnown?: string;
    }
  | Refused
  | { readonly kind: "not its own"; readonly reason: string }
  | { readonly kind: "not modelled"; readonly reason: string };

export interface Refused {
  readonly kind: "refused";
  /** The one that the controller gives: it stops at the first. */
  readonly reason: string;
  /** What it would refuse next, in its order, once the reasons before are mended. */
  readonly others: readonly string[];
}

/** For a Service that waits for its load balancer: what the controller says, and what it would say next. */
export function refusedInWords({ reason, others }: Refused): string {
  const next = others.map((other) => `; and then: ${other}`);
  return `refused: ${reason}${next.join("")}`;
}

/** What the status of a Service says once its load balancer has this address. */
export function inStatus(cloud: Cloud, service: ServiceFacts, address: string): string {
  return controllerOf(cloud, service).inStatus?.(service, address) ?? address;
}

/** The controller that claims the Service. If none does, the cloud's default one, which gives the reason. */
export function controllerOf({ controllers }: Cloud, service: ServiceFacts): Controller {
  return controllers.find((controller) => controller.claims(service)) ?? controllers[0];
}
