/** What keeps the controller from making what a Service asks for: it gives the reason in an event, and tries again later. */
import type { ServiceFacts } from "../../../../model/service.ts";
import type { AwsClusterFacts, NlbFacts } from "../../model.ts";

export interface RefusalContext {
  readonly service: ServiceFacts;
  /** Undefined if it is not known; what depends on it is then no reason. */
  readonly cluster: AwsClusterFacts | undefined;
  /** The Service's load balancer, if there is one. */
  readonly existing?: NlbFacts | undefined;
}

export interface Refusal {
  readonly id: string;
  /** Ids of refusals that make this one say nothing: what they want mended decides whether it applies. @default none */
  readonly after?: readonly string[];
  /** What is refused, in a few words, for the documentation. */
  readonly refused: string;
  /** `AWS`: the controller passes the value on, and AWS then refuses its request. */
  readonly by: "controller" | "AWS";
  /** File and function of the controller, or an address. */
  readonly source: string;
  /** The controller's words if it refuses, and what is allowed; undefined if the Service is not refused. */
  readonly reason: (context: RefusalContext) => string | undefined;
}
