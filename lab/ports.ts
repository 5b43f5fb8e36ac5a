/** The lab's ports on the host: which are taken, by whom, and where to change them. */
import { createServer } from "node:net";
import { listenerOn } from "./listener.ts";
import { doors } from "./plan.ts";
import type { Door, LabPorts } from "./plan.ts";
import { keyOfPort, labStack, SettingsError } from "./settings.ts";

/** @throws {SettingsError} naming every port that is taken */
export async function requireFreePorts(ports: LabPorts): Promise<void> {
  const complaints = await takenPorts(ports);
  if (complaints.length > 0) throw new SettingsError(complaints.join("\n"));
}

/** A complaint about each port that is taken. */
export async function takenPorts(ports: LabPorts): Promise<string[]> {
  const taken = await Promise.all(
    doors.map(async (door) => ((await isFree(ports[door])) ? [] : [takenPort(door, ports[door])])),
  );
  return taken.flat();
}

/** The complaint about a port that another process has. */
export function takenPort(door: Door, port: number): string {
  return `port ${port} of 127.0.0.1, which the lab needs, is taken by ${listenerOn(port)}; choose another with ${keyOfPort[door]} in Pulumi.${labStack}.yaml`;
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
