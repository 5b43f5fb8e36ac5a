/** Records the resources of a running program during an update or preview by Pulumi's engine. */
import type { Output, ResourceTransformation } from "@pulumi/pulumi";
import { CustomResource, runtime } from "@pulumi/pulumi";
import type { PlannedResource } from "./monitor.ts";

type Seen = Parameters<ResourceTransformation>[0];

export class Recorder {
  readonly #seen: Seen[] = [];

  /** For the option `transformations` of a resource; records it and all its descendants. It changes nothing. */
  readonly record: ResourceTransformation = (seen) => {
    this.#seen.push(seen);
    return undefined;
  };

  /**
   * The resources declared so far. It waits for inputs from other resources, as the engine does; no resource waits for it.
   * @param complete is there once everything is declared, since some resources are declared only when the inputs of others are known
   */
  async declared(complete: Output<unknown>): Promise<readonly PlannedResource[]> {
    await runtime.serializeProperties("complete", { complete });
    return Promise.all(this.#seen.map(planned));
  }
}

async function planned({ resource, type, name, props, opts }: Seen): Promise<PlannedResource> {
  const [serialized, dependencies] = await runtime.serializeResourceProperties(name, props);
  const urns = await Promise.all(
    [...dependencies].map(async ([input, resources]) => [input, await urnsOf([...resources])] as const),
  );
  const [urn = ""] = await urnsOf([resource]);
  const [parent] = await urnsOf(opts.parent === undefined ? [] : [opts.parent]);
  return {
    urn,
    type,
    name,
    ...(parent === undefined ? {} : { parent }),
    custom: CustomResource.isInstance(resource),
    inputs: Object.fromEntries(
      Object.entries(serialized).map(([input, value]) => [input, runtime.deserializeProperty(value, true)]),
    ),
    dependencies: Object.fromEntries(urns),
  };
}

async function urnsOf(resources: readonly Seen["resource"][]): Promise<string[]> {
  const { urns } = await runtime.serializeProperties("urns", { urns: resources.map(({ urn }) => urn) });
  return urns as string[];
}
