/** `npm run preview`: what each way declares, without lab, Pulumi CLI or cloud. */
import { join } from "node:path";
import { isUnknown } from "@pulumi/pulumi";
import { planProgram } from "../comparison/plan/plan.ts";
import { nodes } from "../lab/layout.ts";
import { open } from "./door.ts";
import { byWay, plannedTable, ways } from "./plannedTable.ts";
import type { PlanByWay } from "./plannedTable.ts";
import { readStackConfiguration } from "./stackConfiguration.ts";

const usage = `npm run preview [-- [--stack NAME] [--json]]

Shows the resources that the program declares for each way, side by side. Nothing is asked of a cluster or
of AWS: a network of three nodes in three zones is assumed.

  --stack NAME   read Pulumi.NAME.yaml (default: dev)
  --json         print {"stack", "nodeport", "loadbalancer"}, each way a list of {"type", "name", "inputs"};
                 null is what only an update can know`;

await open({
  usage,
  options: { stack: { type: "string", default: "dev" }, json: { type: "boolean", default: false } },
  async run({ values }) {
    const stack = String(values.stack);
    const plan = byWay(
      await planProgram(readStackConfiguration(join(import.meta.dirname, ".."), stack), nodes),
    );
    console.log(values.json === true ? asJson(stack, plan) : asText(stack, plan));
    return 0;
  },
});

function asText(stack: string, plan: PlanByWay): string {
  const colour = process.stdout.isTTY && process.env.NO_COLOR === undefined;
  return [
    `Planned on stack ${stack}: the same app twice, exposed in two ways.`,
    plannedTable(plan, colour),
    "(controller): the cloud controller makes it of the Service; it is in no Pulumi plan.",
  ].join("\n");
}

function asJson(stack: string, plan: PlanByWay): string {
  const listed = ways.map((way) => [
    way,
    plan[way].map(({ type, name, inputs }) => ({ type, name, inputs })),
  ]);
  const known = (_key: string, value: unknown): unknown => (isUnknown(value) ? null : value);
  return JSON.stringify({ stack, ...Object.fromEntries(listed) }, known, 2);
}
