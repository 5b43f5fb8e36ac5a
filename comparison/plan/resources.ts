/** Finds the resources of one exposure among a program's resources, and their references. */
import { healthCheckClass } from "../../components/core/healthCheckMarks.ts";
import type { PlannedResource } from "./monitor.ts";

/** Pulumi's type token of a Service. */
export const serviceType = "kubernetes:core/v1:Service";

/** Types that belong to the app, not to its exposure. */
const ofTheApp: readonly string[] = [
  "kubernetes:core/v1:Namespace",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:policy/v1:PodDisruptionBudget",
];

/** The reason why a plan cannot be read and compared. It is recognised by its name, like a PlainReason. */
export class UnreadablePlan extends Error {
  override readonly name = "UnreadablePlan";

  static is(error: unknown): error is UnreadablePlan {
    return error instanceof Error && error.name === "UnreadablePlan";
  }
}

/** Resources below the program's top-level resource of this name. Components are left out: they make nothing. */
export function below(declared: readonly PlannedResource[], topLevelName: string): PlannedResource[] {
  const byUrn = new Map(declared.map((resource) => [resource.urn, resource]));
  const top = (resource: PlannedResource): string => {
    const parent = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
    return parent === undefined ? resource.name : top(parent);
  };
  return declared.filter((resource) => resource.custom && top(resource) === topLevelName);
}

/**
 * @param types of the cloud's resources that can be read
 * @throws UnreadablePlan for a resource of an unknown type, because its effect on the exposure would be missing
 */
export function requireReadable(resources: readonly PlannedResource[], types: readonly string[]): void {
  const readable: ReadonlySet<string> = new Set([serviceType, ...types, ...ofTheApp]);
  const other = resources.find(({ type }) => !readable.has(type));
  if (other === undefined) return;
  throw new UnreadablePlan(
    `the program declares ${other.type} "${other.name}", which the comparison of plans cannot read; the measured comparison covers it`,
  );
}

export function ofType(resources: readonly PlannedResource[], type: string): PlannedResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** Whether it is no Service for health checks only. */
export function takesTraffic({ type, inputs }: PlannedResource): boolean {
  const { spec } = inputs as { readonly spec?: { readonly loadBalancerClass?: unknown } };
  return type !== serviceType || spec?.loadBalancerClass !== healthCheckClass;
}

/** @throws UnreadablePlan unless there is exactly one */
export function only(resources: readonly PlannedResource[], type: string): PlannedResource {
  const found = ofType(resources, type);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new UnreadablePlan(
      `the program declares ${found.length} resources of type ${type}; there must be exactly one`,
    );
  }
  return first;
}

/** Whether one of the resource's inputs refers to another resource. */
export function refersTo(resource: PlannedResource, input: string, other: PlannedResource): boolean {
  return (resource.dependencies[input] ?? []).includes(other.urn);
}
