/** The clouds with controllers that are configured by a file. */
import type { Cloud, Controller } from "./cloud.ts";
import { ConfigurationError } from "../gcfg/error.ts";
import { clouds } from "./index.ts";

/**
 * The file is for the controller of one cloud, and perhaps only the cluster will show which cloud that is: the controllers of a cloud that refuses the file throw its refusal when they are used.
 *
 * @param controller the program's name for the one that the file is for. @default not known
 * @throws ConfigurationError from that controller. If it is not known and all refuse, from the one that got farthest
 */
export function cloudsConfiguredBy(text: string, file: string, controller?: string): Cloud[] {
  const all = clouds.map((cloud) => ({ cloud, outcome: configured(cloud, text, file) }));
  const wanted = all.filter(
    ({ cloud }) => controller === undefined || cloud.controllers.some(({ name }) => name === controller),
  );
  const refusals = wanted.flatMap(({ outcome }) => (outcome instanceof ConfigurationError ? [outcome] : []));
  const [first, ...others] = refusals;
  if (first !== undefined && refusals.length === wanted.length)
    throw others.reduce((farthest, each) => (each.line > farthest.line ? each : farthest), first);
  return all.map(({ cloud, outcome }) => withControllers(cloud, outcome));
}

type Outcome = Cloud["controllers"] | ConfigurationError;

function configured({ controllers: [first, ...others] }: Cloud, text: string, file: string): Outcome {
  const read = (each: Controller): Controller => each.configuredBy?.(text, file) ?? each;
  try {
    return [read(first), ...others.map(read)];
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}

function withControllers(cloud: Cloud, outcome: Outcome): Cloud {
  return {
    ...cloud,
    get controllers() {
      if (outcome instanceof ConfigurationError) throw outcome;
      return outcome;
    },
  };
}
