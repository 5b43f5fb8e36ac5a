/** Runs a case as `npm run compare -- --file` does, without a process. */
import type { FilesResult } from "../../cli/filesComparison.ts";
import { resultOf } from "../../cli/filesComparison.ts";
import { verdictCodes } from "../../cli/showComparison.ts";
import { cloudsConfiguredBy } from "../../comparison/clouds/configured.ts";
import { manifestFile } from "../../comparison/manifests/file.ts";
import { controllerNamed, controllerNames } from "../../comparison/manifests/ground.ts";
import { nextRefusals, outcomeOf, ownOf, warningsOf } from "../../comparison/report/judgement.ts";
import type { Comparison } from "../../comparison/result/comparison.ts";
import type { JudgedService, Judgement } from "../../comparison/result/judgement.ts";
import { NotComparable } from "../../comparison/sources/eligibility.ts";
import type { Case } from "./cases.ts";

export interface Ran {
  readonly exit: number;
  /** Everything that it says, on lines that are not wrapped. */
  readonly text: string;
  /** What it says of load balancers, without programs and rows that every load balancer has. Lines that belong to the one above are indented. */
  readonly short: string;
}

const runs = new Map<string, Promise<Ran>>();

/** Each case runs once. */
export function run(each: Case): Promise<Ran> {
  const ran = runs.get(each.name) ?? runOnce(each);
  runs.set(each.name, ran);
  return ran;
}

async function runOnce({ name, input, services, configuration, controller }: Case): Promise<Ran> {
  const clouds =
    configuration === undefined ? undefined : cloudsConfiguredBy(configuration, "cloud.conf", controller);
  const served = controllerNamed(controller ?? controllerNames[0] ?? "", clouds);
  if (served === undefined) throw new Error("there is no controller");
  try {
    const file = manifestFile(input, `${name}.yaml`, served.cloud.controllers);
    return ranTo(await resultOf([file], { names: services, served, size: {} }));
  } catch (error) {
    if (!(error instanceof NotComparable)) throw error;
    return { exit: verdictCodes.incomplete, text: error.message, short: error.message };
  }
}

function ranTo(result: FilesResult): Ran {
  if (result.kind === "judged") {
    const { judgement } = result;
    const isJudged = judgement.verdict.kind === "judged";
    return {
      exit: isJudged ? verdictCodes.equivalent : verdictCodes.incomplete,
      text: judgementText(judgement),
      short: shortText(judgement),
    };
  }
  const { verdict } = result.comparison;
  const text = [verdict.sentence, ...verdict.reasons, ...explanationsOf(result.comparison)].join("\n");
  return { exit: verdictCodes[verdict.kind], text, short: [verdict.sentence, ...verdict.reasons].join("\n") };
}

function explanationsOf({ explanations }: Comparison): string[] {
  return explanations.map(({ why }) => why);
}

function judgementText(judgement: Judgement): string {
  const { services, firewall, assumed, verdict } = judgement;
  return [
    ...services.flatMap((service) => [
      `${service.service}, type ${service.type} (${service.place})`,
      outcomeOf(service, judgement),
      ...service.reasons,
      ...service.andThen,
      ...service.values.map(({ title, value }) => `${title} │ ${value}`),
      ...warningsOf(service),
      ...(service.own === null ? [] : [ownOf(service.own), ...service.own.reasons, service.own.program]),
    ]),
    `Together they need ${firewall.needed} of ${firewall.allowed} ${firewall.what}.`,
    assumed,
    verdict.sentence,
  ].join("\n");
}

function shortText(judgement: Judgement): string {
  const { services, firewall, verdict } = judgement;
  const lines = services
    .filter(({ outcome }) => outcome !== "not exposed")
    .map((service) => serviceText(service, judgement));
  return [...lines, ...(firewall.needed > firewall.allowed ? [verdict.sentence] : [])].join("\n");
}

function serviceText(service: JudgedService, judgement: Judgement): string {
  const { reasons, andThen, values, own } = service;
  const rows = values
    .filter(({ section, title }) => section !== "firewall" && !title.endsWith("health check"))
    .map(({ title, value }) => `${title}: ${value.replaceAll("\n", ", ")}`);
  const below = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
  return [
    `${service.service}: ${outcomeOf(service, judgement)}`,
    ...below([...reasons, ...(andThen.length === 0 ? [] : [nextRefusals]), ...andThen]),
    ...below([...rows, ...warningsOf(service)]),
    ...(own === null
      ? []
      : [ownOf(own).replace(/:$/, own.reasons.length === 0 ? "." : ":"), ...below(own.reasons)]),
  ].join("\n");
}
