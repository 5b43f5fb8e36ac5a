/** Command lines of the lab's own programs, which run from the checkout's TypeScript sources. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Command } from "./supervisor/process.ts";

/**
 * @param program path of the program's main module, relative to the checkout
 * @param args its arguments
 */
export function ownProgram(checkout: string, program: string, args: readonly string[] = []): Command {
  // By its URL: the lab's programs run outside the checkout, where Node would not find the package.
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;
  return { program: process.execPath, args: ["--import", loader, join(checkout, program), ...args] };
}
