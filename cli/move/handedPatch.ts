/**
 * The one request by which a Service's controller lets go or takes back. Kubernetes forbids source ranges on a Service of another type than LoadBalancer, in the field and in the annotation. They
 * wait in an annotation of the Service meanwhile, and return with the type: a controller that saw the type first would let everybody in.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/apis/core/validation/validation.go (ValidateService)
 */
import { withoutUndefined } from "../../components/core/withoutUndefined.ts";
import type { Annotations } from "../../comparison/clouds/adoption.ts";
import { sourceRangesAnnotation as rangesAnnotation } from "../../comparison/model/service.ts";

/** Where they wait, as JSON. */
export const keptAnnotation = "exposure/source-ranges-when-given-back";

/** The part of a Service that is read here. */
export interface Handed {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: { readonly type?: string; readonly loadBalancerSourceRanges?: readonly string[] };
}

interface Ranges {
  readonly field?: readonly string[];
  readonly annotation?: string;
}

interface Patch {
  readonly metadata: { readonly annotations: Annotations };
  readonly spec: {
    readonly type: "NodePort" | "LoadBalancer";
    readonly loadBalancerSourceRanges?: readonly string[] | null;
  };
}

/** A Service that was changed already has no ranges any more, and keeps those that wait. */
export function lettingGo(service: Handed, annotations: Annotations): Patch {
  const ranges = rangesOf(service);
  if (ranges === undefined) return { metadata: { annotations }, spec: { type: "NodePort" } };
  return {
    metadata: {
      annotations: { ...annotations, [rangesAnnotation]: null, [keptAnnotation]: JSON.stringify(ranges) },
    },
    spec: { type: "NodePort", loadBalancerSourceRanges: null },
  };
}

/**
 * A Service that has ranges of its own again keeps them.
 * @throws if those that wait cannot be read: without them the controller would let everybody in
 */
export function takingBack(service: Handed, annotations: Annotations): Patch {
  const text = service.metadata?.annotations?.[keptAnnotation];
  if (text === undefined) return { metadata: { annotations }, spec: { type: "LoadBalancer" } };
  const { field, annotation } = rangesOf(service) === undefined ? readKept(text) : {};
  return {
    metadata: {
      annotations: {
        ...annotations,
        [keptAnnotation]: null,
        ...(annotation === undefined ? {} : { [rangesAnnotation]: annotation }),
      },
    },
    spec: {
      type: "LoadBalancer",
      ...(field === undefined ? {} : { loadBalancerSourceRanges: field }),
    },
  };
}

function rangesOf({ metadata, spec }: Handed): Ranges | undefined {
  const field = spec?.loadBalancerSourceRanges ?? [];
  const annotation = metadata?.annotations?.[rangesAnnotation];
  if (field.length === 0 && annotation === undefined) return undefined;
  return withoutUndefined({ field: field.length === 0 ? undefined : field, annotation });
}

function readKept(text: string): Ranges {
  const { field, annotation } = parsed(text) ?? {};
  const isField =
    field === undefined || (Array.isArray(field) && field.every((range) => typeof range === "string"));
  const isAnnotation = annotation === undefined || typeof annotation === "string";
  if ((field !== undefined || annotation !== undefined) && isField && isAnnotation)
    return { ...(field === undefined ? {} : { field }), ...(annotation === undefined ? {} : { annotation }) };
  throw new Error(
    `the annotation ${keptAnnotation} of the Service, which keeps its source ranges, is ${text}; allowed is such as {"field":["10.0.0.0/8"]}. Correct it and repeat the command`,
  );
}

function parsed(text: string): { readonly field?: unknown; readonly annotation?: unknown } | undefined {
  try {
    return (JSON.parse(text) ?? undefined) as ReturnType<typeof parsed>;
  } catch {
    return undefined;
  }
}
