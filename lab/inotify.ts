/** inotify, which the programs of a node watch files with: the kernel gives each user of the host so many instances, whatever labs they are for. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What containerd, the kubelet and kube-proxy say when they get none. https://man7.org/linux/man-pages/man7/inotify.7.html */
const complaint = /^.*inotify.*: too many open files/gm;
const ofNode = /^node-.*-(containerd|kubelet|kube-proxy)\.log$/;

/**
 * A sentence if a node of the lab found none left, so that what fails can be told to fail by it; undefined if not.
 * @param logs the directory of the lab's logs, to which each start adds
 * @param since when the lab was started
 */
export function inotifyUsedUp(logs: string, since: Date): string | undefined {
  const found = readdirSync(logs)
    .filter((name) => ofNode.test(name))
    .flatMap((name) => [...readFileSync(join(logs, name), "utf8").matchAll(complaint)])
    .some(([line]) => saidAt(line, since) >= since);
  if (!found) return undefined;
  return "inotify instances are used up, of which a lab takes some 25: stop another lab, or raise the limit: sudo sysctl -w fs.inotify.max_user_instances=512";
}

/** containerd's lines begin with the time; Kubernetes' with letter, month, day and time, in UTC, which is all that nodes know. */
function saidAt(line: string, about: Date): Date {
  const [, whole] = /^time="([^"]+)"/.exec(line) ?? [];
  const [, month = "", day = "", time = ""] = /^[IWEF](\d\d)(\d\d) ([\d:.]+)/.exec(line) ?? [];
  return new Date(whole ?? `${about.getUTCFullYear().toString()}-${month}-${day}T${time}Z`);
}
