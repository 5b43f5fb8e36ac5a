/** What keeps the controller from making what a Service asks for: it gives the reason in an event, and tries again later. */
import type { ServiceFacts } from "../../../../model/service.ts";
import type { AwsClusterFacts, NlbFacts } from "../../model.ts";
import { portMappings } from "../portMappings.ts";
import type { PortMapping } from "../portMappings.ts";

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
  /** Of what the controller does for one item after the other: the item at which it gives up, counted from 0. @default the first */
  readonly turn?: (context: RefusalContext) => number;
}

type OfItem<Item> = Omit<Refusal, "reason" | "turn"> & {
  readonly of: (item: Item, context: RefusalContext) => string | undefined;
};

/** @param items what the controller goes through, in its order */
export function ofEach<Item>(
  items: (context: RefusalContext) => readonly Item[],
  { of, ...refusal }: OfItem<Item>,
): Refusal {
  const reasons = (context: RefusalContext): (string | undefined)[] =>
    items(context).map((item) => of(item, context));
  return {
    ...refusal,
    reason: (context) => reasons(context).find((each) => each !== undefined),
    turn: (context) => reasons(context).findIndex((each) => each !== undefined),
  };
}

/** Of what depends on one port. */
export const ofEachPort = (refusal: OfItem<PortMapping>): Refusal =>
  ofEach(({ service }) => portMappings(service), refusal);

/** In the order in which the controller meets them, as it does all of this for one item after the other. */
export function inTurns(refusals: readonly Refusal[], context: RefusalContext): readonly Refusal[] {
  const turnOf = ({ turn }: Refusal): number => turn?.(context) ?? 0;
  return [...refusals].sort((a, b) => turnOf(a) - turnOf(b));
}
