/** Node ports closed to the client outside by the nodes' firewall rules, and opened again. */
import { setTimeout as sleep } from "node:timers/promises";
import { covers } from "../../components/sourceRanges.ts";
import type { Bed, Target } from "./bed/bed.ts";
import { timing } from "./timing.ts";

/** Addresses that nobody has. https://www.rfc-editor.org/rfc/rfc5737 */
const nobody = "192.0.2.0/24";

/**
 * Does something while the rules that let the client reach the targets' node ports have a source that nobody is. They stay the rules that they are, so that
 * whoever made them finds them as they were.
 * @throws if there are no such rules: then nothing could be closed
 */
export async function whileClosed<T>(
  { account, clientAddress, signal }: Pick<Bed, "account" | "clientAddress" | "signal">,
  targets: readonly Target[],
  act: () => Promise<T>,
): Promise<T> {
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
    await sleep(timing.propagationSeconds * 1000, undefined, { signal });
    return await act();
  } finally {
    await Promise.all(rules.flat().map(({ rule, source }) => account.changeSource(rule, source)));
    await sleep(timing.propagationSeconds * 1000);
  }
}
