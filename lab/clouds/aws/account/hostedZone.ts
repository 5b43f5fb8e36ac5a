/** The account's hosted zone of Route 53, for names of apps. */
import { clusterName } from "../../../layout.ts";
import { hostedZoneName } from "../layout.ts";
import type { Route53 } from "../route53/route53.ts";

export async function ensureHostedZone(route53: Route53): Promise<void> {
  const zones = await route53.zonesFrom(hostedZoneName);
  if (zones.some(({ name }) => name === `${hostedZoneName}.`)) return;
  await route53.createZone(hostedZoneName, clusterName);
}
