import { ComponentResource, output } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input, Output } from "@pulumi/pulumi";
import { Record as RecordSet } from "@pulumi/aws/route53/record.js";
import type { Exposure } from "../core/exposure.ts";
import { outOfRange, refuse } from "../core/validation.ts";
import type { Problem } from "../core/validation.ts";

/** Where a name leads, and what share of the clients. */
export interface WeightedExposure {
  /** The name leads to the first of its addresses. */
  readonly exposure: Pick<Exposure, "addresses">;
  /** A whole number from 0 to 255. The share of the clients is this number divided by the sum of all. With 0 no client is led there. */
  readonly weight: number;
}

/** A name in Route 53, and the exposures that it leads to. */
export interface WeightedNameArgs {
  /** Id of the Route 53 hosted zone that the name is in, such as that of `aws.route53.getZone({ name: "example.com" })`. */
  readonly hostedZoneId: Input<string>;
  /** The name that clients use, such as `shop.example.com`. It must not be the zone's own name, which cannot have a CNAME record. */
  readonly domainName: string;
  /**
   * How long a resolver may keep an answer: 0 to 2147483647 seconds. It is how long clients need to follow a change of weights. AWS charges for queries, so a tenth of the
   * time to live costs up to ten times as much.
   * @default 60, as the names of load balancers have it
   */
  readonly ttlSeconds?: number;
  /** The exposures, by the set identifiers of their records: any text that tells them apart. */
  readonly exposures: Readonly<Record<string, WeightedExposure>>;
}

const defaultTtlSeconds = 60;

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html */
const ranges = { weight: { min: 0, max: 255 }, ttlSeconds: { min: 0, max: 2_147_483_647 } } as const;

/**
 * One DNS name for several exposures of an app: a weighted CNAME record in Route 53 for each. A change of the weights moves clients from one exposure to the other, as
 * they look the name up again; what is connected stays where it is. docs/moving.md has the order of steps in which no request is lost.
 *
 * ```ts
 * new WeightedName("shop", {
 *   hostedZoneId: zone.then(({ zoneId }) => zoneId),
 *   domainName: "shop.example.com",
 *   exposures: {
 *     nodePort: { exposure: nodePortExposure, weight: 0 },
 *     loadBalancer: { exposure: loadBalancerExposure, weight: 100 },
 *   },
 * });
 * ```
 */
export class WeightedName extends ComponentResource {
  /** Set once all records are there. */
  readonly domainName: Output<string>;

  /** @throws InputPropertiesError that names every argument that is not allowed */
  constructor(name: string, args: WeightedNameArgs, opts?: ComponentResourceOptions) {
    super("exposure:index:WeightedName", name, {}, opts);
    refuse(`WeightedName "${name}"`, weightedNameProblems(args));
    const { hostedZoneId, domainName, ttlSeconds = defaultTtlSeconds, exposures } = args;
    const records = Object.entries(exposures).map(
      ([setIdentifier, { exposure, weight }]) =>
        new RecordSet(
          `${name}-${setIdentifier}`,
          {
            zoneId: hostedZoneId,
            name: domainName,
            type: "CNAME",
            ttl: ttlSeconds,
            records: [exposure.addresses.apply(([host]) => host)],
            setIdentifier,
            weightedRoutingPolicies: [{ weight }],
          },
          { parent: this },
        ),
    );
    this.domainName = output(records.map(({ id }) => id)).apply(() => domainName);
    this.registerOutputs({ domainName: this.domainName });
  }
}

/** What is wrong with the arguments. */
export function weightedNameProblems({
  domainName,
  ttlSeconds,
  exposures,
}: Pick<WeightedNameArgs, "domainName" | "ttlSeconds"> & {
  readonly exposures: Readonly<Record<string, Pick<WeightedExposure, "weight">>>;
}): Problem[] {
  const entries = Object.entries(exposures);
  return [
    ...nameProblems(domainName),
    ...outOfRange("ttlSeconds", ttlSeconds, ranges.ttlSeconds),
    ...(entries.length === 0
      ? [{ propertyPath: "exposures", reason: "it is empty; name at least one" }]
      : []),
    ...entries.flatMap(([key, { weight }]) => outOfRange(`exposures.${key}.weight`, weight, ranges.weight)),
    ...(entries.length > 0 && entries.every(([, { weight }]) => weight === 0) ? [allZero] : []),
  ];
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html */
const allZero: Problem = {
  propertyPath: "exposures",
  reason:
    "every weight is 0; Route 53 would then lead clients to all exposures alike; give one of them a weight above 0",
};

/** Host names, with an asterisk for all names of a domain. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html */
function nameProblems(domainName: string): Problem[] {
  const label = "[a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9_])?";
  if (new RegExp(`^(\\*\\.)?(${label}\\.)+${label}\\.?$`, "i").test(domainName)) return [];
  const reason = `"${domainName}" is not allowed; allowed is a full DNS name, such as shop.example.com`;
  return [{ propertyPath: "domainName", reason }];
}
