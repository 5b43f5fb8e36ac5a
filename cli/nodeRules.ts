/** What the lab's nodes do with a Service's traffic, from kube-proxy's rules there. */
import type { DataPathFacts } from "../comparison/model/dataPath.ts";
import type { ServiceFacts } from "../comparison/model/service.ts";
import { dataPathOf, modes } from "../comparison/sources/nodeRules/dataPath.ts";
import type { Listing } from "../comparison/sources/nodeRules/dataPath.ts";
import { inside, labNodes } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import { searchPath } from "../lab/requirements/machine.ts";
import { CommandError, run } from "../lab/tools/command.ts";

export type NodeRules = (service: ServiceFacts) => Promise<readonly DataPathFacts[]>;

/** @returns a command's output on a node */
export type AskNode = (node: string, argv: readonly string[], signal: AbortSignal) => Promise<string>;

const answerMilliseconds = 10_000;
/** nft repeats the command after its error message. */
const noSuchCommand = /iptables-save: (?:No such file|not found)/;
const noSuchTable = /No such file or directory\s+list table/;

/** For one comparison: asks every node once, so that both Services are seen at the same moment. */
export function nodeRulesOf(lab: Lab, signal: AbortSignal): NodeRules {
  const names = labNodes(lab).map(({ name }) => name);
  return nodeRules(names, signal, (node, argv, ended) => {
    const { command, args } = inside(lab, node, argv);
    const env = { ...process.env, PATH: searchPath(), LC_ALL: "C" };
    return run(command, args, { signal: ended, env });
  });
}

/** As {@link nodeRulesOf}, wherever the nodes are. */
export function nodeRules(names: readonly string[], signal: AbortSignal, ask: AskNode): NodeRules {
  let listings: Promise<readonly (readonly [string, Listing])[]> | undefined;
  return async (service) => {
    listings ??= Promise.all(names.map(async (node) => [node, await listing(node, signal, ask)] as const));
    return (await listings).map(([node, rules]) => dataPathOf(node, rules, service));
  };
}

/** By the rules that are there: a node has the table of the nftables mode, or kube-proxy's chains of the iptables mode. */
async function listing(node: string, signal: AbortSignal, ask: AskNode): Promise<Listing> {
  const timeOut = AbortSignal.timeout(answerMilliseconds);
  const rulesIn = (mode: Listing["mode"]) =>
    ask(node, modes[mode].listRules, AbortSignal.any([signal, timeOut]));
  try {
    try {
      return { mode: "nftables", rules: await rulesIn("nftables") };
    } catch (error) {
      if (!(error instanceof CommandError && noSuchTable.test(error.output))) throw error;
    }
    const rules = await rulesIn("iptables").catch((error: unknown) => {
      if (error instanceof CommandError && noSuchCommand.test(error.output)) return "";
      throw error;
    });
    if (!rules.includes(":KUBE-SERVICES "))
      throw new Error(
        "neither a table ip kube-proxy nor chains of iptables: kube-proxy has not run there, or in another mode than nftables and iptables",
      );
    return { mode: "iptables", rules };
  } catch (error) {
    signal.throwIfAborted();
    const reason = timeOut.aborted
      ? `no rules were listed within ${answerMilliseconds / 1000} s`
      : (error as Error).message;
    throw new Error(`${node}: ${reason}`, { cause: error });
  }
}
