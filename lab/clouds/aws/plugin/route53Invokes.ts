/** Look-ups of Route 53's hosted zones. */
import type { GetZoneResult } from "@pulumi/aws/route53/getZone.js";
import { canonical } from "../../../dns/canonical.ts";
import type { Properties } from "../../../providers/values.ts";
import type { Invoke, ResultOf } from "./lookUps.ts";
import type { Context } from "./resource.ts";

async function getZone(args: Properties, { route53 }: Context) {
  const name = canonical(args.name as string);
  const privateZone = args.privateZone === true;
  const zones = await route53.zonesFrom(`${name}.`);
  const found = zones.filter((zone) => canonical(zone.name) === name && zone.isPrivate === privateZone);
  const [zone, second] = found;
  const kind = privateZone ? "private" : "public";
  if (!zone) throw new Error(`there is no ${kind} hosted zone "${name}."`);
  if (second) throw new Error(`there are ${found.length} ${kind} hosted zones "${name}."`);
  return { id: zone.id, name: zone.name, privateZone, zoneId: zone.id } satisfies ResultOf<GetZoneResult>;
}

export const route53Invokes: Readonly<Record<string, Invoke>> = {
  "aws:route53/getZone:getZone": {
    arguments: { name: { type: "string", required: true }, privateZone: { type: "boolean" } },
    call: getZone,
  },
};
