/** How a command line asks for orphans. */
import type { Arguments } from "./command.ts";
import { UsageError } from "./command.ts";
import type { Row } from "./usage.ts";

export const orphansOption = { orphans: { type: "boolean" } } as const;

export const orphansRow: Row = [
  "--orphans",
  "list what exposures left behind: load balancers, target groups and rules, and what they cost; --json prints JSON, which docs/orphans.schema.json describes",
];

const others = [
  "service",
  "load-balancer",
  "file",
  "controller",
  "controller-config",
  "nodes",
  "subnets",
  "markdown",
  "html",
  "picture",
];

/** @throws {UsageError} for an option that goes with a comparison only */
export function asksForOrphans(values: Arguments["values"]): boolean {
  if (values.orphans !== true) return false;
  const other = others.find((name) => values[name] !== undefined);
  if (other !== undefined)
    throw new UsageError(
      `--${other} does not go with --orphans; allowed are --json, --kubeconfig and --context`,
    );
  return true;
}
