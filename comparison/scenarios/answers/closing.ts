/** Node ports closed to the client by the nodes' firewall, and opened again. */
import { covers } from "../../../components/core/sourceRanges.ts";
import type { Opening } from "../../clouds/operations.ts";
import { attempt } from "../outcome.ts";
import { eventually } from "../../eventually.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";
import { burst } from "../traffic/burst.ts";

/** Addresses that nobody has. https://www.rfc-editor.org/rfc/rfc5737 */
const unusedRange = "192.0.2.0/24";

type Closing = Pick<Testbed, "clientAddress" | "clock" | "cloud" | "cluster" | "signal" | "startLoads">;

/** A controller restores its entries whenever it reconciles: when it starts, and when nodes come or go. */
const mostAttempts = 3;

/**
 * Does something while the entries that let the client reach the targets' node ports have an unused source. The entries keep their identity, so whoever made them
 * finds them unchanged afterwards. What is done while somebody else restores an entry does not count, and is done again.
 * @throws if there are no such entries, or if they are restored every time: then nothing could be closed
 */
export async function whileClosed<T>(
  testbed: Closing,
  targets: readonly Target[],
  act: () => Promise<T>,
): Promise<T> {
  for (let attempts = 1; attempts <= mostAttempts; attempts += 1) {
    const replaced: Entry[] = [];
    const value = await closedOnce(testbed, targets, act, replaced);
    if (replaced.length === 0) return value;
  }
  const ways = targets.map(({ way }) => way).join(" and ");
  throw new Error(`${ways}: rules that had been closed were replaced meanwhile, ${mostAttempts} times`);
}

/** @param replaced gets the entries that were gone before they were restored */
async function closedOnce<T>(
  testbed: Closing,
  targets: readonly Target[],
  act: () => Promise<T>,
  replaced: Entry[],
): Promise<T> {
  const { cloud, signal } = testbed;
  const entries = (await Promise.all(targets.map((target) => entriesOf(testbed, target)))).flat();
  const change = async (entry: Entry, source: string): Promise<void> => {
    if (!(await cloud.changeSource(entry.opening, source))) replaced.push(entry);
  };
  try {
    await Promise.all(entries.map((entry) => change(entry, unusedRange)));
    await newsSpread(testbed, targets, "closed");
    return await act();
  } finally {
    await Promise.all(entries.map((entry) => change(entry, entry.source)));
    if (!signal.aborted) await newsSpread(testbed, targets, "open");
  }
}

interface Entry {
  readonly opening: Opening;
  readonly source: string;
}

/** What lets the client reach the target's node ports. @throws if nothing does */
async function entriesOf(
  { cloud, clientAddress }: Closing,
  { way, nodePorts }: Target,
): Promise<readonly Entry[]> {
  const found = await Promise.all(Object.values(nodePorts).map((port) => cloud.openings(port)));
  const entries = found.flat().flatMap((opening) => {
    const { source } = opening;
    return source !== undefined && covers([source], `${clientAddress}/32`) ? [{ opening, source }] : [];
  });
  if (entries.length === 0) throw new Error(`${way}: no rule lets ${clientAddress} reach the node ports`);
  return entries;
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
