/** Where the stack `dev` lives, as Pulumi takes it from the environment. */
import { delimiter } from "node:path";
import { searchPath } from "../lab/requirements/machine.ts";

/**
 * The environment of every Pulumi command on the stack `dev`. It wins over what the caller has set: another backend would not know the stack.
 * https://www.pulumi.com/docs/iac/cli/environment-variables/
 *
 * @param checkout where the state is kept, in `.pulumi/`
 * @param commands directories with `pulumi`, its language host and its plug-ins, searched first
 */
export function pulumiEnvironment(checkout: string, commands: readonly string[]): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: `file://${checkout}`,
    // The lab has no secrets to keep.
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PATH: [...commands, searchPath()].join(delimiter),
  };
}
