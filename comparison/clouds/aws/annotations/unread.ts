/** Annotations that a controller does not read because of their names, and labels in the place of annotations. */
import type { WithoutEffect } from "../../cloud.ts";
import { sourceRangesAnnotation } from "../../../model/service.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotationNamed, looksMeant, suffixOf } from "./names.ts";
import { nearest } from "../../../nearest.ts";

/** What the name of the one annotation that Kubernetes itself defines, and all controllers read, ends with. */
const sourceRanges = "source-ranges";

/** Such as the field's name with the annotation's prefix. */
function isLikeSourceRanges(name: string): boolean {
  const ending = /^service\.\w+\.kubernetes\.io\/load-?balancer-?(.+)$/i.exec(name)?.[1];
  return ending !== undefined && nearest(ending.toLowerCase(), [sourceRanges]) !== undefined;
}

/** What a controller reads. */
export interface Readings {
  /** In sentences, such as `the AWS cloud controller manager`. */
  readonly title: string;
  /** Prefixes under which it reads its names. */
  readonly prefixes: readonly string[];
  /** Names with an effect, without prefix and `aws-load-balancer-`. */
  readonly names: readonly string[];
  /** Annotations with an effect whose names have another form. */
  readonly others: readonly string[];
  /** Why it does not read a name with the right prefix, and what it does instead; undefined for a name that nobody knows. */
  readonly known: (suffix: string) => Pick<WithoutEffect, "why" | "gets" | "instead"> | undefined;
}

export function unread(service: ServiceFacts, readings: Readings): WithoutEffect[] {
  return [
    ...Object.entries(service.annotations).flatMap(([name, value]) => annotation(name, value, readings)),
    ...Object.entries(service.labels ?? {}).flatMap(([name, value]): WithoutEffect[] => {
      const suffix = suffixOf(name);
      const why = "it is a label; controllers read annotations only";
      return [{ place: "label", name, value, why, ...(suffix === undefined ? {} : meant(suffix, readings)) }];
    }),
  ];
}

function annotation(name: string, value: string, readings: Readings): WithoutEffect[] {
  const { title, prefixes, names, others, known } = readings;
  const suffix = suffixOf(name);
  if (!looksMeant.test(name) || others.includes(name)) return [];
  const row = { place: "annotation", name, value } as const;
  if (suffix === undefined) {
    const why = "no controller on AWS reads it";
    return [{ ...row, why, ...(isLikeSourceRanges(name) ? { instead: sourceRangesAnnotation } : {}) }];
  }
  const isExact = prefixes.some((prefix) => name === `${prefix}aws-load-balancer-${suffix}`);
  if (isExact && names.includes(suffix)) return [];
  const { stem } = parts(name);
  const alike = others.filter((other) => parts(other).stem === stem && parts(other).ending !== "");
  if (alike[0] !== undefined) {
    const endings = alike.map((other) => parts(other).ending).join(" or ");
    const instead = nearest(name, alike) ?? alike[0];
    return [
      { ...row, why: `${title} reads it with an ending that is a port of the Service: ${endings}`, instead },
    ];
  }
  // An ending that names a port has capital letters.
  const isOfOnePort = suffix.includes(".") && prefixes.some((prefix) => name.startsWith(prefix));
  if (!isExact && !isOfOnePort) {
    const why = `${title} reads only annotations that begin with ${prefixes.map((prefix) => `${prefix}aws-load-balancer-`).join(" or ")}, in small letters`;
    return [{ ...row, why, ...meant(suffix, readings) }];
  }
  return [{ ...row, ...(known(suffix) ?? { why: "no controller reads it", ...meant(suffix, readings) }) }];
}

/** `...-listener-attributes.TCP-80` is for one port, and so are its like. */
function parts(name: string): { readonly stem: string; readonly ending: string } {
  const [, stem = "", ending = ""] = /^([^/]*\/[^.]*)\.?(.*)$/.exec(name) ?? [];
  return { stem: stem.toLowerCase(), ending };
}

function meant(suffix: string, { names, known }: Readings): Pick<WithoutEffect, "instead"> {
  const instead = known(suffix)?.instead;
  if (instead !== undefined) return { instead };
  const name = nearest(suffix, [...names, sourceRanges]);
  if (name === undefined) return {};
  return { instead: name === sourceRanges ? sourceRangesAnnotation : annotationNamed(name) };
}
