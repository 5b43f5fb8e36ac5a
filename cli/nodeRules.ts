/** What the lab's nodes do with a Service's traffic, from kube-proxy's rules there. */
import type { DataPathFacts } from "../comparison/model/dataPath.ts";
import type { ServiceFacts } from "../comparison/model/service.ts";
import { dataPathOf, listRules } from "../comparison/sources/nodeRules/dataPath.ts";
import { inside, labNodes } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import { searchPath } from "../lab/requirements/machine.ts";
import { CommandError, run } from "../lab/tools/command.ts";

export type NodeRules = (service: ServiceFacts) => Promise<readonly DataPathFacts[]>;

/** @returns a command's output on a node */
export type AskNode = (node: string, argv: readonly string[], signal: AbortSignal) => Promise<string>;

const answerMilliseconds = 10_000;
/** nft repeats the command after its error message. */
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
  let listings: Promise<readonly (readonly [string, string])[]> | undefined;
  return async (service) => {
    listings ??= Promise.all(names.map(async (node) => [node, await listing(node, signal, ask)] as const));
    return (await listings).map(([node, rules]) => dataPathOf(node, rules, service));
  };
}

async function listing(node: string, signal: AbortSignal, ask: AskNode): Promise<string> {
  const timeOut = AbortSignal.timeout(answerMilliseconds);
  try {
    return await ask(node, listRules, AbortSignal.any([signal, timeOut]));
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`${node}: ${reason(error, timeOut)}`, { cause: error });
  }
}

function reason(error: unknown, timeOut: AbortSignal): string {
  if (timeOut.aborted) return `no rules were listed within ${answerMilliseconds / 1000} s`;
  if (error instanceof CommandError && noSuchTable.test(error.output))
    return "no table ip kube-proxy: kube-proxy has not run there, or not in its nftables mode, the only one that can be read";
  return (error as Error).message;
}
