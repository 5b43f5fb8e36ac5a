/** The lab that cases are tried on: the project's commands, the cluster and the AWS account, and what they say. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { CoreV1Api, KubeConfig, KubernetesObjectApi } from "@kubernetes/client-node";
import { notesOf } from "../../../comparison/report/notes.ts";
import type { Comparison } from "../../../comparison/result/comparison.ts";
import { labClients } from "../../../lab/clouds/aws/clients.ts";
import type { AwsClients } from "../../../lab/clouds/aws/clients.ts";
import { region } from "../../../lab/clouds/aws/layout.ts";
import { cloudEnvironment } from "../../../lab/clouds/environment.ts";
import { nodes, spareNodes } from "../../../lab/layout.ts";
import { labStack } from "../../../lab/settings.ts";
import { targetsOf } from "../../live/clouds/aws/account.ts";
import { eventually } from "../../live/eventually.ts";
import { healthyTargets } from "../../live/healthyTargets.ts";
import { Project } from "../../live/project.ts";
import type { Ended } from "../../live/project.ts";
import type { Said } from "./labCase.ts";
import { deleted, objectsIn } from "./objects.ts";

const controller = "aws-cloud-controller-manager";

/** Registration of a target takes 3 s instead of 180. */
const timeScale = 60;

export class CaseLab {
  readonly project: Project;
  readonly aws: AwsClients & { readonly autoScaling: AutoScalingClient };
  readonly cluster: CoreV1Api;
  readonly #objects: KubernetesObjectApi;
  readonly #stackFile: string;
  /** The controller's configuration file. */
  readonly #cloudConfig: string;
  /** What undoes what was done, the last first. */
  readonly #undo: (() => Promise<unknown>)[] = [];

  private constructor(project: Project) {
    const { settings } = project;
    const config = new KubeConfig();
    config.loadFromFile(settings.kubeconfig);
    const { AWS_ENDPOINT_URL: endpoint = "" } = cloudEnvironment(settings);
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    this.project = project;
    this.aws = {
      ...labClients(settings),
      autoScaling: new AutoScalingClient({ region, endpoint, credentials }),
    };
    this.cluster = config.makeApiClient(CoreV1Api);
    this.#objects = KubernetesObjectApi.makeApiClient(config);
    this.#stackFile = join(project.directory, `Pulumi.${labStack}.yaml`);
    this.#cloudConfig = join(settings.directory, "state/kubeconfigs/cloud.conf");
  }

  static async start(): Promise<CaseLab> {
    const project = await Project.make();
    project.configure("lab:timeScale", timeScale);
    project.environment = cloudEnvironment(project.settings);
    await project.succeed("lab", "up");
    return new CaseLab(project);
  }

  /** Adds what leaves the lab as it was. */
  afterwards(undo: () => Promise<unknown>): void {
    this.#undo.push(undo);
  }

  async undo(): Promise<void> {
    for (;;) {
      const undo = this.#undo.pop();
      if (undo === undefined) return;
      await undo();
    }
  }

  /** Sets keys of the program's configuration. */
  configure(keys: Readonly<Record<string, unknown>>): void {
    const before = readFileSync(this.#stackFile, "utf8");
    this.afterwards(() => {
      writeFileSync(this.#stackFile, before);
      return Promise.resolve();
    });
    for (const [key, value] of Object.entries(keys))
      this.project.configure(`nodeport-vs-loadbalancer:${key}`, value);
  }

  /** A command of the project, with its output as one text. */
  async command(command: string, ...args: readonly string[]): Promise<Said> {
    return saidBy(await this.project.run(command, ...args));
  }

  /** `npm run compare`, of both ways of the stack, or of two Services. */
  async compare(...services: readonly string[]): Promise<Said> {
    const { kubeconfig } = this.project.settings;
    const named = services.flatMap((service) => ["--service", service]);
    const where = services.length === 0 ? [] : ["--kubeconfig", kubeconfig];
    return comparisonSaid(await this.project.run("compare", "--json", ...named, ...where));
  }

  /** Makes the objects of a manifest of this folder. */
  async apply(file: string): Promise<void> {
    for (const object of objectsIn(file)) {
      await this.#objects.create(object);
      this.afterwards(() => deleted(this.#objects, object));
    }
  }

  /** Resolves once both ways of the stack have so many targets, all of them healthy. */
  async healthy(count: number = nodes.length): Promise<void> {
    const text = await this.project.succeed("pulumi", "stack", "output", "--json");
    const { nodePort, loadBalancer } = JSON.parse(text) as Readonly<Record<string, { hostname: string }>>;
    const hosts = [nodePort, loadBalancer].map((way) => way?.hostname ?? "");
    await eventually(`both ways have ${count} targets`, async () => {
      const found = await Promise.all(hosts.map((host) => targetsOf(this.aws.elbv2, host)));
      return found.every(({ length }) => length === count);
    });
    await healthyTargets(this.aws.elbv2, hosts);
  }

  /** Lets a spare node join the cluster. */
  async addNode(): Promise<void> {
    await this.project.succeed("lab", "add-node");
    const [{ name } = { name: "" }] = spareNodes;
    this.afterwards(() => this.project.succeed("lab", "remove-node", name));
  }

  /** Resolves with the host name of the load balancer that the controller made, once all its targets are healthy. */
  async served(namespace: string, name: string): Promise<string> {
    let host = "";
    await eventually(`${namespace}/${name} has a load balancer`, async () => {
      const { status } = await this.cluster.readNamespacedService({ namespace, name });
      host = status?.loadBalancer?.ingress?.[0]?.hostname ?? "";
      return host !== "";
    });
    await healthyTargets(this.aws.elbv2, [host]);
    return host;
  }

  /** Restarts the cloud controller manager with these keys, beside the lab's own, in the section `Global` of its configuration file. */
  async configureController(keys: Readonly<Record<string, string>>): Promise<void> {
    const lines = Object.entries(keys).map(([key, value]) => `${key} = ${value}\n`);
    const before = readFileSync(this.#cloudConfig, "utf8");
    const restart = async (text: string): Promise<void> => {
      writeFileSync(this.#cloudConfig, text);
      await this.project.succeed("lab", "kill", controller);
    };
    this.afterwards(() => restart(before));
    await restart(before.replace("[Global]\n", `[Global]\n${lines.join("")}`));
  }

  /** Resolves once no controller makes load balancers. */
  async holdController(): Promise<void> {
    await this.project.succeed("lab", "hold", controller);
    this.afterwards(() => this.releaseController());
  }

  async releaseController(): Promise<void> {
    await this.project.succeed("lab", "release", controller);
  }

  async stop(): Promise<void> {
    this.aws.autoScaling.destroy();
    await this.project.remove();
  }
}

export function saidBy({ status, stdout, stderr }: Ended): Said {
  return { exit: status, text: `${stdout}\n${stderr}`, short: stderr.trim() };
}

export function comparisonSaid({ status, stdout, stderr }: Ended): Said {
  if (stdout === "") return { exit: status, text: stderr, short: stderr.trim() };
  const comparison = JSON.parse(stdout) as Comparison;
  const { verdict, explanations, opensMore, predictions } = comparison;
  const configurations = predictions.flatMap(({ service, configuration }) =>
    configuration === undefined ? [] : [`${service}: as with ${configuration}`],
  );
  const short = [verdict.sentence, ...verdict.reasons, ...opensMore, ...configurations];
  const more = [
    ...explanations.map(({ why }) => why),
    ...notesOf(comparison).flatMap(({ lines }) => lines),
    ...predictions.map(({ service, outcome, reason }) => `${service}: ${outcome}; ${reason}`),
  ];
  return { exit: status, text: [...short, ...more].join("\n"), short: short.join("\n") };
}
