/** The names that exist in the nodes' network: the nodes' own, and those of the cloud's DNS. */
import type { CloudNames } from "../clouds/cloud.ts";
import { nodes, spareNodes } from "../layout.ts";
import { canonical } from "./canonical.ts";

/** The names of a lab: every node by its short name, and what the cloud serves. */
export function labNames(cloud: CloudNames): CloudNames {
  return {
    domainOf: (name) => cloud.domainOf(canonical(name)),
    aliasOf: (name, random) => cloud.aliasOf(canonical(name), random),
    addressesOf(name) {
      const node = [...nodes, ...spareNodes].find((candidate) => candidate.name === canonical(name));
      return node === undefined ? cloud.addressesOf(canonical(name)) : [node.address];
    },
  };
}
