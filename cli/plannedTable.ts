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

/** Marks what the cloud controller manager makes from a Service of type LoadBalancer. */
const byController = "(controller)";

/** @returns lines of at most 80 columns */
export function plannedTable(plan: PlanByWay, colour: boolean): string {
  const table = new Table({
    head: ["Resource", "NodePort + own NLB", "LoadBalancer"],
    colWidths: [26, 33, 17],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: colour ? ["bold"] : [], border: colour ? ["gray"] : [], compact: true },
  });
  for (const type of typesOf(plan)) {
    const isAws = type.startsWith("aws:");
    table.push([
      kindOf(type),
      cell(plan.nodeport, type) ?? "-",
      cell(plan.loadbalancer, type) ?? (isAws ? byController : "-"),
    ]);
  }
  table.push(["declared in total", String(plan.nodeport.length), String(plan.loadbalancer.length)]);
  return table.toString();
}

/** In the order in which requests meet them: types of the cluster, then those of the cloud. */
function typesOf(plan: PlanByWay): string[] {
  const types = [...new Set(ways.flatMap((way) => plan[way].map((resource) => resource.type)))];
  return types.sort((a, b) => order.indexOf(kindOf(a)) - order.indexOf(kindOf(b)));
}

const order = [
  "Namespace",
  "Deployment",
  "PodDisruptionBudget",
  "Service",
  "LoadBalancer",
  "Listener",
  "TargetGroup",
  "TargetGroupAttachment",
  "SecurityGroupIngressRule",
];

function kindOf(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

function cell(resources: readonly PlannedResource[], type: string): string | undefined {
  const names = resources.filter((resource) => resource.type === type).map((resource) => resource.name);
  return names.length === 0 ? undefined : names.join("\n");
}
