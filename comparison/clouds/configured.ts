/** The clouds with controllers that are configured by a file. */
import type { Cloud, Controller } from "./cloud.ts";
import { clouds } from "./index.ts";

/** @throws Error from the controller that reads the file, with file, line, key and what is allowed */
export function cloudsConfiguredBy(text: string, file: string): Cloud[] {
  return clouds.map((cloud) => {
    const [first, ...others] = cloud.controllers;
    const configured = (each: Controller): Controller => each.configuredBy?.(text, file) ?? each;
    return { ...cloud, controllers: [configured(first), ...others.map(configured)] };
  });
}
