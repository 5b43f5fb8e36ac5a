/** `npm start`: everything, from a fresh checkout to the verdict. */
import { join } from "node:path";
import type { Comparison } from "../comparison/result/comparison.ts";
import { Screen } from "../comparison/report/terminal/screen.ts";
import { labDown } from "../lab/lab.ts";
import { labStack, readLabSettings } from "../lab/settings.ts";
import { callOf } from "./call.ts";
import { hasColour } from "./colour.ts";
import type { Deployed } from "./devComparison.ts";
import { checkout, provideLabTools, provideMachine, startLab } from "./devLab.ts";
import { provideDevPulumi } from "./devPulumi.ts";
import { deploymentOfDev, readDevStack } from "./devStack.ts";
import { runCommand } from "./command.ts";
import { bothSides } from "./exposures.ts";
import { comparePlanned } from "./plannedComparison.ts";
import { planStack } from "./plannedStack.ts";
import { bySide, plannedTable } from "./plannedTable.ts";
import { begun, showProgress, within } from "./progress.ts";
import type { Report } from "./progress.ts";
import { showComparison, verdictCodes } from "./showComparison.ts";
import type { Usage } from "./usage.ts";

const usage: Usage = {
  command: "npm start",
  about: [
    "Shows the planned comparison of both ways, starts the lab, deploys the app both ways on it, runs the quick scenarios of npm run verify, sends requests through both load balancers, and compares what it finds.",
    "The first start builds the lab's programs, which takes minutes. Later starts take a minute at most, and about 12 seconds if everything is up. The lab keeps running: npm run lab -- down stops it.",
  ],
  examples: [
    ["npm ci && npm start", "everything, in a fresh checkout"],
    ["npm start -- --stack openstack", "the same on OpenStack"],
  ],
  exitCodes: [
    ["0", "equivalent"],
    ["1", "different, or something failed"],
    ["2", "incomplete, or wrong call"],
  ],
};

await runCommand({
  usage,
  async run(_given, signal) {
    const progress = showProgress();
    const starting = { progress, signal };
    const settings = readLabSettings(checkout);

    // Planned while the machine is checked. A failure is heard of below.
    const planning = planStack(labStack);
    planning.catch(() => undefined);
    const machine = await provideMachine(settings, starting);
    const plan = await planning;
    const compared = comparePlanned(plan);
    const screen = new Screen({ colour: hasColour(), columns: process.stdout.columns });
    console.log(
      `\n${plannedTable(bySide(plan.declared, compared.names), { ...compared, colour: hasColour() })}\n${screen.hanging("", compared.comparison.verdict.sentence)}\n`,
    );

    const tools = await provideLabTools(machine, settings);
    const environment = await provideDevPulumi(starting);
    // Imported while the lab starts or Pulumi runs: the clients of the cloud and of Kubernetes take a second to load.
    const loading = Promise.all([import("./devComparison.ts"), import("./verify/quick.ts")]);
    const { lab, found } = await startLab(settings, tools, starting);
    const deploying = begun(deploymentOfDev({ signal, environment, plan, refresh: !found }));
    const [{ awaitHealth, concludeOnLab, findingsOf }, { prepareQuick }] = await loading;
    // At the same time as the stack dev: both mostly wait for the cloud and for Kubernetes.
    const quick = prepareQuick({ lab, settings, environment, signal });
    const looking = {
      title: `stack ${labStack} as it is deployed`,
      async run(report: Report) {
        await deploying.ended;
        const { outputs, deployment } = await readDevStack(environment);
        const deployed = { exposures: bothSides(outputs, settings), deployment, lab, settings };
        const shown = { progress: within(report), signal };
        await awaitHealth(deployed, shown);
        return { deployed, findings: await findingsOf(deployed, shown) };
      },
    };
    try {
      const { results, beside } = await quick.run(progress, [deploying, looking]);
      const [, { deployed, findings }] = beside;
      return await show(concludeOnLab(findings, deployed, { scenarios: results }), deployed);
    } catch (error) {
      // A Pulumi that is still running would leave its lock behind.
      await Promise.allSettled([quick.end(), deploying.ended]);
      if (signal.aborted && !found) await labDown(settings.directory);
      else if (!signal.aborted)
        console.error(`the lab is still running: ${callOf("lab -- status")}, logs or down`);
      throw error;
    }
  },
});

async function show(comparison: Comparison, { exposures, settings }: Deployed): Promise<number> {
  const page = join(settings.directory, "comparison.html");
  await showComparison(comparison, { html: page });
  const { left, right } = exposures;
  const { kubeconfig, ports } = settings;
  console.log(`
In a browser    ${page}   this comparison, with pictures
                http://localhost:${ports.nodePort}/hostname   ${left.way}
                http://localhost:${ports.loadBalancer}/hostname   ${right.way}
Look further    npm run compare -- --help
                kubectl --kubeconfig ${kubeconfig} get all --all-namespaces
                ${callOf("lab -- status")}
                ${callOf("pulumi -- preview")}
Stop            ${callOf("lab -- down")}`);
  return verdictCodes[comparison.verdict.kind];
}
