/**
 * The environment of AWS's controllers. The AWS SDK reads more than their configuration, and the user's own settings must not matter: for example, a profile that
 * is missing in the files that a controller can read ends it at once.
 */
export const controllerEnvironment: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  // Otherwise a controller would ask the instance metadata service for a region and wait for an answer in vain.
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  // Empty counts as unset.
  AWS_PROFILE: "",
  AWS_DEFAULT_PROFILE: "",
  AWS_SESSION_TOKEN: "",
  AWS_CA_BUNDLE: "",
};
