/**
 * What is left behind in a cluster and its cloud. docs/orphans.schema.json documents its JSON form, and the field `schema` holds its version: a change that could break a reader
 * takes a new version.
 */
import * as v from "valibot";

export const orphansVersion = "nodeport-vs-loadbalancer/orphans/v1";

const text = v.string();
const described = <T extends v.GenericSchema>(description: string, of: T) =>
  v.pipe(of, v.description(description));
const dollars = described("In US dollars per month, without traffic.", v.pipe(v.number(), v.minValue(0)));

const part = {
  kind: described(
    "Such as `load balancer`, `Classic Load Balancer`, `target group`, `rule`, `Service` or `namespace`.",
    text,
  ),
  name: text,
  id: text,
};

const orphan = v.object({
  ...part,
  service: described(
    "Namespace and name of the Service that its tags name; null if they name none.",
    v.nullable(text),
  ),
  reason: described("Why no Service needs it, or what it waits for.", text),
  monthly: dollars,
  units: described(
    "What it takes where the cloud has no prices, such as `1 floating IP`; missing if it has, or if it takes nothing.",
    v.optional(text),
  ),
  parts: described("Objects that only this one needs.", v.array(v.object(part))),
  commands: described(
    "Commands that remove it and its parts, in this order. Empty if it goes by itself.",
    v.array(text),
  ),
});

export const orphansSchema = v.object({
  schema: v.literal(orphansVersion),
  made: described("When, in ISO 8601.", text),
  cloud: text,
  cluster: described(
    "The cluster's name in the marks of the cloud's objects; empty if none of them tells it.",
    text,
  ),
  place: described("Where was looked, such as a region.", text),
  verdict: v.object({ kind: v.picklist(["none", "orphans"]), sentence: text }),
  orphans: v.array(orphan),
  monthly: dollars,
  units: described("What all of them take where the cloud has no prices.", v.optional(text)),
  prices: described("Where and from when the prices are.", text),
  limits: described("What was not looked at or is not certain, one sentence each.", v.array(text)),
});

export type Orphans = v.InferOutput<typeof orphansSchema>;
