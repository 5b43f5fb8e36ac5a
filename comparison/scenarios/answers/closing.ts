/** Node ports closed to the client outside by the nodes' firewall rules, and opened again. */
import { setTimeout as sleep } from "node:timers/promises";
import { covers } from "../../../components/core/sourceRanges.ts";
import type { Testbed, Target } from "../testbed/testbed.ts";
import { timing } from "../timing.ts";
import { burst } from "../traffic/burst.ts";

/** Addresses that nobody has. https://www.rfc-editor.org/rfc/rfc5737 */
const nobody = "192.0.2.0/24";

/**
 * Does something while the rules that let the client reach the targets' node ports have a source that nobody is. They stay the rules that they are, so that
 * whoever made them finds them as they were.
 * @throws if there are no such rules: then nothing could be closed
 */
export async function whileClosed<T>(
  testbed: Pick<Testbed, "account" | "clientAddress" | "cluster" | "signal" | "startLoads">,
  targets: readonly Target[],
  act: () => Promise<T>,
): Promise<T> {
  const { account, clientAddress, signal } = testbed;
  const found = await Promise.all(
    targets.map(({ nodePorts }) =>
      Promise.all(Object.values(nodePorts).map((port) => account.rulesFor(port))),
    ),
  );
  const rules = found.map((all) =>
    all
      .flat()
      .flatMap((rule) =>
        rule.CidrIpv4 !== undefined && covers([rule.CidrIpv4], `${clientAddress}/32`)
          ? [{ rule, source: rule.CidrIpv4 }]
          : [],
      ),
  );
  const open = targets.find((_, index) => rules[index]?.length === 0);
  if (open !== undefined) throw new Error(`${open.way}: no rule lets ${clientAddress} reach the node ports`);
  try {
    await Promise.all(rules.flat().map(({ rule }) => account.changeSource(rule, nobody)));
    await newsSpread(testbed, targets, "closed");
    return await act();
  } finally {
    await Promise.all(rules.flat().map(({ rule, source }) => account.changeSource(rule, source)));
    if (!signal.aborted) await newsSpread(testbed, targets, "open");
  }
}

/** A node's kernel takes a connection at once, however busy the machine is. */
const knockMilliseconds = 300;

/** Resolves when all node ports are as they are to be, or when they should be: what is not so then is for whoever measures to say. */
async function newsSpread(
  { cluster, signal, startLoads }: Pick<Testbed, "cluster" | "signal" | "startLoads">,
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
  const end = performance.now() + (timing.propagationSeconds + timing.machineSeconds) * 1000;
  while (performance.now() < end) {
    const { ended } = await startLoads(knocks);
    if ((await ended).every(({ outcome }) => (outcome.kind === "connected") === (state === "open"))) return;
    await sleep(knockMilliseconds / 3, undefined, { signal });
  }
}
