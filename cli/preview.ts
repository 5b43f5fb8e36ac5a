/** `npm run preview`: what each way will have, compared before there is anything. */
import { hasColour } from "./colour.ts";
import { runCommand } from "./command.ts";
import { planStack } from "./plannedStack.ts";
import { byWay, plannedTable } from "./plannedTable.ts";
import {
  checkFormats,
  formatOptions,
  formatUsage,
  isForPrograms,
  showComparison,
  verdictCodes,
} from "./showComparison.ts";

const usage = `npm run preview [-- [--stack NAME] [options]]

Shows the resources that the program declares for each way, and compares what both ways will have: what the
cloud controller will make of the LoadBalancer Service is predicted, as it is in no plan. Nothing is asked of
a cluster or of AWS: a network of three nodes in three zones is assumed.

  --stack NAME    read Pulumi.NAME.yaml (default: dev)
${formatUsage}

Exit codes: 0 equivalent, 1 different, 2 incomplete or not possible.`;

await runCommand({
  usage,
  options: { stack: { type: "string", default: "dev" }, ...formatOptions },
  failure: verdictCodes.incomplete,
  async run({ values }) {
    checkFormats(values);
    const stack = String(values.stack);
    const { declared, comparison } = await planStack(stack);
    if (!isForPrograms(values)) {
      console.log(`Planned on stack ${stack}: the same app twice, exposed in two ways.`);
      console.log(plannedTable(byWay(declared), hasColour()));
      console.log("(controller): the cloud controller makes it of the Service; it is in no Pulumi plan.\n");
    }
    await showComparison(comparison, values);
    return verdictCodes[comparison.verdict.kind];
  },
});
