/** The lab's settings: what Pulumi.<stack>.yaml says, checked. The stack's file is the only place where they are written down. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import type { Door, LabPorts, LabQuotas } from "./plan.ts";

/** The stack that the lab is for. */
export const labStack = "dev";

export interface LabSettings {
  /** The lab's directory. */
  readonly directory: string;
  /** Where the kubeconfig for the host goes. */
  readonly kubeconfig: string;
  readonly ports: LabPorts;
  /** How many times faster than AWS's documented clocks the load balancers' run: 1 is real time. */
  readonly timeScale: number;
  readonly quotas?: LabQuotas;
}

/** What is wrong with the settings, where they are, and what is allowed. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

/** Where each door's port is set, to be named in errors. */
export const keyOfPort: Readonly<Record<Door, string>> = {
  kubernetes: "lab:ports.kubernetes",
  aws: "aws:endpoints",
  nodePort: "lab:ports.nodePort",
  loadBalancer: "lab:ports.loadBalancer",
};

/** @throws {SettingsError} if the file can't be read or a value is not what it should be */
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
  const { config } = asRecord(parseYaml(text, file), file, "the file");
  const given = asRecord(config, file, "config");
  const ports = asRecord(given["lab:ports"], file, "lab:ports");
  const kubeconfig = given["kubernetes:kubeconfig"];
  if (typeof kubeconfig !== "string" || kubeconfig === "") {
    throw refuse(
      file,
      "kubernetes:kubeconfig",
      kubeconfig,
      "the path of the file that the lab writes, such as .lab/kubeconfig",
    );
  }
  const settings: LabSettings = {
    directory: join(checkout, ".lab"),
    kubeconfig: resolve(checkout, kubeconfig),
    ports: {
      kubernetes: asPort(ports.kubernetes, file, keyOfPort.kubernetes),
      aws: awsPort(given["aws:endpoints"], file),
      nodePort: asPort(ports.nodePort, file, keyOfPort.nodePort),
      loadBalancer: asPort(ports.loadBalancer, file, keyOfPort.loadBalancer),
    },
    timeScale: asTimeScale(given["lab:timeScale"], file),
    ...(given["lab:quotas"] === undefined ? {} : { quotas: asQuotas(given["lab:quotas"], file) }),
  };
  refuseDuplicates(settings.ports, file);
  return settings;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new SettingsError(
      `the lab reads its settings from ${path}, which can't be read: ${(error as Error).message}`,
    );
  }
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new SettingsError(`${file} is no YAML: ${(error as Error).message}`);
  }
}

function asRecord(value: unknown, file: string, key: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw refuse(file, key, value, "a mapping");
}

/** Ports below 1024 are left out: an ordinary user can't open them. */
function asPort(value: unknown, file: string, key: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1024 && value <= 65535) return value;
  throw refuse(file, key, value, "a whole number from 1024 to 65535");
}

/** The provider's `endpoints` are a list of mappings from service to URL; the lab's are all the same. */
function awsPort(value: unknown, file: string): number {
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  const urls = new Set(
    entries.flatMap((entry): unknown[] =>
      typeof entry === "object" && entry !== null ? Object.values(entry) : [entry],
    ),
  );
  const [url] = urls;
  const allowed = "the same URL for every service, such as http://127.0.0.1:24566";
  if (urls.size !== 1 || typeof url !== "string" || !URL.canParse(url))
    throw refuse(file, keyOfPort.aws, value, allowed);
  const { hostname, port } = new URL(url);
  if (hostname !== "127.0.0.1" && hostname !== "localhost") {
    throw refuse(file, keyOfPort.aws, url, "a URL on 127.0.0.1, where the lab listens");
  }
  return asPort(Number(port), file, keyOfPort.aws);
}

function asTimeScale(value: unknown, file: string): number {
  if (value === undefined) return 1;
  if (typeof value === "number" && value >= 1 && value <= 100) return value;
  throw refuse(
    file,
    "lab:timeScale",
    value,
    "a number from 1 (AWS's own clocks) to 100 (a hundred times as fast)",
  );
}

/** AWS grants so many rules that those of a network interface's groups together are at most 1000. */
function asQuotas(value: unknown, file: string): LabQuotas {
  const { rulesPerSecurityGroup, ...others } = asRecord(value, file, "lab:quotas");
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw refuse(
      file,
      `lab:quotas.${unknown}`,
      others[unknown],
      "left out: there is rulesPerSecurityGroup only",
    );
  if (rulesPerSecurityGroup === undefined) return {};
  if (
    typeof rulesPerSecurityGroup === "number" &&
    Number.isInteger(rulesPerSecurityGroup) &&
    rulesPerSecurityGroup >= 1 &&
    rulesPerSecurityGroup <= 1000
  )
    return { rulesPerSecurityGroup };
  throw refuse(
    file,
    "lab:quotas.rulesPerSecurityGroup",
    rulesPerSecurityGroup,
    "a whole number from 1 to 1000; AWS's default is 60",
  );
}

function refuseDuplicates(ports: LabPorts, file: string): void {
  const users = new Map<number, string>();
  for (const [door, port] of Object.entries(ports) as [Door, number][]) {
    const other = users.get(port);
    if (other !== undefined) {
      throw new SettingsError(
        `${file}: ${other} and ${keyOfPort[door]} are both ${port}; each needs a port of its own`,
      );
    }
    users.set(port, keyOfPort[door]);
  }
}

function refuse(file: string, key: string, value: unknown, allowed: string): SettingsError {
  const got = value === undefined ? "is missing" : `is ${JSON.stringify(value)}`;
  return new SettingsError(`${file}: ${key} ${got}; it must be ${allowed}`);
}
