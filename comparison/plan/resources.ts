/** The resources of one exposure among all that a program declares, and what they refer to. */
import type { PlannedResource } from "./monitor.ts";

/** Pulumi's type token of a Service. */
export const serviceType = "kubernetes:core/v1:Service";

/** What belongs to the app and not to its exposure. */
const ofTheApp: readonly string[] = [
  "kubernetes:core/v1:Namespace",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:policy/v1:PodDisruptionBudget",
];

/** What makes a plan unreadable: then nothing can be concluded from it. It is recognised by its name, as a PlainReason is. */
export class UnreadablePlan extends Error {
  override readonly name = "UnreadablePlan";

  static is(error: unknown): error is UnreadablePlan {
    return error instanceof Error && error.name === "UnreadablePlan";
  }
}

/** Resources below what the program declares at the top by this name. Components are left out: they make nothing. */
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
 * @throws UnreadablePlan for a resource of a type that nothing here reads: what it does to the exposure would be left out
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
