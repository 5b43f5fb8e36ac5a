/** Writes down what a running program declares, while Pulumi's engine carries it out or previews it. */
import type { ResourceTransformation } from "@pulumi/pulumi";
import { CustomResource, runtime } from "@pulumi/pulumi";
import type { PlannedResource } from "./monitor.ts";

type Seen = Parameters<ResourceTransformation>[0];

export class Recorder {
  readonly #seen: Seen[] = [];

  /** For the option `transformations` of whatever is to be recorded with all that is below it. It changes nothing. */
  readonly record: ResourceTransformation = (seen) => {
    this.#seen.push(seen);
    return undefined;
  };

  /** What was declared until now. Inputs that come of other resources are waited for, as the engine waits for them; no resource waits for this. */
  async declared(): Promise<readonly PlannedResource[]> {
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
