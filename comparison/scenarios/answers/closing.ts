/** Node ports closed to the client by the nodes' firewall, and opened again. */
import { covers } from "../../../components/core/sourceRanges.ts";
import { attempt } from "../outcome.ts";
import { eventually } from "../../eventually.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";
import { burst } from "../traffic/burst.ts";

/** Addresses that nobody has. https://www.rfc-editor.org/rfc/rfc5737 */
const unusedRange = "192.0.2.0/24";

/**
 * Does something while the entries that let the client reach the targets' node ports have an unused source. The entries keep their identity, so whoever made them
 * finds them unchanged afterwards.
 * @throws if there are no such entries: then nothing could be closed
 */
export async function whileClosed<T>(
  testbed: Pick<Testbed, "clientAddress" | "clock" | "cloud" | "cluster" | "signal" | "startLoads">,
  targets: readonly Target[],
  act: () => Promise<T>,
): Promise<T> {
  const { cloud, clientAddress, signal } = testbed;
  const openings = await Promise.all(
    targets.map(async ({ way, nodePorts }) => {
      const found = await Promise.all(Object.values(nodePorts).map((port) => cloud.openings(port)));
      const open = found.flat().flatMap((opening) => {
        const { source } = opening;
        return source !== undefined && covers([source], `${clientAddress}/32`) ? [{ opening, source }] : [];
      });
      if (open.length === 0) throw new Error(`${way}: no rule lets ${clientAddress} reach the node ports`);
      return open;
    }),
  );
  try {
    await Promise.all(openings.flat().map(({ opening }) => cloud.changeSource(opening, unusedRange)));
    await newsSpread(testbed, targets, "closed");
    return await act();
  } finally {
    await Promise.all(openings.flat().map(({ opening, source }) => cloud.changeSource(opening, source)));
    if (!signal.aborted) await newsSpread(testbed, targets, "open");
  }
}

/** A node's kernel takes a connection at once, however busy the machine is. */
const knockMilliseconds = 300;

/** Resolves when all node ports are open or closed as wanted, or when they should be. What is not so then is for the measurement to show. */
async function newsSpread(
  { clock, cluster, signal, startLoads }: Pick<Testbed, "clock" | "cluster" | "signal" | "startLoads">,
  targets: readonly Target[],
  state: "open" | "closed",
): Promise<void> {
  const nodes = await cluster.nodes();
  const knocks = targets.flatMap(({ way, nodePorts }) =>
    nodes.map(({ name, address }) =>
      burst(address, nodePorts, {
        id: `${way} at ${name}`,
        kind: "tcp",
        requests: 1,
        timeoutMilliseconds: knockMilliseconds,
      }),
    ),
  );
  const isSo = async (): Promise<boolean> => {
    const { ended } = await startLoads(knocks);
    return (await ended).every(({ outcome }) => (outcome.kind === "connected") === (state === "open"));
  };
  const most = timing.propagationSeconds + timing.machineSeconds;
  await attempt(() => eventually(`node ports ${state}`, isSo, most, clock), signal);
}
