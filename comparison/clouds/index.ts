/** The clouds that there are. A new one is a line here, and its folders. */
import { aws } from "./aws/index.ts";
import type { Cloud } from "./cloud.ts";

/** The first is asked where nothing says which cloud it is: it then says itself what it does not find. */
export const clouds: readonly [Cloud, ...Cloud[]] = [aws];

/** @throws Error if no cloud has this name */
export function cloudNamed(name: string = clouds[0].name): Cloud {
  const found = clouds.find((cloud) => cloud.name === name);
  if (found === undefined) {
    throw new Error(
      `There is no cloud "${name}"; those known here are ${clouds.map((cloud) => cloud.name).join(", ")}.`,
    );
  }
  return found;
}

/** Which cloud nodes are on, by their providerID. */
export function cloudOfNodes(providerIds: readonly string[]): Cloud {
  return cloudWith(({ providerIdPrefix }) => providerIds.some((id) => id.startsWith(providerIdPrefix)));
}

/** Which cloud resources belong to, by their types, such as `aws:lb/listener:Listener`. */
export function cloudOfTypes(types: readonly string[]): Cloud {
  return cloudWith(({ pulumiPackage }) => types.some((type) => type.startsWith(`${pulumiPackage}:`)));
}

function cloudWith(fits: (cloud: Cloud) => boolean): Cloud {
  return clouds.find(fits) ?? clouds[0];
}
