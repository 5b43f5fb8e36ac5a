/** What makes the controller refuse a Service: it gives the reason in an event, makes or changes nothing usable, and tries again later. */
import type { ServiceFacts } from "../../../../model/service.ts";
import type { AwsClusterFacts, NlbFacts } from "../../model.ts";
import type { Configuration } from "../configuration.ts";
import type { Minor } from "../releases.ts";

export interface RefusalContext {
  readonly service: ServiceFacts;
  /** Undefined if it is not known; what depends on it is then no reason. */
  readonly cluster: AwsClusterFacts | undefined;
  readonly configuration: Configuration;
  /** The controller's minor release. */
  readonly minor: Minor;
  /** The Service's load balancer; undefined if it is still to be made. */
  readonly existing: NlbFacts | undefined;
}

export interface Refusal {
  readonly id: string;
  /** The first minor release that refuses it. @default all */
  readonly since?: Minor;
  /** Ids of refusals that make this one say nothing: what they want mended decides whether it applies. @default none */
  readonly after?: readonly string[];
  /** What is refused, in a few words, for the documentation. */
  readonly refused: string;
  /** `AWS`: the controller passes the value on, and AWS then refuses its request. */
  readonly by: "controller" | "AWS";
  /**
   * `always`: an existing load balancer is not maintained any more either. `creation`: the controller reads it only when it makes the load balancer; an existing one
   * is maintained all the same. `update`: only an existing one can be refused.
   */
  readonly at: "always" | "creation" | "update";
  /** File and function of the controller, or an address. */
  readonly source: string;
  /** The field or annotation, its value, and what is allowed; undefined if the Service is not refused. */
  readonly reason: (context: RefusalContext) => string | undefined;
}

/** Those of the release that runs in the cluster. */
export function refusalsIn(
  { minor }: Pick<RefusalContext, "minor">,
  refusals: readonly Refusal[],
): readonly Refusal[] {
  return refusals.filter(({ since }) => since === undefined || since <= minor);
}
