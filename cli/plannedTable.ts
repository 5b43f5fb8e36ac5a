/** The resources that each way declares, side by side. */
import Table from "cli-table3";
import { sides } from "../comparison/result/bySide.ts";
import type { BySide } from "../comparison/result/bySide.ts";
import type { PlannedResource } from "../comparison/plan/monitor.ts";

export type PlanBySide = BySide<readonly PlannedResource[]>;

/**
 * Assigns resources to two ways by their topmost ancestor. Leaves out components, which only group others.
 * @param names the program's names for the ways: those of their resources at the top of the tree
 */
export function bySide(declared: readonly PlannedResource[], names: BySide<string>): PlanBySide {
  const byUrn = new Map(declared.map((resource) => [resource.urn, resource]));
  const top = (resource: PlannedResource): string => {
    const parent = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
    return parent === undefined ? resource.name : top(parent);
  };
  const of = (name: string): PlannedResource[] =>
    declared.filter((resource) => resource.custom && top(resource) === name);
  return { left: of(names.left), right: of(names.right) };
}

/** Marks what a controller makes from a Service of type LoadBalancer. */
const byController = "(controller)";

export interface PlannedTableOptions {
  /** The titles of the two ways. */
  readonly titles: readonly [string, string];
  /** The cloud's resource types, in the order of their rows. */
  readonly cloudTypes: readonly string[];
  readonly colour: boolean;
}

/** @returns lines of at most 80 columns */
export function plannedTable(plan: PlanBySide, { titles, cloudTypes, colour }: PlannedTableOptions): string {
  const table = new Table({
    head: ["Resource", ...titles],
    colWidths: [26, 33, 17],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: colour ? ["bold"] : [], border: colour ? ["gray"] : [], compact: true },
  });
  // A way that declares nothing in the cloud has a controller that does.
  const isMade = (resources: readonly PlannedResource[], type: string): boolean =>
    cloudTypes.includes(type) && !resources.some((each) => cloudTypes.includes(each.type));
  const order = [...clusterTypes, ...cloudTypes];
  const types = [...new Set(sides.flatMap((side) => plan[side].map(({ type }) => type)))];
  for (const type of types.sort((one, other) => order.indexOf(one) - order.indexOf(other))) {
    table.push([
      type.slice(type.lastIndexOf(":") + 1),
      ...sides.map((side) => cell(plan[side], type) ?? (isMade(plan[side], type) ? byController : "-")),
    ]);
  }
  table.push(["declared in total", String(plan.left.length), String(plan.right.length)]);
  return table.toString();
}

/** The cluster's resource types, in the order of their rows, before those of the cloud. */
const clusterTypes = [
  "kubernetes:core/v1:Namespace",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:policy/v1:PodDisruptionBudget",
  "kubernetes:core/v1:Service",
];

function cell(resources: readonly PlannedResource[], type: string): string | undefined {
  const names = resources.filter((resource) => resource.type === type).map((resource) => resource.name);
  return names.length === 0 ? undefined : names.join("\n");
}
