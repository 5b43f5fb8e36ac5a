/**
 * The lab's supervisor: starts everything inside the lab's namespaces, keeps it running, and stops it.
 *
 * Usage, inside the namespaces that the keeper made: node loading/run.mjs lab/supervisor/main.ts PLAN
 * It stops when its standard input ends, as it also does when the keeper dies.
 */
import { openControl } from "../control/server.ts";
import { labFiles, readJson } from "../files.ts";
import { CutLinks } from "../network/cut.ts";
import type { LabPlan } from "../plan.ts";
import { fulfil } from "./control.ts";
import { clearNodes } from "./nodes.ts";
import { SpareNodes } from "./spareNodes.ts";
import { startLab } from "./start.ts";
import { StatusReport } from "./status.ts";
import { Supervisor } from "./supervisor.ts";

// For all processes inside: the SDK's warning about Node 20 does not concern the lab.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const planFile = process.argv[2] ?? "";
const plan = readJson(planFile) as LabPlan | undefined;
if (plan === undefined) throw new Error(`there is no plan ${planFile}`);

const files = labFiles(plan.directory);
const changed = (): void => {
  report.write();
};
const supervisor = new Supervisor(files.logs, changed);
const links = new CutLinks(changed);
const report = new StatusReport(files.status, () => ({
  processes: supervisor.statuses,
  cutNodes: links.nodes,
}));

let stopped: Promise<void> | undefined;
function stop(code: number): Promise<void> {
  stopped ??= stopAll(code);
  return stopped;
}

async function stopAll(code: number): Promise<void> {
  if (code === 0) report.enter("stopping");
  await supervisor.stop();
  // In the user namespace, which maps the owners of the pods' files; on the host only root could remove them.
  clearNodes(files);
  process.exit(code);
}

process.stdin.resume().once("end", () => void stop(0));
process.once("SIGTERM", () => void stop(0));

try {
  report.write();
  const started = await startLab(plan, files, supervisor, report);
  const spares = new SpareNodes({ ...started, links });
  await openControl((request) => fulfil(request, { supervisor, links, spares }));
  report.enter("ready");
} catch (error) {
  // Stopping makes steps of the start fail, which is not a failure of the lab.
  if (stopped === undefined) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`[supervisor] ${error instanceof Error ? (error.stack ?? reason) : reason}\n`);
    report.enter("failed", reason);
    await stop(1);
  }
}
