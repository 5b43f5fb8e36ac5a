/** Settings of cloud.conf as they are written there. */
import type { ControllerSettings } from "../../model.ts";
import { defaultSettings } from "../settings.ts";
import { settingKeys } from "./keys.ts";

/** Those that are not the defaults; undefined if there are none. */
export function settingsInWords(settings: ControllerSettings): string | undefined {
  const changed = Object.entries(settingKeys).flatMap(([name, [key, type]]) => {
    const value = settings[name as keyof ControllerSettings];
    if (value === defaultSettings[name as keyof ControllerSettings]) return [];
    return [`${key}=${value}${type === "duration" ? "s" : ""}`];
  });
  return changed.length === 0 ? undefined : changed.join(", ");
}
