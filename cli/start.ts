/** `npm start`: the whole way, from a fresh checkout to both load balancers' answers. */
import { labDown } from "../lab/lab.ts";
import { readLabSettings } from "../lab/settings.ts";
import { sideBySide } from "../comparison/loadBalancer/sideBySide.ts";
import { checkout, provideLabTools, provideMachine, startLab } from "./devLab.ts";
import { deployDevStack, planDevStack, provideDevPulumi } from "./devStack.ts";
import { exitCodes, open } from "./door.ts";
import { exposuresOf } from "./exposures.ts";
import type { DeployedExposures } from "./exposures.ts";
import { byWay, plannedTable } from "./plannedTable.ts";
import { showProgress } from "./progress.ts";
import type { Progress } from "./progress.ts";
import { paintFor, sideBySideTable, trafficTable, verdictOf } from "./report.ts";
import type { Sides } from "./report.ts";
import { awaitHealthyTargets, sendTraffic } from "./verify.ts";
import type { Surroundings } from "./verify.ts";

const usage = `npm start

Deploys the app in both ways on the lab, sends requests through both load balancers and compares them.
The first time it builds the lab, which takes minutes; later starts take seconds.

Exit codes: 0 both ways answer and are alike, 1 they are not or something failed, 2 wrong call, 130 stopped by Ctrl-C.`;

await open({
  usage,
  async run(_given, signal) {
    const progress = showProgress();
    const starting = { progress, signal };
    const settings = readLabSettings(checkout);

    await provideMachine(starting);
    const plan = await planDevStack();
    const paint = paintFor(process.stdout.isTTY);
    console.log(
      `\n${plannedTable(byWay(plan), process.stdout.isTTY && process.env.NO_COLOR === undefined)}\n`,
    );

    const planned = plan.filter(({ custom }) => custom).length;
    const tools = await provideLabTools(starting);
    const environment = await provideDevPulumi(starting);
    const { lab, found } = await startLab(settings, tools, starting);
    try {
      const outputs = await deployDevStack({ ...starting, environment, planned, refresh: !found });
      const exposures = exposuresOf(outputs);
      return await verify(exposures, { checkout, lab, settings, signal }, progress, paint);
    } catch (error) {
      if (signal.aborted && !found) await labDown(settings.directory);
      else if (!signal.aborted)
        console.error("the lab is still running: npm run lab -- status, logs or down");
      throw error;
    }
  },
});

async function verify(
  { nodePort, loadBalancer }: DeployedExposures,
  surroundings: Surroundings,
  progress: Progress,
  paint: ReturnType<typeof paintFor>,
): Promise<number> {
  const sides: Sides = [nodePort.way, loadBalancer.way];
  const [left, right] = await progress.step("health of the targets", (report) =>
    Promise.all([
      awaitHealthyTargets(nodePort, surroundings, report),
      awaitHealthyTargets(loadBalancer, surroundings, report),
    ]),
  );
  const traffic = await progress.step(
    "requests from the client",
    async (report) =>
      [
        await sendTraffic(nodePort, surroundings, report),
        await sendTraffic(loadBalancer, surroundings, report),
      ] as const,
  );

  const rows = sideBySide(left, right);
  const verdict = verdictOf(rows, traffic, sides);
  const { kubeconfig, ports } = surroundings.settings;
  console.log(`
${trafficTable(traffic, sides)}
${sideBySideTable(rows, sides, paint)}

${paint(verdict.well ? "green" : "red", verdict.line)}
${verdict.reasons.map((reason) => `  - ${reason}\n`).join("")}
In a browser    http://localhost:${ports.nodePort}/hostname   ${nodePort.way}
                http://localhost:${ports.loadBalancer}/hostname   ${loadBalancer.way}
Look further    kubectl --kubeconfig ${kubeconfig} get all --all-namespaces
                npm run lab -- status
                npm run pulumi -- preview
Stop            npm run lab -- down`);
  return verdict.well ? exitCodes.well : exitCodes.failed;
}
