/** The resources that each way declares, side by side. */
import Table from "cli-table3";
import type { PlannedResource } from "../comparison/plan/monitor.ts";

/** The program's names for the two ways: the names of their resources at the top of the tree. */
export const ways = ["nodeport", "loadbalancer"] as const;
export type Way = (typeof ways)[number];

export type PlanByWay = Readonly<Record<Way, readonly PlannedResource[]>>;

/** Assigns resources to the two ways by their topmost ancestor. Leaves out components, which only group others. */
export function byWay(declared: readonly PlannedResource[]): PlanByWay {
  const byUrn = new Map(declared.map((resource) => [resource.urn, resource]));
  const top = (resource: PlannedResource): string => {
    const parent = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
    return parent === undefined ? resource.name : top(parent);
  };
  const of = (way: Way): PlannedResource[] =>
    declared.filter((resource) => resource.custom && top(resource) === way);
  return { nodeport: of("nodeport"), loadbalancer: of("loadbalancer") };
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
export function plannedTable(plan: PlanByWay, { titles, cloudTypes, colour }: PlannedTableOptions): string {
  const table = new Table({
    head: ["Resource", ...titles],
    colWidths: [26, 33, 17],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: colour ? ["bold"] : [], border: colour ? ["gray"] : [], compact: true },
  });
  const order = [...clusterTypes, ...cloudTypes];
  const types = [...new Set(ways.flatMap((way) => plan[way].map(({ type }) => type)))];
  for (const type of types.sort((one, other) => order.indexOf(one) - order.indexOf(other))) {
    table.push([
      type.slice(type.lastIndexOf(":") + 1),
      cell(plan.nodeport, type) ?? "-",
      cell(plan.loadbalancer, type) ?? (cloudTypes.includes(type) ? byController : "-"),
    ]);
  }
  table.push(["declared in total", String(plan.nodeport.length), String(plan.loadbalancer.length)]);
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
