/** The environment variables that make Pulumi use the stack `dev`. */
import { delimiter } from "node:path";
import { searchPath } from "../lab/requirements/machine.ts";

/** The engine would download a plug-in for each Pulumi package that is installed here, also those of other clouds. The lab has provided the plug-ins that its stack needs. */
const acquisition = "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION";

/** The environment for a stack that is not on the lab: nobody has provided its plug-ins, so the engine may download them. */
export function acquiringPlugins(environment: Readonly<Record<string, string>>): Record<string, string> {
  const { [acquisition]: _, ...others } = environment;
  return others;
}

/**
 * The environment of every Pulumi command on the stack `dev`. It overrides what the caller has set: another backend does not have the stack.
 * https://www.pulumi.com/docs/iac/cli/environment-variables/
 *
 * @param checkout the directory that holds the state, in `.pulumi/`
 * @param commands directories with `pulumi`, its language host and its plug-ins, put first on the PATH
 */
export function pulumiEnvironment(checkout: string, commands: readonly string[]): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: `file://${checkout}`,
    // The lab has no secrets.
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    [acquisition]: "true",
    PATH: [...commands, searchPath()].join(delimiter),
  };
}
