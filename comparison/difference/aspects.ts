/** Groups values into aspects. Every path belongs to exactly one aspect. */
import type { Exposure } from "../model/exposure.ts";
import type { Aspect } from "../result/comparison.ts";
import { absent } from "./inWords.ts";
import type { Shape, Show } from "./shape.ts";
import { step } from "./shape.ts";
import type { Values } from "./values.ts";

type Section = Aspect["section"];

export interface AspectKind {
  readonly section: Section;
  readonly title: string;
  /** One side in a few words; undefined if the values need no summary. */
  readonly show: (exposure: Exposure) => string | undefined;
}

/** For paths without a row in the table: the part's section, and the field as title. */
const sections: Readonly<Record<string, Section>> = {
  service: "Service",
  endpoints: "Service",
  loadBalancer: "load balancer",
  firewall: "firewall",
  name: "name",
  dataPath: "data path",
};

const asListed: Show = () => undefined;

export function aspectOf(path: string, { aspects }: Shape): AspectKind {
  for (const { of, section, title, show = asListed } of aspects) {
    const match = of.exec(path);
    if (match === null) continue;
    const subject = match[1] ?? "";
    return { section, title: title.replace("$1", subject), show: (exposure) => show(exposure, subject) };
  }
  const steps = path.split(step);
  const section = sections[steps[0] ?? ""] ?? "Service";
  return { section, title: steps.at(-1) ?? path, show: () => undefined };
}

/** Aspects in the order of their sections, then of their values. */
export const sectionOrder: readonly Section[] = [
  "Service",
  "load balancer",
  "listeners",
  "firewall",
  "name",
  "data path",
];

/** Readers want to see the node port, not its role. */
export function showAspect(
  { show }: AspectKind,
  exposure: Exposure,
  covered: readonly string[],
  values: Values,
): string {
  return show(exposure) ?? listed(covered, values);
}

/** The compared values, each with the last step of its path. */
function listed(covered: readonly string[], values: Values): string {
  const found = covered.flatMap((path) => {
    const value = values.get(path);
    return value === undefined ? [] : [[path.split(step).at(-1) ?? path, value] as const];
  });
  const [only] = found;
  if (only === undefined) return absent;
  return found.length === 1 ? only[1] : found.map(([name, value]) => `${name}: ${value}`).join(", ");
}
