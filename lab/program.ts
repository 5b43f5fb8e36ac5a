/** Command lines of the lab's own programs, which run from the checkout's TypeScript sources. */
import { join } from "node:path";
import type { Command } from "./supervisor/process.ts";

/**
 * @param program path of the program's main module, relative to the checkout
 * @param args its arguments
 */
export function ownProgram(checkout: string, program: string, args: readonly string[] = []): Command {
  return {
    program: process.execPath,
    args: [join(checkout, "loading/run.mjs"), join(checkout, program), ...args],
  };
}
