/** The Pulumi program, index.ts: its exports are the stack's outputs. */
import { resolve } from "node:path";
import { bundledProgram } from "./bundle.mjs";
import { leaveOutNotedStacks } from "./stacks.mjs";

leaveOutNotedStacks();

/** Without a place for a bundle, or with a source that does not compile, each module is loaded by itself. */
async function inModules() {
  const { importable } = await import("./load.mjs");
  return importable(resolve(import.meta.dirname, "../index.ts"));
}

export default { ...(await import(await bundledProgram().catch(inModules))) };
