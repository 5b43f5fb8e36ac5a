/** aws:route53/record:Record: a record set with values, alone or one of several by weight. Its id is the official plug-in's. */
import type { RecordArgs, RecordState } from "@pulumi/aws/route53/record.js";
import { canonical } from "../../../../dns/canonical.ts";
import { isArray, isObject, textOf, type Properties, type Value } from "../../../../providers/values.ts";
import type { Change, RecordSet } from "../../route53/documents.ts";
import type { Context, OutputsOf, ResourceType } from "../resource.ts";
import type { ArgumentsOf } from "../schema.ts";

interface Place {
  readonly zoneId: string;
  readonly name: string;
  readonly type: string;
  readonly setIdentifier?: string;
}

/** `<zone>_<name>_<type>`, then `_<set identifier>` if there is one: https://www.pulumi.com/registry/packages/aws/api-docs/route53/record/#import */
function parseId(id: string): Place {
  const [, zoneId, name, type, setIdentifier] = /^([^_]+)_(.+?)_([A-Z]+)(?:_(.*))?$/.exec(id) ?? [];
  if (zoneId === undefined || name === undefined || type === undefined)
    throw new Error(
      `"${id}" is not the id of a record: expected <zone's id>_<name>_<type>, or <zone's id>_<name>_<type>_<set identifier>`,
    );
  return { zoneId, name, type, ...(setIdentifier === undefined ? {} : { setIdentifier }) };
}

function weightIn(policies: Value | undefined): number | undefined {
  const [policy] = isArray(policies) ? policies : [];
  return isObject(policy) ? Number(policy.weight) : undefined;
}

function recordSetOf(inputs: Properties): RecordSet {
  const weight = weightIn(inputs.weightedRoutingPolicies);
  return {
    name: inputs.name as string,
    type: inputs.type as string,
    ttlSeconds: inputs.ttl as number,
    values: inputs.records as string[],
    ...(inputs.setIdentifier === undefined ? {} : { setIdentifier: inputs.setIdentifier as string }),
    ...(weight === undefined ? {} : { weight }),
  };
}

const changed = ({ route53 }: Context, zoneId: string, action: Change["action"], recordSet: RecordSet) =>
  route53.change(zoneId, [{ action, recordSet }]);

async function find({ zoneId, ...key }: Place, { route53 }: Context): Promise<RecordSet | undefined> {
  const found = await route53.recordSetsFrom(zoneId, key);
  return found.find(
    ({ name, type, setIdentifier }) =>
      canonical(name) === canonical(key.name) && type === key.type && setIdentifier === key.setIdentifier,
  );
}

export const record: ResourceType = {
  arguments: {
    name: { type: "string", required: true, immutable: true },
    records: { type: "set", required: true },
    setIdentifier: { type: "string", immutable: true },
    ttl: { type: "number", required: true, min: 0, max: 2147483647 },
    type: { type: "string", required: true, immutable: true },
    weightedRoutingPolicies: {
      type: "list",
      of: { type: "object", fields: { weight: { type: "number", required: true, min: 0, max: 255 } } },
    },
    zoneId: { type: "string", required: true, immutable: true },
  } satisfies ArgumentsOf<RecordArgs>,

  validate: ({ setIdentifier, weightedRoutingPolicies }) =>
    (setIdentifier === undefined) === (weightedRoutingPolicies === undefined)
      ? []
      : [{ property: "setIdentifier", reason: "set it together with weightedRoutingPolicies, or neither" }],

  async create(inputs, _tags, context) {
    const { zoneId, name, type, setIdentifier } = inputs;
    await changed(context, zoneId as string, "CREATE", recordSetOf(inputs));
    return [zoneId, name, type, ...(setIdentifier === undefined ? [] : [setIdentifier])]
      .map(textOf)
      .join("_");
  },

  async read(id, context) {
    const place = parseId(id);
    const found = await find(place, context);
    if (found === undefined) return undefined;
    return {
      ...place,
      fqdn: place.name,
      records: [...found.values].sort(),
      ttl: found.ttlSeconds,
      weightedRoutingPolicies: found.weight === undefined ? undefined : [{ weight: found.weight }],
    } satisfies OutputsOf<RecordState>;
  },

  async update(id, _before, after, context) {
    await changed(context, parseId(id).zoneId, "UPSERT", recordSetOf(after));
  },

  async delete(id, _outputs, context) {
    const place = parseId(id);
    // AWS deletes a record set only if every value is named as it is.
    const found = await find(place, context);
    if (found !== undefined) await changed(context, place.zoneId, "DELETE", found);
  },
};
