/** Makes the components for programs in other languages. */
import { output } from "@pulumi/pulumi";
import type { ComponentResource, ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider/index.js";
import { EchoApp } from "../../core/echoApp.ts";
import type { Problem } from "../../core/validation.ts";
import { refuse } from "../../core/validation.ts";
import { findClusterNetwork } from "../clusterNetwork.ts";
import type { ClusterNetwork } from "../clusterNetwork.ts";
import type { LoadBalancerExposureArgs } from "../loadBalancerExposure.ts";
import { LoadBalancerExposure } from "../loadBalancerExposure.ts";
import { NetworkLoadBalancer } from "../networkLoadBalancer.ts";
import { NodePortExposure } from "../nodePortExposure.ts";
import { WeightedName } from "../weightedName.ts";
import type {
  NetworkLoadBalancerInputs,
  NodePortExposureInputs,
  OnCluster,
  WeightedNameInputs,
} from "./arguments.ts";
import { plainInputs } from "./inputs.ts";
import { schemaText } from "./schema.ts";
import type { Schema } from "./schema.ts";

type Declare = (
  name: string,
  args: Inputs,
  options: ComponentResourceOptions,
) => ComponentResource | Promise<ComponentResource>;

/** By type. The schema has said what the arguments are. */
const components: Readonly<Record<string, Declare>> = {
  "exposure:index:EchoApp": (name, args, options) => new EchoApp(name, args, options),
  "exposure:index:LoadBalancerExposure": (name, args, options) =>
    new LoadBalancerExposure(name, args as LoadBalancerExposureArgs, options),
  "exposure:index:NetworkLoadBalancer": async (name, args, options) => {
    const { cluster, network, ...others } = args as NetworkLoadBalancerInputs;
    const found = await networkOf(`NetworkLoadBalancer "${name}"`, { cluster, network }, options);
    return new NetworkLoadBalancer(name, { ...others, network: found }, options);
  },
  "exposure:index:NodePortExposure": async (name, args, options) => {
    const { cluster, network, ...others } = args as NodePortExposureInputs;
    const found = await networkOf(`NodePortExposure "${name}"`, { cluster, network }, options);
    return new NodePortExposure(name, { ...others, network: found }, options);
  },
  "exposure:index:WeightedName": (name, args, options) => {
    const { exposures, ...others } = args as WeightedNameInputs;
    const led = Object.entries(exposures).map(([key, { addresses, weight }]) => {
      const exposure = { addresses: output(addresses) };
      return [key, { exposure, weight }] as const;
    });
    return new WeightedName(name, { ...others, exposures: Object.fromEntries(led) }, options);
  },
};

type Place = { readonly [Key in keyof OnCluster]: OnCluster[Key] | undefined };

function networkProblems({ cluster, network }: Place): Problem[] {
  const given = [cluster, network].filter((each) => each !== undefined).length;
  if (given === 1) return [];
  const found = given === 0 ? "is missing, and so is network" : "is set, and so is network";
  return [{ propertyPath: "cluster", reason: `${found}; set one of them` }];
}

/** @throws InputPropertiesError unless one of both is given */
async function networkOf(
  component: string,
  { cluster, network }: Place,
  { providers }: ComponentResourceOptions,
): Promise<ClusterNetwork> {
  refuse(component, networkProblems({ cluster, network }));
  if (network !== undefined) return network;
  const { name = "", ...known } = cluster ?? {};
  const aws = Array.isArray(providers) ? undefined : (providers as Record<string, unknown> | undefined)?.aws;
  return findClusterNetwork(name, known, aws === undefined ? {} : { provider: aws as never });
}

/** The provider of the package `exposure`. */
export class ExposureProvider implements Provider {
  readonly schema = schemaText();
  readonly version: string;
  readonly #schema = JSON.parse(this.schema) as Schema;

  constructor() {
    this.version = this.#schema.version;
  }

  /** @throws InputPropertiesError that names every argument that is not allowed */
  async construct(
    name: string,
    type: string,
    inputs: Inputs,
    options: ComponentResourceOptions,
  ): Promise<ConstructResult> {
    const declare = components[type];
    const spec = this.#schema.resources[type];
    if (declare === undefined || spec === undefined)
      throw new Error(
        `there is no component ${type}; there are ${Object.keys(components).map(nameOf).join(", ")}`,
      );
    const { inputProperties: properties, requiredInputs: required } = spec;
    const { values, problems } = await plainInputs(this.#schema, { properties, required }, inputs);
    refuse(`${nameOf(type)} "${name}"`, problems);
    const component = await declare(name, values, options);
    const offered = component as unknown as Inputs;
    const names = Object.keys(spec.properties);
    const state: Inputs = Object.fromEntries(names.map((each) => [each, offered[each] as unknown]));
    return { urn: component.urn, state };
  }
}

const nameOf = (type: string): string => type.split(":").at(-1) ?? type;
