/** Says which of the lab's ports is taken, by whom, and where to change it. */
import { createServer } from "node:net";
import { listenerOn } from "./listener.ts";
import { doors } from "./plan.ts";
import type { Door, LabPorts } from "./plan.ts";
import { keyOfPort, labStack, SettingsError } from "./settings.ts";

/** @throws {SettingsError} naming every port that is taken */
export async function requireFreePorts(ports: LabPorts): Promise<void> {
  const taken = await Promise.all(
    doors.map(async (door) => ((await isFree(ports[door])) ? [] : [takenPort(door, ports[door])])),
  );
  const complaints = taken.flat();
  if (complaints.length > 0) throw new SettingsError(complaints.join("\n"));
}

/** The complaint about a door's port that another process has. */
export function takenPort(door: Door, port: number): string {
  return `port ${port.toString()} of 127.0.0.1, which the lab wants to use, is taken by ${listenerOn(port)}; choose another with ${keyOfPort[door]} in Pulumi.${labStack}.yaml`;
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
