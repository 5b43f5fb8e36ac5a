/**
 * The lab's keeper: the lab's only process on the host. It holds the ports and the namespaces. When it ends, for whatever reason, the lab ends.
 *
 * Usage: node loading/run.mjs lab/keeper/main.ts PLAN
 */
import { chownSync, mkdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { labFiles, readJson, writeWhole } from "../files.ts";
import type { LabPlan } from "../plan.ts";
import { ownProgram } from "../program.ts";
import { until } from "../until.ts";
import { openEntryPorts } from "./entryPorts.ts";
import { labOwner } from "./identity.ts";
import { enclose, initPid } from "./namespaces.ts";
import { requireOpen } from "./reach.ts";
import { keeperRecord } from "./record.ts";

/** How long the lab may take to stop before its init is killed. */
const stopTimeoutMs = 10_000;

async function main(planFile: string): Promise<void> {
  const plan = readJson(planFile) as LabPlan | undefined;
  if (plan === undefined)
    throw new Error(`there is no plan ${planFile}; start the lab with: npm run lab -- up`);
  const files = labFiles(plan.directory);
  if (process.getuid?.() === 0) requireOpen([plan.checkout, plan.tools.root, plan.tools.pythonHome]);
  const owner = labOwner(process.getuid?.() ?? 0);
  for (const directory of [files.directory, files.state, files.run, files.logs, files.nodes]) {
    mkdirSync(directory, { recursive: true });
    if (process.getuid?.() === 0) chownSync(directory, owner, owner);
  }
  process.chdir(files.run);
  const servers = await openEntryPorts(plan.ports, plan.cloud);

  // node_modules may be a link that leads out of the checkout.
  const packages = realpathSync(join(plan.checkout, "node_modules"));
  const { root, pythonHome } = plan.tools;
  const paths = [plan.checkout, packages, plan.directory, root, pythonHome, process.execPath];
  const supervisor = ownProgram(plan.checkout, "lab/supervisor/main.ts", [planFile]);
  const child = await enclose([supervisor.program, ...supervisor.args], paths);
  const ended = new Promise<number>((resolve) =>
    child.once("exit", (code, signal) => {
      // An orderly stop has exit code 0. A failed start has reported its reason.
      if (code !== 0)
        process.stderr.write(`the lab's first process ended with ${signal ?? `exit code ${String(code)}`}\n`);
      resolve(code ?? 1);
    }),
  );

  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const found = await until(
    "the lab's first process",
    () => initPid(child.pid ?? 0) ?? (hasEnded() ? "ended" : undefined),
    Infinity,
    { pauseMs: 5 },
  );
  const init = found === "ended" ? undefined : found;
  writeWhole(files.keeper, JSON.stringify(keeperRecord(process.pid, init)));

  const stop = (): void => {
    child.stdin.end();
    setTimeout(() => {
      if (init !== undefined) process.kill(init, "SIGKILL");
    }, stopTimeoutMs).unref();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  const code = await ended;
  for (const server of servers) server.close();
  rmSync(files.keeper, { force: true });
  process.exit(code);
}

main(process.argv[2] ?? "").catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
