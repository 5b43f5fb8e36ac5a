/** The stacks whose state is in this checkout, as `pulumiEnvironment` makes Pulumi keep it. */
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";

/** @param checkout the directory that holds the state, in `.pulumi/` @param stack without owner and project */
export function isStackHere(checkout: string, stack: string): boolean {
  const stacks = join(checkout, ".pulumi", "stacks");
  const files = existsSync(stacks) ? readdirSync(stacks, { recursive: true, encoding: "utf8" }) : [];
  return files.some((file) => basename(file) === `${stack}.json`);
}
