/**
 * Pulumi notes the stack of every promise and of every resource, in case somebody asks. To find the lines of the sources, `source-map-support` then reads the
 * maps of all modules on the way, which takes a third of a second of each preview. Errors keep their stacks.
 */
import process from "node:process";

/** https://github.com/pulumi/pulumi/blob/v3.246.0/sdk/nodejs: runtime/debuggable.ts and resource.ts */
const noting = new Set(["debuggablePromise", "callsites"]);

export function leaveOutNotedStacks() {
  const { prepareStackTrace } = Error;
  // It is undefined unless `source-map-support` is installed, and whoever looks for a leak wants them all.
  if (prepareStackTrace === undefined || process.env.PULUMI_DEBUG_PROMISE_LEAKS) return;
  Error.prepareStackTrace = (error, sites) =>
    error.message === "" && noting.has(sites[0]?.getFunctionName()) ? "" : prepareStackTrace(error, sites);
}
