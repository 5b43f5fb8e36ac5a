/** The lab's settings: what Pulumi.<stack>.yaml says, checked. The stack's file is the only place that holds them. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as v from "valibot";
import { parse } from "yaml";
import type { LabCloud, LabQuotas } from "./clouds/cloud.ts";
import { defaultCloud, labClouds } from "./clouds/index.ts";
import { hostPort } from "./hostPort.ts";
import { kubernetesVersions } from "./kubernetesVersions.ts";
import type { KubernetesVersion } from "./kubernetesVersions.ts";
import { entryPorts, proxyModes } from "./plan.ts";
import type { EntryPort, LabPorts, ProxyMode } from "./plan.ts";

/** The stack of a command that names none. */
export const firstStack = "dev";

/** The stack that the lab of this process is for. */
export let labStack = firstStack;

/** Chooses another stack that has a lab of its own. Called once, before anything asks for settings. */
export function useLabStack(stack: string): void {
  labStack = stack;
}

/** Whether a stack of this checkout runs on a lab, as its configuration says. */
export function hasLab(checkout: string, stack: string): boolean {
  const file = join(checkout, `Pulumi.${stack}.yaml`);
  return existsSync(file) && /^ +lab:ports:/m.test(readFileSync(file, "utf8"));
}

/** Each stack's lab has a directory of its own, so that labs can run side by side. */
const labDirectory = (checkout: string): string =>
  labStack === firstStack ? join(checkout, ".lab") : join(checkout, ".lab", "stacks", labStack);

export interface LabSettings {
  /** The lab's directory. */
  readonly directory: string;
  /** Where the kubeconfig for the host goes. */
  readonly kubeconfig: string;
  /** The name of the cloud that the lab imitates. @default the first of the list */
  readonly cloud?: string;
  readonly ports: LabPorts;
  /** How many times faster than documented the load balancers' clocks run: 1 is real time. */
  readonly timeScale: number;
  readonly quotas?: LabQuotas;
  /** How the cloud's account is furnished. @default usualShape */
  readonly shape?: string;
  /** Whether the cloud's optional controller for load balancers runs as well. @default whether the stack's program needs it, as its configuration says */
  readonly loadBalancerController?: boolean;
  /** Whether the load balancers can end TLS and add proxy protocol headers. @default false */
  readonly loadBalancerProxy?: boolean;
  /** @default "nftables" */
  readonly proxyMode?: ProxyMode;
  /** @default usualVersion */
  readonly kubernetesVersion?: KubernetesVersion;
}

/** The message names the file, each faulty key, its value, and what is allowed. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

/** The key that sets each port, for error messages. */
export const portKeys = ({ apiPort }: LabCloud): Readonly<Record<EntryPort, string>> => ({
  kubernetes: "lab:ports.kubernetes",
  cloudApi: apiPort.key,
  nodePort: "lab:ports.nodePort",
  loadBalancer: "lab:ports.loadBalancer",
});

/** @throws {SettingsError} if the file can't be read or a value is not allowed */
export function readLabSettings(checkout: string): LabSettings {
  const file = `Pulumi.${labStack}.yaml`;
  return parseLabSettings(readText(join(checkout, file)), checkout, file);
}

/**
 * @param text the stack's file
 * @param checkout what relative paths start from
 * @param file the file's name, for errors
 */
export function parseLabSettings(text: string, checkout: string, file: string): LabSettings {
  const { config } = checked(
    v.object({ config: v.looseObject({}, mapping) }, mapping),
    parseYaml(text, file),
    file,
  );
  const { "lab:cloud": name } = checked(cloudChoice, config, file);
  const cloud = labClouds.find((candidate) => candidate.name === name) ?? defaultCloud;
  const values = checked(settingsFor(cloud), config, file);
  const settings: LabSettings = {
    directory: labDirectory(checkout),
    kubeconfig: resolve(checkout, values["kubernetes:kubeconfig"]),
    cloud: cloud.name,
    ports: {
      ...values["lab:ports"],
      cloudApi: checked(cloud.apiPort.schema, config[cloud.apiPort.key], file, cloud.apiPort.key),
    },
    timeScale: values["lab:timeScale"],
    ...(values["lab:proxyMode"] === undefined ? {} : { proxyMode: values["lab:proxyMode"] }),
    ...(values["lab:kubernetesVersion"] === undefined
      ? {}
      : { kubernetesVersion: values["lab:kubernetesVersion"] }),
    ...(values["lab:quotas"] === undefined ? {} : { quotas: values["lab:quotas"] }),
    ...(values["lab:shape"] === undefined ? {} : { shape: values["lab:shape"] }),
    ...((values["lab:loadBalancerController"] ?? isNeeded(cloud, config))
      ? { loadBalancerController: true }
      : {}),
    ...(values["lab:loadBalancerProxy"] === true ? { loadBalancerProxy: true } : {}),
  };
  refuseDuplicates(settings.ports, cloud, file);
  return settings;
}

/** Whether a program of the stack needs the controller, by its own configuration. */
function isNeeded({ loadBalancerController }: LabCloud, config: Readonly<Record<string, unknown>>): boolean {
  const neededFor = Object.entries(loadBalancerController?.neededFor ?? {});
  return Object.entries(config).some(([key, value]) =>
    // The CLI writes every value as text: pulumi config set.
    neededFor.some(([name, needed]) => key.endsWith(`:${name}`) && String(value) === String(needed)),
  );
}

const mapping = "a mapping";
const versions = `one of ${kubernetesVersions.join(", ")}`;
const speed = "a number from 1 (real time) to 100 (a hundred times as fast)";
const kubeconfigPath = "the path of the file that the lab writes, such as .lab/kubeconfig";

const names = labClouds.map((cloud) => cloud.name);
const cloudChoice = v.object({
  "lab:cloud": v.optional(v.picklist(names, `one of ${names.join(", ")}`), defaultCloud.name),
});

/** The keys of the configuration that the lab reads. Others are the program's and the providers'. */
const settingsFor = ({
  title,
  quotas,
  shapes,
  scalesTime,
  loadBalancerController,
  loadBalancerProxy,
}: LabCloud) =>
  v.object({
    "kubernetes:kubeconfig": v.pipe(v.string(kubeconfigPath), v.nonEmpty(kubeconfigPath)),
    "lab:ports": v.object({ kubernetes: hostPort, nodePort: hostPort, loadBalancer: hostPort }, mapping),
    "lab:timeScale": v.optional(
      scalesTime
        ? v.pipe(v.number(speed), v.minValue(1, speed), v.maxValue(100, speed))
        : v.literal(1, `1, or left out: the load balancers of the lab's ${title} run in real time`),
      1,
    ),
    "lab:loadBalancerController": v.optional(
      loadBalancerController === undefined
        ? v.literal(false, `left out: the lab has no second controller of ${title}`)
        : v.boolean(`true, to run ${loadBalancerController.name} as well, or false`),
    ),
    "lab:loadBalancerProxy": v.optional(
      loadBalancerProxy === undefined
        ? v.literal(false, `left out: the lab has no proxy for load balancers of ${title}`)
        : v.boolean(`true, to end TLS and add proxy protocol headers by ${loadBalancerProxy.name}, or false`),
    ),
    "lab:shape": v.optional(v.picklist(shapes, `one of ${shapes.join(", ")}`)),
    "lab:proxyMode": v.optional(v.picklist(proxyModes, `one of ${proxyModes.join(", ")}`)),
    "lab:kubernetesVersion": v.optional(
      v.pipe(
        // Without quotes, YAML reads a number.
        v.union([v.string(versions), v.number(versions)], versions),
        v.rawTransform(({ dataset, addIssue, NEVER }) => {
          const found = kubernetesVersions.find((version) => version === String(dataset.value));
          if (found !== undefined) return found;
          addIssue({ message: versions });
          return NEVER;
        }),
      ),
    ),
    "lab:quotas": v.optional(
      v.pipe(
        v.record(v.string(), v.unknown(), mapping),
        v.rawTransform(({ dataset, addIssue }): LabQuotas => {
          for (const [name, value] of Object.entries(dataset.value)) {
            const quota = quotas[name];
            const isAllowed = quota !== undefined && v.is(wholeNumberUpTo(quota.most), value);
            if (isAllowed) continue;
            const message =
              quota === undefined
                ? `left out: there is ${Object.keys(quotas).join(", ")} only`
                : `a whole number from 1 to ${quota.most}; ${title}'s default is ${quota.usual}`;
            addIssue({
              message,
              input: value,
              path: [{ type: "object", origin: "value", input: dataset.value, key: name, value }],
            });
          }
          return dataset.value as LabQuotas;
        }),
      ),
    ),
  });

const wholeNumberUpTo = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));

/** @throws {SettingsError} naming every key with a problem, its value, and what is allowed */
function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  file: string,
  key?: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => {
    const place =
      [key, v.getDotPath(issue)].filter((part) => part !== undefined && part !== null).join(".") ||
      "the file";
    const got = issue.input === undefined ? "is missing" : `is ${JSON.stringify(issue.input)}`;
    return `${file}: ${place} ${got}; it must be ${issue.message}`;
  });
  throw new SettingsError(problems.join("\n"));
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new SettingsError(`the lab cannot read its settings from ${path}: ${(error as Error).message}`);
  }
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new SettingsError(`${file} is not valid YAML: ${(error as Error).message}`);
  }
}

function refuseDuplicates(ports: LabPorts, cloud: LabCloud, file: string): void {
  const keys = portKeys(cloud);
  const users = new Map<number, string>();
  for (const entry of entryPorts) {
    const port = ports[entry];
    const other = users.get(port);
    if (other !== undefined)
      throw new SettingsError(
        `${file}: ${other} and ${keys[entry]} are both ${port}; each needs its own port`,
      );
    users.set(port, keys[entry]);
  }
}
