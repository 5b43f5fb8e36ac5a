/** What a removal of the whole stack does to load balancers that the program has taken over. */
import { cloudNamed } from "../../comparison/clouds/index.ts";
import type { CloudAdoption } from "../../comparison/clouds/adoption.ts";
import { labStack } from "../../lab/settings.ts";
import type { LabSettings } from "../../lab/settings.ts";
import { checkout } from "../devLab.ts";
import { readDevStack } from "../devStack.ts";
import { componentIn } from "./adoptedComponent.ts";
import { adoptedServices, removeAdopted } from "./adoptedServices.ts";
import type { Entry } from "./adoptedServices.ts";

/** The Services whose load balancers are in the state, and go with it. */
export const servicesIn = (
  deployment: unknown,
  entries: Readonly<Record<string, Entry>>,
  adoption: Pick<CloudAdoption, "component" | "imported">,
): readonly string[] =>
  Object.entries(entries).flatMap(([service, entry]) => {
    const { name, ids } = adoption.imported(entry);
    return componentIn(deployment, adoption.component(name), ids) === undefined ? [] : [service];
  });

export function destructionText(services: readonly string[]): string | undefined {
  if (services.length === 0) return undefined;
  const [are, them] = services.length === 1 ? ["balancer of", "it"] : ["balancers of", "them"];
  const commands = services.map((service) => `npm run move -- --give-back ${service}`);
  return [
    `Deletes the load ${are} ${services.join(", ")} as well, which the program has taken over. To keep ${them}, stop, and give ${them} back first:`,
    ...commands.map((command) => `  ${command}`),
  ].join("\n");
}

/** Undefined if nothing of the kind is deleted. */
export async function adoptedDestructionText(
  { cloud: name }: LabSettings,
  environment: Record<string, string>,
): Promise<string | undefined> {
  const entries = adoptedServices(checkout, labStack);
  if (Object.keys(entries).length === 0) return undefined;
  const adoption = await cloudNamed(name).adoption?.();
  if (adoption === undefined) return undefined;
  const { deployment } = await readDevStack(environment);
  return destructionText(servicesIn(deployment, entries, adoption));
}

/** Of a stack that has nothing any more: the next deployment would import what is gone. */
export function removeAllAdopted(directory: string, stack: string): void {
  for (const service of Object.keys(adoptedServices(directory, stack)))
    removeAdopted(directory, stack, service);
}
