/** The controller's cloud.conf as the model needs it. */
import { readValues } from "../../../../gcfg/read.ts";
import type { ControllerSettings } from "../../model.ts";
import { defaultSettings } from "../settings.ts";
import { keys, settingKeys } from "./keys.ts";

/**
 * @param file its name, for errors
 * @throws ConfigurationError for what the controller does not read, and for sections and keys that it would ignore
 */
export function readCloudConf(text: string, file: string): ControllerSettings {
  const found = readValues(text, file, keys).get("LoadBalancer") ?? new Map<string, string>();
  const given = Object.entries(settingKeys).flatMap(([name, [key]]) => {
    const value = found.get(key);
    return value === undefined ? [] : [[name, typed(value, name as keyof ControllerSettings)]];
  });
  return { ...defaultSettings, ...(Object.fromEntries(given) as Partial<ControllerSettings>) };
}

/** Of the default's type. The controller takes whole seconds of a duration: loadbalancer.go (makeSvcConf). */
function typed(value: string, name: keyof ControllerSettings): boolean | number | string {
  const byDefault = defaultSettings[name];
  if (typeof byDefault === "boolean") return value === "true";
  return typeof byDefault === "number" ? Math.trunc(Number(value)) : value;
}
