/** Calls of this project's commands for the stack that this process works on. */
import { firstStack, labStack } from "../lab/settings.ts";

/** @param command with its own words after `--`, such as `lab -- down` */
export function callOf(command: string, stack: string = labStack): string {
  const call = `npm run ${command}`;
  if (stack === firstStack) return call;
  return `${call}${command.includes(" -- ") ? "" : " --"} --stack ${stack}`;
}
