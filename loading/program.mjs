/** The Pulumi program, index.ts: its exports are the stack's outputs. */
import { programUrl } from "./bundle.mjs";
import { leaveOutNotedStacks } from "./stacks.mjs";

leaveOutNotedStacks();

const exported = await import(await programUrl());

// Pulumi would keep one without a value in the state as null.
export default Object.fromEntries(Object.entries(exported).filter(([, value]) => value !== undefined));
