/** Sets up the network of links.ts in the supervisor's namespaces. */
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

/** A command line that runs another one in a network namespace of the lab; `router` is the supervisor's own. */
export const inNamespace = (name: string, argv: readonly string[]): readonly string[] =>
  name === "router" ? argv : ["ip", "netns", "exec", name, ...argv];

export async function makeNetwork(): Promise<void> {
  await makeLinks(linkPlan());
  await Promise.all([set("router", forwardingSysctls), ...nodes.map(prepareNode)]);
}

/** Adds a node to the existing network. */
export async function addToNetwork(node: NodeLayout): Promise<void> {
  await makeLinks(nodeLinks(node));
  await prepareNode(node);
}

/** Removes a node's link and network namespace. Nothing of the node may run any more. */
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
