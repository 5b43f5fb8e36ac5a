/** Starts the lab's AWS: the emulated API, the account's network and instances, load balancing, and the cloud controller manager. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { seedAccount } from "../clouds/aws/account/account.ts";
import type { Account } from "../clouds/aws/account/account.ts";
import {
  cloudConfig,
  cloudControllerEnvironment,
  cloudControllerFlags,
} from "../clouds/aws/controller/cloudConfig.ts";
import { emulatorCommand, emulatorIsReady } from "../clouds/aws/api/emulatorProcess.ts";
import type { ClusterPlaces } from "../cluster/places.ts";
import { writeWhole } from "../files.ts";
import type { LabFiles } from "../files.ts";
import { awsEndpoint, awsPort, vpc } from "../layout.ts";
import { inNamespace } from "../network/network.ts";
import type { LabPlan } from "../plan.ts";
import { ownProgram } from "../program.ts";
import type { Command } from "./process.ts";
import { until } from "./until.ts";
import type { StatusReport } from "./status.ts";
import type { Supervisor } from "./supervisor.ts";

const apiTimeout = 60_000;

/** Resolves with the account's ids once the API answers and the account is furnished. */
export async function startAwsApi(
  plan: LabPlan,
  files: LabFiles,
  supervisor: Supervisor,
  report: StatusReport,
): Promise<Account> {
  const state = join(files.state, "aws");
  mkdirSync(state, { recursive: true });
  supervisor.start(
    "aws-api",
    emulatorCommand({
      python: plan.tools.python,
      stateDirectory: state,
      host: "0.0.0.0",
      port: awsPort,
      timeScale: plan.timeScale,
      ...(plan.quotas === undefined ? {} : { quotas: plan.quotas }),
    }),
  );
  await until("the AWS API", () => emulatorIsReady(awsEndpoint), apiTimeout);
  report.done("AWS API");
  const account = await seedAccount(awsEndpoint);
  report.done("AWS account");
  return account;
}

/** The load balancers' data plane, the VPC's resolver, and the doors that lead through both. */
export function startLoadBalancing(plan: LabPlan, files: LabFiles, supervisor: Supervisor): void {
  const state = join(files.state, "nlb.json");
  const own = (program: string, args: readonly string[]): Command => ownProgram(plan.checkout, program, args);
  supervisor.start(
    "nlb",
    own("lab/clouds/aws/balancer/main.ts", [
      "--endpoint",
      awsEndpoint,
      "--state",
      state,
      "--time-scale",
      plan.timeScale.toString(),
    ]),
  );
  supervisor.start("dns", own("lab/dns/main.ts", ["--address", vpc.resolver, "--state", state]));
  supervisor.start("doors", inClientNamespace(own("lab/forward/main.ts", [])));
}

export function startCloudController(account: Account, cluster: ClusterPlaces, supervisor: Supervisor): void {
  const configuration = join(cluster.kubeconfigs, "cloud.conf");
  writeWhole(configuration, cloudConfig(account));
  supervisor.start("aws-cloud-controller-manager", {
    program: join(cluster.bin, "aws-cloud-controller-manager"),
    args: cloudControllerFlags({
      kubeconfig: join(cluster.kubeconfigs, "cloud-controller-manager"),
      cloudConfig: configuration,
    }),
    env: cloudControllerEnvironment,
  });
}

function inClientNamespace({ program, args }: Command): Command {
  const [ip = "", ...rest] = inNamespace("client", [program, ...args]);
  return { program: ip, args: rest };
}
