/** The Pulumi program, index.ts: its exports are the stack's outputs. */
import { programUrl } from "./bundle.mjs";
import { leaveOutNotedStacks } from "./stacks.mjs";

leaveOutNotedStacks();

export default { ...(await import(await programUrl())) };
