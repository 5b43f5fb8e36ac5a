/** The cluster that a command line names. */
import { statSync } from "node:fs";
import type { Arguments } from "./command.ts";
import { UsageError } from "./command.ts";
import type { Row } from "./usage.ts";

/** As kubectl's options of these names. */
export interface ChosenCluster {
  readonly kubeconfig?: string;
  readonly context?: string;
}

export const clusterOptions = { kubeconfig: { type: "string" }, context: { type: "string" } } as const;

export const clusterRows: readonly Row[] = [
  [
    "--kubeconfig FILE",
    "with --service or --orphans: the kubeconfig (default: the one that kubectl uses; for --orphans the lab's, unless there is --context)",
  ],
  ["--context NAME", "with --service or --orphans: the kubeconfig's context (default: the current one)"],
];

/** @returns undefined if it names none @throws {UsageError} for an empty value, a kubeconfig that is no file, or where no cluster is asked */
export function chosenCluster(values: Arguments["values"]): ChosenCluster | undefined {
  const [first] = givenOf(values);
  if (first !== undefined && values.file !== undefined)
    throw new UsageError(`--${first} names a cluster, and --file needs none; give only one of them`);
  if (first !== undefined && values.service === undefined && values.orphans !== true)
    throw new UsageError(`--${first} needs --service or --orphans, and there is neither`);
  return namedCluster(values);
}

/** For a command that always asks a cluster. @returns undefined if it names none @throws {UsageError} for an empty value, or a kubeconfig that is no file */
export function namedCluster(values: Arguments["values"]): ChosenCluster | undefined {
  const given = givenOf(values);
  if (given.length === 0) return undefined;
  const empty = given.find((name) => values[name] === "");
  if (empty !== undefined)
    throw new UsageError(
      `--${empty} "" is not allowed; allowed is ${empty === "context" ? "a context's name" : "a file"}`,
    );
  const { kubeconfig } = values;
  if (typeof kubeconfig === "string" && statSync(kubeconfig, { throwIfNoEntry: false })?.isFile() !== true)
    throw new UsageError(`--kubeconfig "${kubeconfig}" is no file; name a kubeconfig that exists`);
  return Object.fromEntries(given.map((name) => [name, values[name]]));
}

const givenOf = (values: Arguments["values"]): readonly (keyof ChosenCluster)[] =>
  (["kubeconfig", "context"] as const).filter((name) => values[name] !== undefined);
