/** The controller's configuration file as the model needs it. */
import { readValues } from "../../../../gcfg/read.ts";
import { defaultConfiguration, defaultProbe } from "../configuration.ts";
import type { Configuration } from "../configuration.ts";
import { keys, noIngress, probeMode, probePath, probePort, securityGroupMode } from "./keys.ts";

/**
 * @param file its name, for errors
 * @throws ConfigurationError for what the controller does not read, and for sections and keys that it would ignore
 */
export function readConfiguration(text: string, file: string): Configuration {
  const global = readValues(text, file, keys).get("Global");
  const shared = global?.get(probeMode) === "Shared";
  // 0 and an empty path mean the defaults: aws.go (buildNLBHealthCheckConfiguration).
  const [port, path] = [Number(global?.get(probePort)), global?.get(probePath) ?? ""];
  const probe = {
    port: port > 0 ? port : defaultProbe.port,
    path: path === "" ? defaultProbe.path : path,
  };
  return {
    ...defaultConfiguration,
    ...(shared ? { sharedHealthProbe: probe } : {}),
    managesSecurityGroups: global?.get(securityGroupMode) === "Managed",
    opensNodes: global?.get(noIngress) !== "true",
  };
}
