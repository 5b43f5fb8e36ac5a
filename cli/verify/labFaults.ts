/** Faults on the lab, through its control socket. */
import type { Faults, Part } from "../../comparison/scenarios/testbed/faults.ts";
import type { LabCloud } from "../../lab/clouds/cloud.ts";
import { labCloud } from "../../lab/clouds/index.ts";
import { controlLab } from "../../lab/control/client.ts";
import { inside } from "../../lab/lab.ts";
import type { Lab } from "../../lab/lab.ts";
import type { LabSettings } from "../../lab/settings.ts";
import { run } from "../../lab/tools/command.ts";

/** The lab's processes for each part. @param controller that serves the LoadBalancer Services. @default the cloud's default one */
const processesOf = (
  { processes }: LabCloud,
  controller: string = processes.controller,
): Readonly<Record<Part, readonly string[]>> => ({
  "API server": ["kube-apiserver"],
  "cloud controller": [controller],
  "cloud API": processes.api,
});

/** A container's processes have the pod's name as HOSTNAME in their environment. The pod's own process (`pause`) has no such variable. */
const killScript = `
found=$(grep --files-with-matches --null-data --line-regexp --fixed-strings "HOSTNAME=$1" /proc/[0-9]*/environ 2>/dev/null || true)
if [ -z "$found" ]; then echo "no process of pod $1 runs here" >&2; exit 1; fi
for environ in $found; do
  process=\${environ#/proc/}
  kill -KILL "\${process%/environ}"
done
`;

export function labFaults(
  lab: Lab,
  { cloud }: LabSettings,
  controller: string | undefined,
  signal: AbortSignal,
): Faults {
  const control = controlLab(lab);
  const processes = processesOf(labCloud(cloud), controller);
  const release = async (part: Part): Promise<void> => {
    const ended = await Promise.allSettled(processes[part].map((process) => control.release(process)));
    const failed = ended.find((each) => each.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  };
  return {
    async hold(part) {
      try {
        for (const process of processes[part]) await control.hold(process);
      } catch (error) {
        // Of a part that is held in part, nobody would know what to release.
        await release(part).catch(() => undefined);
        throw error;
      }
    },
    release,
    cut: (node) => control.cut(node),
    mend: (node) => control.mend(node),
    addNode: () => control.addNode(),
    removeNode: (name) => control.removeNode(name),
    async killContainer({ name, node }) {
      const { command, args } = inside(lab, node, ["sh", "-ec", killScript, "kill", name]);
      await run(command, args, { signal });
    },
  };
}
