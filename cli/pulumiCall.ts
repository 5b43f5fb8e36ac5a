/** What a Pulumi command line is about. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { labStack } from "../lab/settings.ts";
import { isStackHere } from "./stacksHere.ts";

/** Commands that need the cluster and the cloud. */
const needsCloud = new Set(["up", "update", "preview", "pre", "refresh", "destroy", "import", "watch"]);

/** The stack that a command line names, without the owner and the project before it. */
export function stackIn(words: readonly string[]): string {
  const at = words.findIndex((word) => word === "--stack" || word === "-s");
  const named =
    at < 0 ? words.find((word) => word.startsWith("--stack="))?.slice("--stack=".length) : words[at + 1];
  return named?.split("/").at(-1) ?? labStack;
}

const asksCloud = (words: readonly string[]): boolean => words.some((word) => needsCloud.has(word));

/** Whether a command line is for the stack on the lab and needs the lab. */
export function isForLab(words: readonly string[]): boolean {
  return asksCloud(words) && stackIn(words) === labStack;
}

/**
 * Says how to make the stack that a command line deploys, previews or destroys, if it is not in this checkout. Pulumi says only that there is none.
 * The stack on the lab is made when it is needed.
 *
 * @param checkout the directory that holds the state, in `.pulumi/`
 */
export function missingStack(words: readonly string[], checkout: string): string | undefined {
  const stack = stackIn(words);
  if (!asksCloud(words) || stack === labStack || isStackHere(checkout, stack)) return undefined;
  const file = `Pulumi.${stack}.yaml`;
  const configuration = existsSync(join(checkout, file))
    ? `${file} is its configuration`
    : `there is no ${file} either, which would be its configuration`;
  return `there is no stack ${stack} in this checkout; make it with npm run pulumi -- stack init ${stack}; ${configuration}`;
}
