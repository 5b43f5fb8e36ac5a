/** `npm run verify`: what happens to traffic in both ways, scenario by scenario. */
import { scenarios } from "../comparison/scenarios/catalogue.ts";
import { scenariosVerdict } from "../comparison/scenarios/result.ts";
import type { Scenario } from "../comparison/scenarios/scenario.ts";
import { scenariosJson } from "../comparison/report/scenarios.ts";
import { scenariosText } from "../comparison/report/terminal/scenarios.ts";
import { readLabSettings } from "../lab/settings.ts";
import { checkout, runningLab } from "./devLab.ts";
import { provideDevPulumi } from "./devStack.ts";
import { open, UsageError } from "./door.ts";
import { showProgress, unseen } from "./progress.ts";
import { verifyOn } from "./verify/verifyOn.ts";

const usage = `npm run verify [-- [--scenario ID ...] [--quick] [--list] [--json]]

Sends traffic through both ways while pods, nodes and controllers come, go and fail, and says what each way lost.
The lab must be running: npm run lab -- up

  --scenario ID  only this one; may be given several times
  --quick        only those that npm start runs
  --list         name the scenarios
  --json         for programs

Exit codes: 0 alike or as documented, 1 different, 2 incomplete or nothing to verify, 130 stopped by Ctrl-C.`;

const codes = { alike: 0, different: 1, incomplete: 2 } as const;

await open({
  usage,
  options: {
    scenario: { type: "string", multiple: true },
    quick: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
  // 1 says that the ways differ, which a failure does not know.
  failure: codes.incomplete,
  async run({ values }, signal) {
    if (values.list === true) {
      for (const { id, title, quick } of scenarios)
        console.log(`${id.padEnd(16)}  ${title}${quick ? " (quick)" : ""}`);
      return 0;
    }
    const chosen = choose((values.scenario ?? []) as string[], values.quick === true);
    const settings = readLabSettings(checkout);
    const lab = runningLab(settings);
    const starting = { progress: values.json === true ? unseen : showProgress(), signal };
    const environment = await provideDevPulumi(starting);
    const results = await verifyOn({ lab, settings, environment, ...starting }, chosen);
    const colour = process.stdout.isTTY && (process.env.NO_COLOR ?? "") === "";
    console.log(
      values.json === true ? scenariosJson(results, settings.timeScale) : scenariosText(results, { colour }),
    );
    return codes[scenariosVerdict(results)];
  },
});

/** @throws {UsageError} for an unknown id, naming those there are */
function choose(ids: readonly string[], quick: boolean): Scenario[] {
  const known = scenarios.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new UsageError(`there is no scenario "${unknown}"; there are ${known.join(", ")}`);
  return scenarios.filter(
    (scenario) => (ids.length === 0 || ids.includes(scenario.id)) && (scenario.quick || !quick),
  );
}
