/**
 * The machine's inotify instances, with which the cluster's programs watch files. A user may have a limited number of them, 128 by default, counted over all
 * namespaces. inotify(7), user_namespaces(7)
 */
import { readFileSync } from "node:fs";

/** What is about to start, and how many instances it takes. */
export interface InstanceDemand {
  readonly of: string;
  readonly instances: number;
}

/** Counted on a running lab: 5 of the kubelet, 2 of containerd, 1 of kube-proxy. */
const nodeInstances = 8;

export const nodeDemand: InstanceDemand = { of: "another node", instances: nodeInstances };

/** Three nodes, 6 of the API server, and 2 to spare. */
export const labDemand: InstanceDemand = { of: "the lab", instances: 3 * nodeInstances + 8 };

const limitFile = "/proc/sys/fs/inotify/max_user_instances";

/** @throws if this user can't have that many now: the nodes would never become ready */
export async function requireFreeInstances(demand: InstanceDemand): Promise<void> {
  const complaint = tooFewInstances(demand, await freeInstances(demand));
  if (complaint !== undefined) throw new Error(complaint);
}

/** How many of the needed instances this user can have now. The kernel does not say, so it opens and closes them. */
export async function freeInstances({ instances }: InstanceDemand): Promise<number> {
  // Loading it takes time that most commands need not spend.
  const { default: koffi } = await import("koffi");
  const libc = koffi.load(null);
  const open = libc.func("int inotify_init1(int)") as (flags: number) => number;
  const close = libc.func("int close(int)") as (descriptor: number) => number;
  const opened = Array.from({ length: instances }, () => open(0)).filter((descriptor) => descriptor >= 0);
  opened.forEach(close);
  return opened.length;
}

/** The complaint if there are too few, undefined if there are enough. */
export function tooFewInstances(
  { of, instances }: InstanceDemand,
  free: number,
  limit = readFileSync(limitFile, "utf8").trim(),
): string | undefined {
  if (free >= instances) return undefined;
  return (
    `too few inotify instances: ${of} needs ${instances}, and ${free} are left of the ${limit} that a user may have ` +
    "(fs.inotify.max_user_instances). Stop what uses many, such as another lab, or allow more: sudo sysctl -w fs.inotify.max_user_instances=1024"
  );
}
