/** The Pulumi program, index.ts: its exports are the stack's outputs. */
import { resolve } from "node:path";
import { importable } from "./load.mjs";

export default { ...(await import(importable(resolve(import.meta.dirname, "../index.ts")))) };
