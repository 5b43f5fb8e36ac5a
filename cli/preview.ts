/** `npm run preview`: compares both ways as they are planned, before anything is deployed. */
import { hasColour } from "./colour.ts";
import { runCommand } from "./command.ts";
import { comparePlanned } from "./plannedComparison.ts";
import { planStack } from "./plannedStack.ts";
import { bySide, plannedTable } from "./plannedTable.ts";
import {
  checkFormats,
  formatOptions,
  formatRows,
  isForPrograms,
  showComparison,
  verdictCodes,
  verdictRows,
} from "./showComparison.ts";
import type { Usage } from "./usage.ts";

const usage: Usage = {
  command: "npm run preview",
  args: "[-- OPTIONS]",
  about: [
    "Shows the resources that the program declares for each way, and compares what both ways will have. It predicts what the cloud controller manager will make of the LoadBalancer Service, because no Pulumi plan contains that.",
    "It asks neither a cluster nor a cloud: it assumes a network of three nodes in three zones. It needs only Node.",
  ],
  options: [["--stack NAME", "read Pulumi.NAME.yaml (default: dev)"], ...formatRows],
  examples: [
    ["npm run preview", "preview the stack dev"],
    ["npm run preview -- --html preview.html", "also write a report for the browser"],
  ],
  exitCodes: verdictRows("no preview possible"),
};

await runCommand({
  usage,
  options: { stack: { type: "string", default: "dev" }, ...formatOptions },
  failure: verdictCodes.incomplete,
  async run({ values }) {
    checkFormats(values);
    const stack = String(values.stack);
    const plan = await planStack(stack);
    const compared = comparePlanned(plan);
    const { comparison } = compared;
    if (!isForPrograms(values)) {
      console.log(`Planned on stack ${stack}: the same app twice, exposed in two ways.`);
      console.log(plannedTable(bySide(plan.declared, compared.names), { ...compared, colour: hasColour() }));
      console.log(`(controller): made by ${compared.controller}; in no Pulumi plan.\n`);
    }
    for (const warning of plan.warnings) console.error(`(!) ${warning}`);
    await showComparison(comparison, values);
    return verdictCodes[comparison.verdict.kind];
  },
});
