/** The lab's AWS at work: starts its processes and keeps its account. Loads the AWS SDK. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../../files.ts";
import type { NodeLayout } from "../../layout.ts";
import { ownProgram } from "../../program.ts";
import { until } from "../../until.ts";
import type { CloudAccount, CloudRun, ConnectedCloud, Machine } from "../cloud.ts";
import { seedAccount } from "./account/account.ts";
import type { Account } from "./account/account.ts";
import { withAws } from "./account/clients.ts";
import { runInstance } from "./account/instances.ts";
import { joinNodeGroup, terminateNode } from "./account/nodeGroup.ts";
import { shapeNamed } from "./account/shapes/index.ts";
import { nodeGroupOf } from "./account/shapes/shape.ts";
import type { AccountShape } from "./account/shapes/shape.ts";
import { emulatorCommand, emulatorIsReady } from "./api/emulatorProcess.ts";
import { cloudControllerFlags } from "../cloudController.ts";
import { cloudConfig } from "./controller/cloudConfig.ts";
import { controllerEnvironment } from "./controllerEnvironment.ts";
import { listeningLoadBalancers } from "./entries.ts";
import { objectsToApply, runLoadBalancerController } from "./loadBalancerController/start.ts";
import { awsAddress, awsEndpoint, balancerStateFile, region, zoneOf } from "./layout.ts";

/** Generous, for machines that are busy with a build. */
const apiTimeoutMs = 60_000;
const apiProcess = "aws-api";

export const connectedAws: ConnectedCloud = {
  async startApi({ state, python, timeScale, quotas, start, throwIfFailing }) {
    const stateDirectory = join(state, "aws");
    mkdirSync(stateDirectory, { recursive: true });
    const command = emulatorCommand({
      python,
      stateDirectory,
      host: "0.0.0.0",
      port: awsAddress.port,
      timeScale,
      ...(quotas === undefined ? {} : { quotas }),
    });
    start(apiProcess, command);
    const answers = (): Promise<boolean> => {
      throwIfFailing(apiProcess);
      return emulatorIsReady(awsEndpoint);
    };
    await until("the AWS API", answers, apiTimeoutMs);
  },
  furnish: async (run) => new AwsAccount(run, await seedAccount(awsEndpoint, shapeNamed(run.shape))),
  loadBalancers: listeningLoadBalancers,
};

class AwsAccount implements CloudAccount {
  readonly #run: CloudRun;
  readonly #account: Account;

  constructor(run: CloudRun, account: Account) {
    this.#run = run;
    this.#account = account;
  }

  machineOf(node: NodeLayout): Machine {
    const found = this.#account.nodes.find(({ name }) => name === node.name);
    if (found === undefined) throw new Error(`the emulated account has no instance for ${node.name}`);
    return machine(node, found.instanceId, this.#account.place.shape);
  }

  addMachine(node: NodeLayout): Promise<Machine> {
    const { place } = this.#account;
    return withAws(awsEndpoint, async (clients) => {
      const instanceId = await runInstance(clients.ec2, place, node);
      try {
        await joinNodeGroup(clients.autoScaling, place.shape, { zone: node.zone, instanceId });
      } catch (error) {
        await terminateNode(clients, instanceId).catch(() => undefined);
        throw error;
      }
      return machine(node, instanceId, place.shape);
    });
  }

  removeMachine({ id }: Machine): Promise<void> {
    return withAws(awsEndpoint, (clients) => terminateNode(clients, id));
  }

  startLoadBalancing(): void {
    const { checkout, state, timeScale, loadBalancerProxy, start } = this.#run;
    start(
      "nlb",
      ownProgram(checkout, "lab/clouds/aws/balancer/main.ts", [
        ...["--endpoint", awsEndpoint],
        ...["--state", join(state, balancerStateFile)],
        ...["--time-scale", String(timeScale)],
        ...(loadBalancerProxy === undefined ? [] : ["--proxy", loadBalancerProxy]),
      ]),
    );
  }

  controllerObjects({ certificates }: Parameters<CloudAccount["controllerObjects"]>[0]): readonly object[] {
    return objectsToApply(certificates, this.#run);
  }

  async startControllers(...[cluster, kubectl]: Parameters<CloudAccount["startControllers"]>): Promise<void> {
    const { bin, kubeconfigs } = cluster;
    const configuration = join(kubeconfigs, "cloud.conf");
    writeWhole(configuration, cloudConfig(this.#account));
    this.#run.start("aws-cloud-controller-manager", {
      program: join(bin, "aws-cloud-controller-manager"),
      args: cloudControllerFlags("aws", {
        kubeconfig: join(kubeconfigs, "cloud-controller-manager"),
        cloudConfig: configuration,
      }),
      env: controllerEnvironment,
    });
    await runLoadBalancerController({ ...cluster, kubectl, run: this.#run, vpcId: this.#account.vpcId });
  }
}

/** What a node's kubelet is told about its instance. */
export function machine(node: NodeLayout, instanceId: string, shape: AccountShape): Machine {
  const zone = zoneOf(node);
  return {
    id: instanceId,
    // https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/instances.go (KubernetesInstanceID)
    providerId: `aws:///${zone}/${instanceId}`,
    // https://kubernetes.io/docs/reference/labels-annotations-taints/#topologykubernetesiozone
    labels: {
      "topology.kubernetes.io/region": region,
      "topology.kubernetes.io/zone": zone,
      ...nodeGroupOf(shape, node.zone).labels,
    },
  };
}
