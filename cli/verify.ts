/** `npm run verify`: what happens to traffic in both ways, scenario by scenario. */
import { join } from "node:path";
import { cloudNamed } from "../comparison/clouds/index.ts";
import { scenarios } from "../comparison/scenarios/catalogue.ts";
import { waysOn } from "../comparison/scenarios/testbed/program.ts";
import { scenariosVerdict } from "../comparison/scenarios/result.ts";
import { textOf } from "../comparison/scenarios/scenario.ts";
import type { ScenarioResult } from "../comparison/result/scenarioSchema.ts";
import { scenariosText } from "../comparison/report/terminal/scenarios.ts";
import { labCloud } from "../lab/clouds/index.ts";
import type { Lab } from "../lab/lab.ts";
import { readLabSettings } from "../lab/settings.ts";
import type { LabSettings } from "../lab/settings.ts";
import { callOf } from "./call.ts";
import { hasColour } from "./colour.ts";
import { compareDevStack } from "./devComparison.ts";
import { checkout, runningLab } from "./devLab.ts";
import type { Starting } from "./devLab.ts";
import { provideDevPulumi } from "./devPulumi.ts";
import { readDevStack } from "./devStack.ts";
import { runCommand } from "./command.ts";
import { bothSides } from "./exposures.ts";
import { showProgress, unseen } from "./progress.ts";
import { writeReports } from "./showComparison.ts";
import type { Usage } from "./usage.ts";
import { chosen, leftOutText } from "./verify/chosen.ts";
import { featuresOf } from "./verify/labTestbed.ts";
import { otherController } from "./verify/testbedPlace.ts";
import { verifyOn } from "./verify/verifyOn.ts";

const usage: Usage = {
  command: "npm run verify",
  args: "[-- OPTIONS]",
  about: [
    "Sends traffic through both ways while pods, nodes and controllers come, go and fail, and shows what each way lost. The lab must be running: npm run lab -- up",
  ],
  options: [
    ["--scenario ID", "run only this scenario; can be given several times"],
    ["--quick", "run only the scenarios that npm start runs"],
    ["--list", "list the scenarios"],
    ["--json", "print JSON"],
  ],
  examples: [
    ["npm run verify -- --list", "show the ids"],
    ["npm run verify -- --scenario pod-killed", "run one scenario"],
  ],
  exitCodes: [
    ["0", "both ways alike, or different as documented"],
    ["1", "different"],
    ["2", "incomplete, wrong call, or nothing to verify"],
  ],
};

const codes = { alike: 0, different: 1, incomplete: 2 } as const;

await runCommand({
  usage,
  options: {
    scenario: { type: "string", multiple: true },
    quick: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
  // 1 would say that the ways differ. A failure does not know that.
  failure: codes.incomplete,
  async run({ values }, signal) {
    if (values.list === true) {
      const { words } = cloudNamed(readLabSettings(checkout).cloud);
      for (const { id, title, quick } of scenarios)
        console.log(`${id.padEnd(16)}  ${textOf(title, words)}${quick ? " (quick)" : ""}`);
      return 0;
    }
    const settings = readLabSettings(checkout);
    const cloud = cloudNamed(settings.cloud);
    const asked = { ids: (values.scenario ?? []) as string[], quick: values.quick === true };
    const { run: toRun, leftOut } = chosen(asked, featuresOf(cloud, otherController(settings), settings));
    const lab = runningLab(settings);
    const starting = { progress: values.json === true ? unseen : showProgress(), signal };
    const environment = await provideDevPulumi(starting);
    const results = await verifyOn({ lab, settings, environment, ...starting }, toRun);
    const page = await writePage(results, { lab, settings, environment, ...starting });
    const { timeScale } = settings;
    if (values.json === true)
      console.log(
        JSON.stringify({ verdict: scenariosVerdict(results), timeScale, scenarios: results }, undefined, 2),
      );
    else {
      console.log(
        `${scenariosText(results, waysOn(cloud), { colour: hasColour(), columns: process.stdout.columns })}\n\n${page}`,
      );
    }
    // Not on standard output, which may be JSON.
    const hasProxy = labCloud(settings.cloud).loadBalancerProxy !== undefined;
    for (const scenario of leftOut) console.error(leftOutText(scenario, { ...cloud, hasProxy }));
    return codes[scenariosVerdict(results)];
  },
});

interface Verified extends Starting {
  readonly lab: Lab;
  readonly settings: LabSettings;
  /** Of every Pulumi command. */
  readonly environment: Record<string, string>;
}

/** Writes the whole report with these scenarios, if the stack dev is deployed. @returns a line that says where it is */
async function writePage(
  results: readonly ScenarioResult[],
  { environment, lab, settings, ...starting }: Verified,
): Promise<string> {
  const { outputs, deployment } = await readDevStack(environment);
  if (Object.keys(outputs).length === 0)
    return `The comparison of both ways, with all this in it, needs them deployed: ${callOf("start")}`;
  const deployed = { exposures: bothSides(outputs, settings), deployment, lab, settings };
  const comparison = await compareDevStack(deployed, starting, { scenarios: results });
  const page = join(settings.directory, "comparison.html");
  await writeReports(comparison, { html: page });
  return `In a browser    ${page}   the comparison with all this, and the picture`;
}
