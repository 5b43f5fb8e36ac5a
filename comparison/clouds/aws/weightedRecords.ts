/** The weighted records of Route 53 that a program declared, by the resources of its stack's state. */
import * as v from "valibot";
import type { WeightedRecord } from "../../model/weightedRecord.ts";
import type { StateResource } from "../../sources/state.ts";
import { outputsOf } from "../../sources/state.ts";

const record = v.object({
  name: v.string(),
  setIdentifier: v.string(),
  ttl: v.number(),
  weightedRoutingPolicies: v.tuple([v.object({ weight: v.number() })]),
});

export function weightedRecordsOnAws(resources: readonly StateResource[]): WeightedRecord[] {
  return outputsOf(resources, /^aws:route53\/record:Record$/, record).map(
    ({ name, setIdentifier, ttl, weightedRoutingPolicies: [{ weight }] }) => ({
      domainName: name,
      setIdentifier,
      ttlSeconds: ttl,
      weight,
    }),
  );
}
