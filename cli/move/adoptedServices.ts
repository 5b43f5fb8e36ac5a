/** The load balancers that the stack has taken over, in its configuration, by their Services' NAMESPACE/NAME. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { Document } from "yaml";
import { readStackConfiguration } from "../stackConfiguration.ts";

const key = "adopted";

/** The program's arguments. */
export type Entry = Readonly<Record<string, unknown>>;

export function adoptedServices(checkout: string, stack: string): Readonly<Record<string, Entry>> {
  const { project, values } = readStackConfiguration(checkout, stack);
  return JSON.parse(values[`${project}:${key}`] ?? "{}") as Record<string, Entry>;
}

export function configureAdopted(checkout: string, stack: string, service: string, given: Entry): void {
  change(checkout, stack, (document, place) => {
    document.setIn([...place, service], document.createNode(given));
  });
}

export function removeAdopted(checkout: string, stack: string, service: string): void {
  change(checkout, stack, (document, place) => {
    const isLast = Object.keys(adoptedServices(checkout, stack)).every((each) => each === service);
    document.deleteIn(isLast ? place : [...place, service]);
  });
}

/** Everything else in the file stays as it is, comments too. */
function change(
  checkout: string,
  stack: string,
  edit: (document: Document, place: readonly string[]) => void,
): void {
  const { project } = readStackConfiguration(checkout, stack);
  const file = join(checkout, `Pulumi.${stack}.yaml`);
  const document = parseDocument(readFileSync(file, "utf8"));
  edit(document, ["config", `${project}:${key}`]);
  writeFileSync(file, document.toString({ lineWidth: 0 }));
}
