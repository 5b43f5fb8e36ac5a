/** What an operator does, in order, to take a node out of service: `kubectl drain`, and the marks by which controllers know such a node. */
import { eventually } from "../../eventually.ts";
import { include } from "../testbed/exclusion.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";

/**
 * The cloud controller manager leaves a node with this taint out the next time it looks. It does not act on the taint itself; another controller may.
 * https://github.com/kubernetes/cloud-provider/blob/v0.35.0/controllers/service/controller.go
 */
const toBeDeleted = { key: "ToBeDeletedByClusterAutoscaler", effect: "NoSchedule" } as const;

/** Cordons and taints the node, evicts these apps' pods from it, and resolves when they have ended. */
export async function drain(
  { clock, cluster }: Testbed,
  node: string,
  apps: readonly Target[],
): Promise<void> {
  await cluster.patchNode(node, { spec: { unschedulable: true } });
  await eventually(
    `${node} tainted`,
    async () => {
      // Refused if somebody changes the node just now, as a cordon makes controllers do.
      await cluster.changeTaints(node, (taints) => [...taints, toBeDeleted]);
      return true;
    },
    timing.controllerSeconds,
    clock,
  );
  await Promise.all(
    apps.map((app) =>
      eventually(
        `${app.way}: no pod left on ${node}`,
        async () => {
          const there = (await cluster.pods(app)).filter((pod) => pod.node === node);
          // Refused while the disruption budget leaves no room: then the next look tries again.
          for (const { name, terminating } of there)
            if (!terminating) await cluster.evict(app.namespace, name);
          return there.length === 0;
        },
        2 * timing.podSeconds,
        clock,
      ),
    ),
  );
}

/** Takes all of it back. May be called for a node that was not drained. */
export async function undrain({ clock, cluster }: Testbed, node: string): Promise<void> {
  await eventually(
    `${node} is in service again`,
    async () => {
      await cluster.patchNode(node, { spec: { unschedulable: null } });
      await cluster.changeTaints(node, (taints) => taints.filter(({ key }) => key !== toBeDeleted.key));
      // Last, since it makes the cloud controller look, which leaves the node out while it finds the taint.
      await include({ cluster }, node);
      return true;
    },
    timing.controllerSeconds,
    clock,
  );
}
