/** The memory of the lab, by program: proportional set sizes, in which shared memory counts once. */
import type { Lab } from "../../lab/lab.ts";
import { runInside } from "../insideLab.ts";

/** https://docs.kernel.org/filesystems/proc.html, smaps_rollup: prints the kibibytes and the command of each process. */
const script = `
for process in /proc/[0-9]*; do
  pss=$(awk '/^Pss:/ { print $2 }' "$process/smaps_rollup" 2>/dev/null) || continue
  [ -n "$pss" ] && echo "$pss $(tr '\\0' ' ' < "$process/cmdline")"
done
exit 0`;

type Programs = readonly (readonly [name: string, pattern: RegExp])[];

/** Programs of every lab by a pattern of their command lines; the first match counts. */
const labPrograms: Programs = [
  ["API server", /^\S*kube-apiserver /],
  ["etcd", /^\S*etcd /],
  ["controller manager", /^\S*kube-controller-manager /],
  ["kube-proxies", /^\S*kube-proxy /],
  ["kubelets", /^\S*kubelet /],
];
const others = "all others";

export interface Memory {
  /** In MiB. */
  readonly total: number;
  /** In MiB by program, those on all nodes together. */
  readonly byProgram: Readonly<Record<string, number>>;
}

/** @param programs that imitate the cloud */
export async function measureMemory(lab: Lab, programs: Programs, signal: AbortSignal): Promise<Memory> {
  return memoryIn(await runInside(lab, "router", ["sh", "-c", script], { signal }), programs);
}

/** @param listing lines with kibibytes and command */
export function memoryIn(listing: string, programs: Programs): Memory {
  const byProgram: Record<string, number> = {};
  let total = 0;
  for (const line of listing.split("\n")) {
    const [, kibibytes, command = ""] = /^(\d+) (.*)$/.exec(line) ?? [];
    if (kibibytes === undefined) continue;
    const mebibytes = Number(kibibytes) / 1024;
    const [name = others] = [...programs, ...labPrograms].find(([, pattern]) => pattern.test(command)) ?? [];
    byProgram[name] = (byProgram[name] ?? 0) + mebibytes;
    total += mebibytes;
  }
  return { total, byProgram };
}
