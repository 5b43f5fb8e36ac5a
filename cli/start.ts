/** `npm start`: the whole way, from a fresh checkout to the verdict. */
import { join } from "node:path";
import type { Comparison } from "../comparison/result/comparison.ts";
import { hanging } from "../comparison/report/terminal/layout.ts";
import { labDown } from "../lab/lab.ts";
import { labStack, readLabSettings } from "../lab/settings.ts";
import { hasColour } from "./colour.ts";
import type { Deployed } from "./devComparison.ts";
import { checkout, provideLabTools, provideMachine, startLab } from "./devLab.ts";
import { deployDevStack, provideDevPulumi } from "./devStack.ts";
import { runCommand } from "./command.ts";
import { exposuresOf } from "./exposures.ts";
import { countDeclared, planStack } from "./plannedStack.ts";
import { byWay, plannedTable } from "./plannedTable.ts";
import { showProgress } from "./progress.ts";
import { showComparison, verdictCodes } from "./showComparison.ts";

const usage = `npm start

Compares both ways as they are planned, deploys the app in both ways on the lab, runs the quick scenarios of
npm run verify, sends requests through both load balancers, and compares what is there. The first time it builds the lab,
which takes minutes; later starts take about half a minute.

Exit codes: 0 equivalent, 1 different or something failed, 2 incomplete or wrong call, 130 stopped by Ctrl-C.`;

await runCommand({
  usage,
  async run(_given, signal) {
    const progress = showProgress();
    const starting = { progress, signal };
    const settings = readLabSettings(checkout);

    await provideMachine(starting);
    const plan = await planStack(labStack);
    console.log(
      `\n${plannedTable(byWay(plan.declared), hasColour())}\n${hanging("", plan.comparison.verdict.sentence)}\n`,
    );

    const tools = await provideLabTools(starting);
    const environment = await provideDevPulumi(starting);
    // Loads while the lab starts: the clients of AWS and Kubernetes take more than a second.
    const loading = Promise.all([import("./devComparison.ts"), import("./verify/quick.ts")]);
    const { lab, found } = await startLab(settings, tools, starting);
    const [{ awaitHealth, compareDevStack }, { prepareQuick }] = await loading;
    // Beside the stack dev: both wait for AWS and Kubernetes most of the time.
    const preparing = prepareQuick({ lab, settings, environment, signal });
    try {
      const deploying = { ...starting, environment, planned: countDeclared(plan), refresh: !found };
      const { outputs, deployment } = await deployDevStack(deploying);
      const deployed = { exposures: exposuresOf(outputs), deployment, lab, settings };
      await awaitHealth(deployed, starting);
      const results = await preparing.run(progress);
      return await show(await compareDevStack(deployed, starting, results), deployed);
    } catch (error) {
      // A Pulumi that is left alone would leave its lock behind.
      await preparing.end();
      if (signal.aborted && !found) await labDown(settings.directory);
      else if (!signal.aborted)
        console.error("the lab is still running: npm run lab -- status, logs or down");
      throw error;
    }
  },
});

async function show(comparison: Comparison, { exposures, settings }: Deployed): Promise<number> {
  const page = join(settings.directory, "comparison.html");
  await showComparison(comparison, { html: page });
  const { nodePort, loadBalancer } = exposures;
  const { kubeconfig, ports } = settings;
  console.log(`
In a browser    ${page}   this comparison, with the picture
                http://localhost:${ports.nodePort}/hostname   ${nodePort.way}
                http://localhost:${ports.loadBalancer}/hostname   ${loadBalancer.way}
Look further    npm run compare -- --help
                kubectl --kubeconfig ${kubeconfig} get all --all-namespaces
                npm run lab -- status
                npm run pulumi -- preview
Stop            npm run lab -- down`);
  return verdictCodes[comparison.verdict.kind];
}
