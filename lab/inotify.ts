/**
 * The machine's inotify instances, by which the cluster's programs watch their files: a user has a limited number of them, 128 by default, whatever namespaces its
 * programs make. inotify(7), user_namespaces(7)
 */
import { readFileSync } from "node:fs";
import { run } from "./tools/command.ts";

/** What is to be started, and how many instances it takes. */
export interface InstanceDemand {
  readonly of: string;
  readonly instances: number;
}

/** Counted on a lab that runs: 5 of the kubelet, 2 of containerd, 1 of kube-proxy. */
const ofNode = 8;

export const nodeDemand: InstanceDemand = { of: "another node", instances: ofNode };

/** Three nodes, 6 of the API server, and a few to spare. */
export const labDemand: InstanceDemand = { of: "the lab", instances: 3 * ofNode + 8 };

const limitFile = "/proc/sys/fs/inotify/max_user_instances";

/** Prints how many of so many can be had at once. */
const tryOut = `
import ctypes, sys
libc = ctypes.CDLL(None)
print(sum(libc.inotify_init1(0) >= 0 for _ in range(int(sys.argv[1]))))
`;

/** @throws if this user can't have so many now */
export async function requireFreeInstances(demand: InstanceDemand, python: string): Promise<void> {
  requireInstances(demand, await freeInstances(python, demand));
}

/** How many instances this user can have now, of those that are needed. */
async function freeInstances(python: string, { instances }: InstanceDemand): Promise<number> {
  return Number(await run(python, ["-I", "-c", tryOut, instances.toString()]));
}

/** @throws if there are too few: the nodes would never be Ready */
export function requireInstances(
  { of, instances }: InstanceDemand,
  free: number,
  limit = readFileSync(limitFile, "utf8").trim(),
): void {
  if (free >= instances) return;
  throw new Error(
    `too few inotify instances: ${of} needs ${instances.toString()}, and ${free.toString()} are left of the ${limit} that a user may have ` +
      "(fs.inotify.max_user_instances). Stop what uses many, such as another lab, or allow more: sudo sysctl -w fs.inotify.max_user_instances=1024",
  );
}
