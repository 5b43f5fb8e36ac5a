/** Makes the components for programs in other languages. */
import type { ComponentResource, ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider/index.js";
import { EchoApp } from "../../core/echoApp.ts";
import type { Problem } from "../../core/validation.ts";
import { refuse } from "../../core/validation.ts";
import { withoutUndefined } from "../../core/withoutUndefined.ts";
import { findClusterNetwork } from "../clusterNetwork.ts";
import type { ClusterNetwork } from "../clusterNetwork.ts";
import type { LoadBalancerExposureArgs } from "../loadBalancerExposure.ts";
import { LoadBalancerExposure } from "../loadBalancerExposure.ts";
import { NodePortExposure } from "../nodePortExposure.ts";
import type { NodePortExposureInputs } from "./arguments.ts";
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
  "exposure:index:NodePortExposure": async (name, args, options) => {
    const { cluster, network, ...others } = args as NodePortExposureInputs;
    refuse(`NodePortExposure "${name}"`, networkProblems(withoutUndefined({ cluster, network })));
    return new NodePortExposure(
      name,
      { ...others, network: network ?? (await networkOf(cluster, options)) },
      options,
    );
  },
};

function networkProblems({
  cluster,
  network,
}: Pick<NodePortExposureInputs, "cluster" | "network">): Problem[] {
  const given = [cluster, network].filter((each) => each !== undefined).length;
  if (given === 1) return [];
  const found = given === 0 ? "is missing, and so is network" : "is set, and so is network";
  return [{ propertyPath: "cluster", reason: `${found}; set one of them` }];
}

/** @param cluster as `networkProblems` makes sure */
function networkOf(
  cluster: NodePortExposureInputs["cluster"],
  { providers }: ComponentResourceOptions,
): Promise<ClusterNetwork> {
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
      throw new Error(`there is no component ${type}; there are ${Object.keys(components).join(", ")}`);
    const { inputProperties: properties, requiredInputs: required } = spec;
    const { values, problems } = await plainInputs(this.#schema, { properties, required }, inputs);
    refuse(`${type.split(":").at(-1) ?? type} "${name}"`, problems);
    const component = await declare(name, values, options);
    const offered = component as unknown as Inputs;
    const names = Object.keys(spec.properties);
    const state: Inputs = Object.fromEntries(names.map((each) => [each, offered[each] as unknown]));
    return { urn: component.urn, state };
  }
}
