/** Runs a program of the project: `node loading/run.mjs cli/start.ts ARGUMENTS`. */
import { resolve } from "node:path";
import process from "node:process";
import { importable } from "./load.mjs";

const program = resolve(process.argv[2]);
// The program sees its own arguments.
process.argv.splice(1, 2, program);
await import(importable(program));
