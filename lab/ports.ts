/** The lab's ports on the host: which are taken, by whom, and where to change them. */
import { createServer } from "node:net";
import { labCloud } from "./clouds/index.ts";
import { listenerOn } from "./listener.ts";
import { entryPorts } from "./plan.ts";
import type { EntryPort, LabPorts } from "./plan.ts";
import { labStack, portKeys } from "./settings.ts";

/**
 * A complaint about each port that is taken.
 * @param cloud the name of the lab's cloud
 */
export async function takenPorts(ports: LabPorts, cloud?: string): Promise<string[]> {
  const taken = await Promise.all(
    entryPorts.map(async (entry) =>
      (await isFree(ports[entry])) ? [] : [takenPort(entry, ports[entry], cloud)],
    ),
  );
  return taken.flat();
}

/** The complaint about a port that another process has. */
export function takenPort(entry: EntryPort, port: number, cloud?: string): string {
  const key = portKeys(labCloud(cloud))[entry];
  return `port ${port} of 127.0.0.1, which the lab needs, is taken by ${listenerOn(port)}; choose another with ${key} in Pulumi.${labStack}.yaml`;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
