/** `npm run compare`: what is there of both ways, compared. */
import type { Comparison } from "../comparison/result/comparison.ts";
import { readLabSettings } from "../lab/settings.ts";
import { compareDevStack } from "./devComparison.ts";
import { checkout, runningLab } from "./devLab.ts";
import type { Starting } from "./devLab.ts";
import { provideDevPulumi, readDevStack } from "./devStack.ts";
import { runCommand, UsageError } from "./command.ts";
import { exposuresOf } from "./exposures.ts";
import { showProgress, unseen } from "./progress.ts";
import { compareServices, parseService } from "./servicesComparison.ts";
import {
  checkFormats,
  formatOptions,
  formatUsage,
  isForPrograms,
  showComparison,
  verdictCodes,
} from "./showComparison.ts";

const usage = `npm run compare [-- [--service NS/NAME --service NS/NAME] [options]]

Compares both ways of the stack dev as they are now: every object, every rule, requests through both.
With two Services, those: on any cluster that kubectl would reach, with the AWS credentials and the region
that the AWS CLI would use, whoever deployed them. npm run lab -- env prints what makes that the lab.

  --service NS/NAME  a Service of type NodePort or LoadBalancer; give two
${formatUsage}

Exit codes: 0 equivalent, 1 different, 2 incomplete or nothing to compare, 130 stopped by Ctrl-C.`;

await runCommand({
  usage,
  options: { service: { type: "string", multiple: true }, ...formatOptions },
  // 1 says that the ways differ, which a failure does not know.
  failure: verdictCodes.incomplete,
  async run({ values }, signal) {
    checkFormats(values);
    const services = (values.service ?? []) as string[];
    const starting = { progress: isForPrograms(values) ? unseen : showProgress(), signal };
    const comparison = await compared(services, starting);
    await showComparison(comparison, values);
    return verdictCodes[comparison.verdict.kind];
  },
});

async function compared(services: readonly string[], starting: Starting): Promise<Comparison> {
  const [left, right, ...more] = services.map(parseService);
  if (left !== undefined && right !== undefined && more.length === 0)
    return compareServices(left, right, starting);
  if (services.length > 0) {
    throw new UsageError(`${services.length} Services are given; allowed are two, or none for the stack dev`);
  }
  const settings = readLabSettings(checkout);
  const lab = runningLab(settings);
  const { outputs, deployment } = await readDevStack(await provideDevPulumi(starting));
  return compareDevStack({ exposures: exposuresOf(outputs), deployment, lab, settings }, starting);
}
