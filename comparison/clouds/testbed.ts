/** A cloud's part of the scenarios' testbed: how its exposures are declared. */
import type { Resource } from "@pulumi/pulumi";
import type { Exposure, Workload } from "../../components/core/index.ts";
import type { Variant, VariantName } from "../scenarios/testbed/variants.ts";

/** Where the testbed is deployed. */
export interface TestbedPlace {
  readonly clusterName: string;
  /** The groups of machines that the cluster's nodes are in. */
  readonly machineGroups: readonly string[];
  /** What programs have to know of the account, in the cloud's own words. */
  readonly account: Readonly<Record<string, string>>;
  /** A tag that tells the testbed's load balancers from others. */
  readonly tag: {
    readonly key: string;
    readonly value: string;
    /** The same as a part of a name, for load balancers that get no tags. */
    readonly word: string;
  };
  /** The program's name for the controller that serves the LoadBalancer Services. @default the cloud's default one */
  readonly controller?: string;
}

/** Pods to expose. Their ports are the variant's. */
export type ExposedPods = Pick<Workload, "namespace" | "selector">;

export interface CloudTestbed {
  /** Inside a Pulumi program: finds the cluster's network. */
  connect(place: TestbedPlace): Promise<TestbedConnection>;
}

/** Declares the testbed's exposures, with the place's tag on each load balancer. */
export interface TestbedConnection {
  /** @returns also what the other way needs as well, and must be declared after */
  nodePort(
    resourceName: string,
    name: VariantName,
    variant: Variant,
    pods: ExposedPods,
  ): { readonly exposure: Exposure; readonly shared: readonly Resource[] };
  loadBalancer(
    resourceName: string,
    variant: Variant,
    pods: ExposedPods,
    dependsOn: readonly Resource[],
  ): Exposure;
}
