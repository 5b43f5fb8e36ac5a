/** inotify, which kubelets and containerds watch files with: the kernel gives each user of the host so many instances, whatever labs they are for. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What containerd says when it gets none, and goes on without what a node needs. https://man7.org/linux/man-pages/man7/inotify.7.html */
const complaint = /^time="([^"]+)".*inotify: too many open files/gm;

/**
 * A sentence if a node of the lab found none left, so that what fails can be told to fail by it; undefined if not.
 * @param logs the directory of the lab's logs, to which each start adds
 * @param since when the lab was started
 */
export function inotifyUsedUp(logs: string, since: Date): string | undefined {
  const found = readdirSync(logs)
    .filter((name) => name.endsWith("-containerd.log"))
    .flatMap((name) => [...readFileSync(join(logs, name), "utf8").matchAll(complaint)])
    .some(([, time = ""]) => new Date(time) >= since);
  if (!found) return undefined;
  return "inotify instances are used up, of which a lab takes some 25: stop another lab, or raise the limit: sudo sysctl -w fs.inotify.max_user_instances=512";
}
