/** `npm run lab`: starts, stops, shows and breaks the lab. */
import { labCloud } from "../lab/clouds/index.ts";
import { controlLab } from "../lab/control/client.ts";
import { labDown } from "../lab/lab.ts";
import { searchPath } from "../lab/requirements/machine.ts";
import { readLabSettings } from "../lab/settings.ts";
import { callOf } from "./call.ts";
import { checkout, provideLabTools, provideMachine, runningLab, startLab } from "./devLab.ts";
import { exitCodes, runCommand, UsageError } from "./command.ts";
import { controlCommands } from "./labControl.ts";
import type { ControlCommand } from "./labControl.ts";
import { showLogs, logNames } from "./labLogs.ts";
import { labReport } from "./labReport.ts";
import { provideDevPulumi } from "./devPulumi.ts";
import { cloudApi, cloudEnvironment } from "../lab/clouds/environment.ts";
import { showProgress, unseen } from "./progress.ts";
import { quote } from "../lab/shell.ts";
import type { Usage } from "./usage.ts";

const usage: Usage = {
  command: "npm run lab",
  args: "-- COMMAND [NAME] [OPTIONS]",
  about: [
    "The lab is the cluster and the cloud account that the stack dev runs on: processes on this machine, in their own namespaces.",
  ],
  tables: {
    Commands: [
      ["up", "start the lab; the first start builds its programs"],
      ["down", "stop it; only its state in .lab/ and the cache remain"],
      ["status", "show what is running, waiting, held or cut off, and since when"],
      ["logs [NAME]", "show the logs of all processes, or of one"],
      ["env", "print shell commands that make pulumi, kubectl, aws and npm run compare use the lab"],
    ],
    "Commands that change the running lab, until its next start": [
      ["kill PROCESS", "end a process as a crash would; the lab starts it again"],
      ["hold PROCESS", "end a process and do not start it again"],
      ["release PROCESS", "start a held process again"],
      ["cut NODE", "cut a node off: packets to and from it are silently lost"],
      ["mend NODE", "restore a node's link"],
      ["add-node", "add a fourth node, node-d, which joins as a new instance does"],
      ["remove-node NODE", "remove an added node without draining it"],
    ],
  },
  options: [
    ["--json", "with status: print JSON"],
    ["-f, --follow", "with logs: keep printing new lines"],
  ],
  examples: [
    ["npm run lab -- logs etcd --follow", "watch one process; status shows the names"],
    ["npm run lab -- cut node-b", "the nodes are node-a, node-b and node-c"],
    [`eval "$(npm run --silent lab -- env)"`, "make this shell use the lab"],
  ],
  exitCodes: [
    ["0", "done; with status: the lab is running"],
    ["1", "something failed; with status: the lab is not running"],
    ["2", "wrong call"],
  ],
};

const commands: Readonly<Record<string, (given: Given, signal: AbortSignal) => Promise<number>>> = {
  up,
  down,
  status,
  logs,
  env,
  ...Object.fromEntries(Object.entries(controlCommands).map(([word, command]) => [word, control(command)])),
};

interface Given {
  readonly name: string | undefined;
  readonly json: boolean;
  readonly follow: boolean;
}

await runCommand({
  usage,
  options: { json: { type: "boolean" }, follow: { type: "boolean", short: "f" } },
  positionals: 2,
  run({ positionals, values }, signal) {
    const [word = "", name] = positionals;
    const command = commands[word];
    const complaint = word === "" ? "no command is given" : `unknown command "${word}"`;
    if (command === undefined) throw new UsageError(complaint);
    const { names } = controlCommands[word] ?? {};
    if (name !== undefined && word !== "logs" && names === undefined)
      throw new UsageError(`unknown argument "${name}"`);
    if (name === undefined && names !== undefined)
      throw new UsageError(`${word} needs the name of a ${names}`);
    if (values.json === true && word !== "status") throw new UsageError(`--json is an option of status only`);
    if (values.follow === true && word !== "logs") throw new UsageError(`--follow is an option of logs only`);
    return command({ name, json: values.json === true, follow: values.follow === true }, signal);
  },
});

async function up(_given: Given, signal: AbortSignal): Promise<number> {
  const settings = readLabSettings(checkout);
  const starting = { progress: showProgress(), signal };
  const machine = await provideMachine(settings, starting);
  const tools = await provideLabTools(machine, settings);
  await startLab(settings, tools, starting);
  const { title } = labCloud(settings.cloud);
  console.log(`
Kubernetes API  KUBECONFIG=${settings.kubeconfig} kubectl get nodes
${`${title} API`.padEnd(14)}  ${cloudApi(settings)}, with any credentials
In this shell   eval "$(${callOf("--silent lab -- env")})" makes its commands use both
Stop            ${callOf("lab -- down")}`);
  return exitCodes.success;
}

async function down(): Promise<number> {
  const { directory } = readLabSettings(checkout);
  const stopped = await labDown(directory);
  console.log(stopped ? "the lab is stopped" : "the lab was not running");
  return exitCodes.success;
}

function status({ json }: Given): Promise<number> {
  const report = labReport(readLabSettings(checkout));
  console.log(json ? JSON.stringify(report.data, undefined, 2) : report.text);
  return Promise.resolve(report.data.running ? exitCodes.success : exitCodes.failure);
}

async function logs({ name, follow }: Given, signal: AbortSignal): Promise<number> {
  const { directory } = readLabSettings(checkout);
  const known = logNames(directory);
  if (name !== undefined && !known.includes(name)) {
    throw new UsageError(
      `there is no log "${name}"; the logs are: ${known.join(", ") || "none, because the lab has not run yet"}`,
    );
  }
  await showLogs(directory, name === undefined ? known : [name], follow, signal);
  return exitCodes.success;
}

function control({ run }: ControlCommand): (given: Given) => Promise<number> {
  return async ({ name = "" }) => {
    console.log(await run(controlLab(runningLab()), name));
    return exitCodes.success;
  };
}

async function env(_given: Given, signal: AbortSignal): Promise<number> {
  const { PATH = "", ...pulumi } = await provideDevPulumi({ progress: unseen, signal });
  const settings = readLabSettings(checkout);
  const environment = { ...pulumi, KUBECONFIG: settings.kubeconfig, ...cloudEnvironment(settings) };
  for (const [name, value] of Object.entries(environment)) console.log(`export ${name}=${quote(value)}`);
  // The shell keeps its own PATH after these: npm has added directories to the one that this process sees.
  console.log(`export PATH=${quote(PATH.slice(0, -searchPath().length))}"$PATH"`);
  return exitCodes.success;
}
