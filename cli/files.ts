/** The files with manifests that a command line names, and how they are judged. */
import { readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import type { Cloud } from "../comparison/clouds/cloud.ts";
import type { NetworkSize } from "../comparison/clouds/manifests.ts";
import { manifestFile } from "../comparison/manifests/file.ts";
import type { FoundService, ManifestFile } from "../comparison/manifests/file.ts";
import { controllerNamed, controllerNames } from "../comparison/manifests/ground.ts";
import type { Served } from "../comparison/manifests/ground.ts";
import { NotComparable } from "../comparison/sources/eligibility.ts";
import type { Arguments } from "./command.ts";
import { UsageError } from "./command.ts";
import { fileProblem } from "./fileProblem.ts";
import type { Row } from "./usage.ts";

/** Options that need `--file`. */
export const fileOptions = {
  file: { type: "string", multiple: true },
  controller: { type: "string" },
  nodes: { type: "string" },
  subnets: { type: "string" },
} as const;

export const fileRows: readonly Row[] = [
  [
    "--file FILE",
    "manifests in YAML or JSON; - is the standard input. One file: every Service in it is judged. Two: one Service of each is compared",
  ],
  [
    "--controller NAME",
    `with --file: the controller of Services that name none; ${controllerNames.join(", ")} (default: ${controllerNames[0] ?? ""})`,
  ],
  ["--nodes N", "with --file: how many nodes the cluster has (default: 3)"],
  ["--subnets N", "with --file: how many subnets it has (default: 3)"],
];

/** Undefined without `--file`. */
export interface FilesCall {
  readonly files: readonly string[];
  /** Names of Services, as `--service` gives them. */
  readonly names: readonly string[];
  readonly served: Served;
  readonly size: NetworkSize;
}

/** @param clouds with their controllers. @default all, with the default configurations @throws {UsageError} */
export function filesCall(values: Arguments["values"], clouds?: readonly Cloud[]): FilesCall | undefined {
  const files = (values.file ?? []) as string[];
  const names = (values.service ?? []) as string[];
  if (files.length === 0) {
    const [alone] = (["controller", "nodes", "subnets"] as const).filter(
      (name) => values[name] !== undefined,
    );
    if (alone !== undefined) throw new UsageError(`--${alone} needs --file, and there is none`);
    return undefined;
  }
  if (files.includes(""))
    throw new UsageError('--file "" is not allowed; allowed is a path, or - for the standard input');
  if (values["load-balancer"] !== undefined)
    throw new UsageError(
      "--load-balancer chooses among those of a cluster, and --file needs none; give only one of them",
    );
  if (files.length > 2)
    throw new UsageError(`--file is given ${files.length} times; give it once to judge, twice to compare`);
  if (files.filter((file) => file === "-").length > 1)
    throw new UsageError("--file - is given twice; the standard input can be read once");
  if (names.length > 2)
    throw new UsageError(`--service is given ${names.length} times; with --file give it at most twice`);
  const served = controllerNamed(String(values.controller ?? controllerNames[0]), clouds);
  if (served === undefined)
    throw new UsageError(
      `--controller "${String(values.controller)}" is not known; allowed are ${controllerNames.join(", ")}`,
    );
  return { files, names, served, size: { ...count(values, "nodes"), ...count(values, "subnets") } };
}

function count(values: Arguments["values"], name: "nodes" | "subnets"): NetworkSize {
  const given = values[name];
  if (given === undefined) return {};
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1 || number > 100)
    throw new UsageError(
      `--${name} "${String(given)}" is not allowed; allowed are whole numbers from 1 to 100`,
    );
  return { [name]: number };
}

/** @throws NotComparable if a file cannot be read */
export async function readFiles({ files, served }: FilesCall): Promise<ManifestFile[]> {
  const { controllers } = served.cloud;
  return Promise.all(
    files.map(async (file) =>
      file === "-"
        ? manifestFile(
            decoded(await buffer(process.stdin), "the standard input"),
            "standard input",
            controllers,
          )
        : manifestFile(readText(file), file, controllers),
    ),
  );
}

/** @throws NotComparable if it is not in UTF-8, such as what PowerShell writes with `>` */
function decoded(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new NotComparable([`${what} is not in UTF-8; save it in UTF-8`]);
  }
}

function readText(file: string): string {
  try {
    return decoded(readFileSync(file), `--file ${file}`);
  } catch (error) {
    if (error instanceof NotComparable) throw error;
    throw new NotComparable([fileProblem("--file", file, error)]);
  }
}

/** The one Service of a file that is compared. @param name of `--service`, if it is given @throws NotComparable */
export function oneOf({ name: file, services }: ManifestFile, name: string | undefined): FoundService {
  const candidates =
    name === undefined ? services.filter(isExposed) : services.filter((each) => each.name === name);
  const [first] = candidates;
  if (first !== undefined && candidates.length === 1) return first;
  const listed = services.map(inList).join(", ") || "no Service";
  if (name === undefined && candidates.length === 0)
    throw new NotComparable([
      `${file} has no Service of type NodePort or LoadBalancer, and only those can be compared; it has ${listed}`,
    ]);
  throw new NotComparable([
    name === undefined
      ? `${file} has ${candidates.length} Services of type NodePort or LoadBalancer; choose one with --service NAMESPACE/NAME: it has ${listed}`
      : `${file} has ${candidates.length === 0 ? "no Service" : `${candidates.length} Services`} ${name}; it has ${listed}`,
  ]);
}

function inList(found: FoundService): string {
  return found.kind === "valid" ? `${found.name} (${found.service.facts.type})` : found.name;
}

/** Invalid ones as well: nothing else would say what is wrong with them. */
function isExposed(found: FoundService): boolean {
  return found.kind === "invalid" || ["NodePort", "LoadBalancer"].includes(found.service.facts.type);
}
