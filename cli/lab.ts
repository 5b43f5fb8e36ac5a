/** `npm run lab`: the lab by itself. */
import { controlLab } from "../lab/control/client.ts";
import { labDown } from "../lab/lab.ts";
import { searchPath } from "../lab/requirements/machine.ts";
import { readLabSettings } from "../lab/settings.ts";
import { labAwsEnvironment } from "./awsClients.ts";
import { checkout, provideLabTools, provideMachine, runningLab, startLab } from "./devLab.ts";
import { exitCodes, runCommand, UsageError } from "./command.ts";
import { controlCommands } from "./labControl.ts";
import type { ControlCommand } from "./labControl.ts";
import { showLogs, logNames } from "./labLogs.ts";
import { labReport } from "./labReport.ts";
import { provideDevPulumi } from "./devStack.ts";
import { showProgress, unseen } from "./progress.ts";
import { quote } from "../lab/shell.ts";

const usage = `npm run lab -- COMMAND

The cluster and the AWS account that the stack dev runs on: processes of this machine, in namespaces of their own.

  up                      start it; builds what it is made of the first time
  down                    stop it; nothing of it stays but its state in .lab/ and the cache
  status [--json]         what is running, waiting, held and cut off, and since when
  logs [NAME] [--follow]  what its processes say, all or one
  env                     makes this shell use the lab: pulumi, kubectl, aws, npm run compare:
                          eval "$(npm run --silent lab -- env)"

What can be done to it while it runs. Names of processes are those that status shows; nodes are node-a, node-b and node-c.
The next start of the lab undoes all of it.

  kill PROCESS            end it as a crash would; the lab starts it again
  hold PROCESS            end it, and keep it ended
  release PROCESS         start it again
  cut NODE                cut the node off: packets to it and from it are lost without a word
  mend NODE               mend its link
  add-node                have a fourth node join, node-d, as a new instance does
  remove-node NODE        take it away again, without draining it`;

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
    const complaint = word === "" ? "which command?" : `unknown command "${word}"`;
    if (command === undefined) throw new UsageError(`${complaint}\n\n${usage}`);
    const { names } = controlCommands[word] ?? {};
    if (name !== undefined && word !== "logs" && names === undefined)
      throw new UsageError(`unknown argument "${name}"\n\n${usage}`);
    if (name === undefined && names !== undefined) throw new UsageError(`which ${names}?\n\n${usage}`);
    if (values.json === true && word !== "status")
      throw new UsageError(`--json belongs to status\n\n${usage}`);
    if (values.follow === true && word !== "logs")
      throw new UsageError(`--follow belongs to logs\n\n${usage}`);
    return command({ name, json: values.json === true, follow: values.follow === true }, signal);
  },
});

async function up(_given: Given, signal: AbortSignal): Promise<number> {
  const settings = readLabSettings(checkout);
  const starting = { progress: showProgress(), signal };
  await provideMachine(starting);
  const tools = await provideLabTools(starting);
  await startLab(settings, tools, starting);
  console.log(`
kubectl  KUBECONFIG=${settings.kubeconfig} kubectl get nodes
AWS API  http://127.0.0.1:${settings.ports.aws} (region and any credentials as in Pulumi.dev.yaml)
stop     npm run lab -- down`);
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
      `there is no log "${name}"; there are: ${known.join(", ") || "none, the lab has not run yet"}`,
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
  const { kubeconfig, ports } = readLabSettings(checkout);
  const settings = { ...pulumi, KUBECONFIG: kubeconfig, ...labAwsEnvironment({ ports }) };
  for (const [name, value] of Object.entries(settings)) console.log(`export ${name}=${quote(value)}`);
  // The rest of the PATH is the shell's own; npm has added to the one that this process sees.
  console.log(`export PATH=${quote(PATH.slice(0, -searchPath().length))}"$PATH"`);
  return exitCodes.success;
}
