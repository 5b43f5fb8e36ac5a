/** What the comparison has to know of a kind of facts to compare and show them. A cloud says it of its load balancers and firewalls. */
import type { Exposure } from "../model/exposure.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import type { Aspect } from "../result/comparison.ts";
import type { Roles } from "./roles.ts";

/** Separates the steps of a path, such as `loadBalancer / listeners / TCP 80 / protocol`. */
export const step = " / ";

/**
 * One side of an aspect in a few words, with its own values rather than roles.
 * @param subject what the row's pattern matched in its group
 * @returns undefined where the values themselves say it best
 */
export type Show = (exposure: Exposure, subject: string) => string | undefined;

/** A row of the table of aspects: which values it covers, how it is called, and how it is shown. */
export interface AspectRow {
  /** Of the paths. The first row that matches has the value. */
  readonly of: RegExp;
  readonly section: Aspect["section"];
  /** `$1` stands for what the pattern's group matched. */
  readonly title: string;
  /** @default the values as they were compared */
  readonly show?: Show;
}

/** In patterns of paths `*` stands for any item of a list. */
export interface Shape {
  /** What a field is called in paths, by its pattern. @default its name in the model */
  readonly words: Readonly<Record<string, string>>;
  /** Names by which people and APIs know an object. Each object has its own, so the comparison leaves them out. Where a name is used elsewhere, its role is compared. */
  readonly ownNames: ReadonlySet<string>;
  /** What the path says already. */
  readonly partsOfKeys: ReadonlySet<string>;
  /** Annotations of the Service that instruct a controller. What they bring about is compared, and predicted from them. */
  readonly instructions: ReadonlySet<string>;
  /** Ports of nodes. The same number may be a node port here and a client's port elsewhere. */
  readonly nodePorts: ReadonlySet<string>;
  /** Lists to which others may add: each item is a value of its own. */
  readonly itemByItem: ReadonlySet<string>;
  /** Records to which others may add, in the middle of a path: a prediction says nothing of their additions. */
  readonly openRecords: RegExp;
  /** What an item of a list is called among the others. */
  readonly keys: Readonly<Record<string, (item: never, roles: Roles) => string>>;
  /** Values that only this load balancer has, with the role of each. */
  roles(loadBalancer: LoadBalancerFacts): readonly (readonly [value: string, role: string])[];
  readonly aspects: readonly AspectRow[];
}
