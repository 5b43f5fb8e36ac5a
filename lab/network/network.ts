/** Makes the network of links.ts in the supervisor's namespaces. */
import { nodes } from "../layout.ts";
import type { NodeLayout } from "../layout.ts";
import { run } from "../tools/command.ts";
import {
  forwardingSysctls,
  linkPlan,
  nodeLinks,
  nodeLinksRemoval,
  nodeSysctls,
  nodeTranslation,
} from "./links.ts";
import type { LinkPlan } from "./links.ts";

/** The command that runs another one in a network namespace of the lab; `router` is the supervisor's own. */
export const inNamespace = (name: string, argv: readonly string[]): readonly string[] =>
  name === "router" ? argv : ["ip", "netns", "exec", name, ...argv];

export async function makeNetwork(): Promise<void> {
  await makeLinks(linkPlan());
  await Promise.all([set("router", forwardingSysctls), ...nodes.map(prepareNode)]);
}

/** Adds a node to a network that is there. */
export async function addToNetwork(node: NodeLayout): Promise<void> {
  await makeLinks(nodeLinks(node));
  await prepareNode(node);
}

/** Takes a node's link and network namespace away, once nothing of the node runs any more. */
export async function removeFromNetwork(node: NodeLayout): Promise<void> {
  await run("ip", ["-force", "-batch", "-"], { input: nodeLinksRemoval(node).join("\n") });
}

async function makeLinks({ router, others }: LinkPlan): Promise<void> {
  await run("ip", ["-batch", "-"], { input: router.join("\n") });
  await Promise.all(
    Object.entries(others).map(([name, lines]) =>
      run("ip", ["-n", name, "-batch", "-"], { input: lines.join("\n") }),
    ),
  );
}

async function prepareNode(node: NodeLayout): Promise<void> {
  await set(node.name, forwardingSysctls);
  await run("ip", ["netns", "exec", node.name, "nft", "-f", "-"], { input: nodeTranslation(node) });
  await set(node.name, nodeSysctls);
}

async function set(namespace: string, sysctls: Readonly<Record<string, string>>): Promise<void> {
  const script = Object.entries(sysctls).map(([name, value]) => `echo ${value} > /proc/sys/net/${name}`);
  const [program = "", ...args] = inNamespace(namespace, ["sh", "-ec", script.join("\n")]);
  await run(program, args);
}
