/** Describes how to compare and show facts. A cloud describes its load balancers and firewalls. */
import type { Exposure } from "../model/exposure.ts";
import type { LoadBalancerFacts } from "../model/loadBalancer.ts";
import type { Aspect } from "../result/comparison.ts";
import type { Consequence } from "./consequences.ts";
import type { ObjectNames } from "./objectNames.ts";
import type { Roles } from "./roles.ts";

/** Separates the steps of a path, such as `loadBalancer / listeners / TCP 80 / protocol`. */
export const step = " / ";

/**
 * One side of an aspect in a few words, with real values instead of roles.
 * @param subject what the row's pattern matched in its group
 * @returns undefined if the values need no summary
 */
export type Show = (exposure: Exposure, subject: string) => string | undefined;

/** A row of the table of aspects: its values, its title, and how it is shown. */
export interface AspectRow {
  /** Pattern of paths. A value belongs to the first matching row. */
  readonly of: RegExp;
  readonly section: Aspect["section"];
  /** `$1` stands for the match of the pattern's group. */
  readonly title: string;
  /** @default the compared values */
  readonly show?: Show;
}

/** In patterns of paths `*` stands for any item of a list. */
export interface Shape {
  /** A field's name in paths, by its pattern. @default its name in the model */
  readonly words: Readonly<Record<string, string>>;
  /** Names and ids of objects. They always differ, so the comparison leaves them out. Where another object uses such a name, its role is compared. */
  readonly ownNames: ReadonlySet<string>;
  /** Fields that are part of the path. */
  readonly partsOfKeys: ReadonlySet<string>;
  /** Annotations of the Service that instruct a controller. Their effects are predicted and compared instead. */
  readonly instructions: ReadonlySet<string>;
  /** The pattern of the field that says by what a pool's members are named. @default there is none */
  readonly memberKind?: string;
  /** Fields that are ports of nodes. In other fields, the same number may be a client's port. */
  readonly nodePorts: ReadonlySet<string>;
  /** Lists to which others may add: each item is a separate value. */
  readonly itemByItem: ReadonlySet<string>;
  /** Lists of which the order counts, as the sources give it. The order of others does not. @default none */
  readonly ordered?: ReadonlySet<string>;
  /** Lists of ranges of addresses: what counts is their networks, however they are written. */
  readonly networks: ReadonlySet<string>;
  /** Records to which others may add, in the middle of a path. A prediction ignores the additions. */
  readonly openRecords: RegExp;
  /** The name of an item in its list. */
  readonly keys: Readonly<Record<string, (item: never, roles: Roles) => string>>;
  /** What readers call the items of a list, by its pattern. An object that brings others along comes before them. */
  readonly nouns: Readonly<Record<string, string>>;
  /** Values that are specific to this load balancer, with their roles. */
  roles(
    loadBalancer: LoadBalancerFacts,
    names: ObjectNames,
  ): readonly (readonly [value: string, role: string])[];
  /** Roles of values that a Service may have chosen: a prediction names the value itself then, and is compared with the one that is there. @default none */
  readonly chosen?: RegExp;
  readonly aspects: readonly AspectRow[];
  /** Differences that another one brings along. */
  readonly consequences: readonly Consequence[];
}

/** The path of a load balancer's pools, in the cloud's words. */
export function poolsIn({ words }: Pick<Shape, "words">): string {
  const pools = ["loadBalancer", "pools"].join(step);
  return ["loadBalancer", words[pools] ?? "pools"].join(step);
}

/** The path of the members in every pool, in the cloud's words. */
export function membersIn(shape: Pick<Shape, "words">): string {
  const pools = [poolsIn(shape), "*"].join(step);
  return [pools, shape.words[[pools, "members"].join(step)] ?? "members"].join(step);
}
