/** All clouds. A new one adds a line here, and its folders. */
import { aws } from "./aws/index.ts";
import type { Cloud } from "./cloud.ts";
import { openstack } from "./openstack/index.ts";

/** The first is asked if the cloud is not known; it then reports what it does not find. */
export const clouds: readonly [Cloud, ...Cloud[]] = [aws, openstack];

/** @throws Error if no cloud has this name */
export function cloudNamed(name: string = clouds[0].name, among: readonly Cloud[] = clouds): Cloud {
  const found = among.find((cloud) => cloud.name === name);
  if (found === undefined) {
    throw new Error(
      `There is no cloud "${name}"; known are ${clouds.map((cloud) => cloud.name).join(", ")}.`,
    );
  }
  return found;
}

/** The cloud of nodes, by their providerID. */
export function cloudOfNodes(providerIds: readonly string[]): Cloud {
  return cloudWith(({ providerIdPrefix }) => providerIds.some((id) => id.startsWith(providerIdPrefix)));
}

/** The cloud of resources, by their types, such as `aws:lb/listener:Listener`. */
export function cloudOfTypes(types: readonly string[]): Cloud {
  return cloudWith(({ pulumiPackage }) => types.some((type) => type.startsWith(`${pulumiPackage}:`)));
}

function cloudWith(fits: (cloud: Cloud) => boolean): Cloud {
  return clouds.find(fits) ?? clouds[0];
}
