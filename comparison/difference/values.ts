/**
 * Flattens an exposure into values at paths of roles, such as `loadBalancer / listeners / TCP 80 / protocol`. It walks all facts, so a new field of the
 * model is compared without a change here.
 */
import type { Exposure, Part } from "../model/exposure.ts";
import { networksOf } from "../addresses.ts";
import type { NodePort } from "../model/later.ts";
import type { EndpointFacts } from "../model/service.ts";
import { Place } from "./place.ts";
import { compareText, inNodeOrder } from "./roles.ts";
import type { Roles } from "./roles.ts";
import type { Shape } from "./shape.ts";

/** Values by path. A path is its joined steps. */
export type Values = ReadonlyMap<string, string>;

export function valuesOf(
  exposure: Exposure,
  parts: readonly Part[],
  { roles, shape }: { readonly roles: Roles; readonly shape: Shape },
): Values {
  const values = new Map<string, string>();
  const walk = (value: unknown, place: Place): void => {
    const { path, field } = place;
    if (value === undefined || field.isLeftOut) return;
    if (Array.isArray(value)) {
      if (field.isItemByItem)
        for (const [item, times] of counted(value)) values.set(place.item(item).path, times);
      else if (value.every((item) => typeof item !== "object"))
        values.set(path, listed(field.isOfNetworks ? networksOf(value) : value, roles, field.isOrdered));
      else
        for (const [key, item] of keyed(value, field.pattern, { roles, shape })) walk(item, place.item(key));
    } else if (typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) walk(inner, place.named(name));
    } else
      values.set(
        path,
        field.isNodePort
          ? roles.nodePort(value as NodePort)
          : roles.text(typeof value === "string" ? value : JSON.stringify(value)),
      );
  };
  for (const part of parts) {
    const result = exposure[part];
    if (result.kind === "known") walk(result.facts, Place.root(shape).named(part));
  }
  return values;
}

/** How often each item occurs; once is `present`. */
function counted(items: readonly unknown[]): Map<string, string> {
  const texts = items.map(String);
  return new Map(
    texts.map((text) => {
      const times = texts.filter((other) => other === text).length;
      return [text, times === 1 ? "present" : `${times} times`];
    }),
  );
}

function listed(items: readonly unknown[], roles: Roles, isOrdered: boolean): string {
  const given = items.map((item) => roles.text(String(item)));
  const texts = isOrdered ? given : given.sort(compareText);
  return texts.length === 0 ? "none" : texts.join(", ");
}

/** The items of a list's text. */
export const itemsIn = (text: string): string[] => (text === "none" ? [] : text.split(", "));

/** Items by name. The second item of the same name is `name (2)`. */
function keyed(
  items: readonly object[],
  kind: string,
  { roles, shape }: { readonly roles: Roles; readonly shape: Shape },
): [string, object][] {
  if (kind === "endpoints") {
    return inNodeOrder(items as EndpointFacts[]).map((item, index) => [`pod ${index + 1}`, item]);
  }
  const keyOf = shape.keys[kind];
  if (keyOf === undefined) throw new Error(`the comparison has no name for the items of "${kind}"`);
  const seen = new Map<string, number>();
  return [...items]
    .map((item) => [keyOf(item as never, roles), item] as const)
    .sort(
      ([a, itemA], [b, itemB]) =>
        compareText(a, b) || compareText(JSON.stringify(itemA), JSON.stringify(itemB)),
    )
    .map(([key, item]) => {
      const times = (seen.get(key) ?? 0) + 1;
      seen.set(key, times);
      return [times === 1 ? key : `${key} (${times})`, item];
    });
}
