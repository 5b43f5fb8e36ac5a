/** Asks Octavia and Neutron for what a cluster's controller and programs left behind. It only reads. */
import { ranges } from "../../../../components/core/defaults.ts";
import type { OrphansFound, RemovableOrphan } from "../../../model/orphan.ts";
import { known } from "../../../model/sourceResult.ts";
import type { SourceResult } from "../../../model/sourceResult.ts";
import { given } from "../../../sources/asking.ts";
import type { Ask } from "../../../sources/asking.ts";
import type { ClusterObjects } from "../../reader.ts";
import { readInventory } from "../api/objects.ts";
import type { OpenStackApi } from "../api/session.ts";
import { nodeNetworkIn, readPorts } from "../sources/network.ts";
import { existingIn } from "./existing.ts";
import type { Existing } from "./existing.ts";
import { loadBalancerOrphans } from "./loadBalancers.ts";
import { networkOrphans } from "./network.ts";
import { unitsOf } from "./units.ts";

/** @param api connects when it is asked */
export function askOrphans(
  api: () => OpenStackApi,
  { nodes, services }: ClusterObjects,
  ask: Ask,
): Promise<SourceResult<OrphansFound>> {
  const inventory = ask("Octavia API", async (signal) => readInventory(api(), signal));
  const network = given({ "the nodes": nodes }, (facts) =>
    ask("Neutron API", async (signal) => {
      const found = await readPorts(api(), "", signal);
      const { subnet, subnetCidr, nodePorts } = await nodeNetworkIn(found, facts["the nodes"], api(), signal);
      return { subnet: { id: subnet, cidr: subnetCidr }, nodePorts, ...found };
    }),
  );
  return given(
    {
      "the Services": services,
      "the nodes": nodes,
      "the nodes' network": network,
      "the load balancers": inventory,
    },
    (facts) => {
      const existing = existingIn({
        ...facts["the load balancers"],
        ...facts["the nodes' network"],
        services: facts["the Services"],
        nodes: facts["the nodes"],
      });
      const orphans = [...loadBalancerOrphans(existing), ...networkOrphans(existing)];
      const units = unitsIn(orphans, existing);
      return Promise.resolve(
        known({
          cluster: existing.cluster ?? "",
          place: api().place,
          orphans,
          prices: "OpenStack has no prices of its own",
          units: units === "" ? "nothing that a cloud usually charges for" : units,
          limits,
        }),
      );
    },
  );
}

function unitsIn(orphans: readonly RemovableOrphan[], { loadBalancers }: Existing): string {
  const left = orphans.filter(({ kind }) => kind === "load balancer").map(({ id }) => id);
  const addresses = orphans.flatMap((each) => [each, ...each.parts]);
  return unitsOf(
    loadBalancers.filter(({ id }) => left.includes(id)).map(({ provider }) => provider),
    addresses.filter(({ kind }) => kind === "floating IP").length,
  );
}

const { nodePort } = ranges;

const limits = [
  "OpenStack has no prices of its own: each cloud that runs it charges otherwise for amphorae and floating IPs.",
  "What the controller made is judged if its description names the cluster. The cluster's name is that of a load balancer which one of its Services names or which leads to its nodes, or of a security group on its nodes. Without any, only floating IPs of what the controller made are judged, and of these only those whose cluster has neither a load balancer nor a security group in the project.",
  `Load balancers, listeners and pools without the controller's mark are found by their members: they lead to nodes of the cluster at ports from ${nodePort.min} to ${nodePort.max} that no Service has. So are rules for a single such port from the nodes' subnet; tell them apart from one that you have made for a program on the nodes.`,
  "Another cluster of the same name in the project is told apart by its nodes' ports and subnets. What its controller made and no member or port shows to be elsewhere may be taken for this cluster's: give each cluster a name of its own (--cluster-name).",
  "A security group on the nodes may be on the nodes of another cluster, too: a rule in it for a node port that no Service here has may be one that the other cluster needs.",
  "A load balancer that Octavia is still working at (PENDING_CREATE, PENDING_UPDATE, PENDING_DELETE) is not judged.",
];
