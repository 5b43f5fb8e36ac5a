/** Ports of the host for what tests start. */
import { freePorts } from "../../bench/freePorts.ts";

/** Processes that run test files at the same time have ranges of their own. */
const range = { least: 20_000 + 1000 * Number(process.env.MOCHA_WORKER_ID ?? 0), count: 1000 };

/** What a port was chosen for may listen only later. */
const chosen = new Set<number>();

/** Free ports on loopback that this process has not chosen before. */
export async function chosenPorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const [port = 0] = await freePorts(1, range);
    if (chosen.has(port)) continue;
    chosen.add(port);
    ports.push(port);
  }
  return ports;
}
