/** `npm run compare`: compares both ways as they are deployed. */
import type { BySide } from "../comparison/result/bySide.ts";
import type { Comparison } from "../comparison/result/comparison.ts";
import type { ServiceRef } from "../comparison/sources/kubernetes/reader.ts";
import { compareAsDeployed } from "./devComparison.ts";
import type { Starting } from "./devLab.ts";
import { runCommand } from "./command.ts";
import { showProgress, unseen } from "./progress.ts";
import { twoServices } from "./services.ts";
import { compareServices } from "./servicesComparison.ts";
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
  command: "npm run compare",
  args: "[-- OPTIONS]",
  about: [
    "Compares both ways of the stack dev as they are deployed now: every object, every rule, and requests through both load balancers.",
    "With --service, it compares two Services on any cluster, whoever deployed them. It uses the kubeconfig that kubectl would use, and the AWS credentials and region that the AWS CLI would use. npm run lab -- env prints the settings that make these the lab. It only reads.",
  ],
  options: [
    ["--service NAMESPACE/NAME", "a Service of type NodePort or LoadBalancer; give two"],
    ...formatRows,
  ],
  examples: [
    ["npm run compare -- --html report.html", "also write a report for the browser"],
    ["npm run compare -- --service shop/web --service shop/web-lb", "compare two Services of your own"],
  ],
  exitCodes: verdictRows("nothing to compare"),
};

await runCommand({
  usage,
  options: { service: { type: "string", multiple: true }, ...formatOptions },
  // 1 means that the ways differ, which a failed comparison cannot know.
  failure: verdictCodes.incomplete,
  async run({ values }, signal) {
    checkFormats(values);
    const services = twoServices((values.service ?? []) as string[]);
    const starting = { progress: isForPrograms(values) ? unseen : showProgress(), signal };
    const comparison = await compared(services, starting);
    await showComparison(comparison, values);
    return verdictCodes[comparison.verdict.kind];
  },
});

async function compared(services: BySide<ServiceRef> | undefined, starting: Starting): Promise<Comparison> {
  if (services !== undefined) return compareServices(services, starting);
  return compareAsDeployed(starting);
}
