/** Makes the network of links.ts in the supervisor's namespaces. */
import { nodes } from "../layout.ts";
import { run } from "../tools/command.ts";
import { forwardingSysctls, linkPlan, nodeTranslation } from "./links.ts";

/** The command that runs another one in a network namespace of the lab; `router` is the supervisor's own. */
export const inNamespace = (name: string, argv: readonly string[]): readonly string[] =>
  name === "router" ? argv : ["ip", "netns", "exec", name, ...argv];

export async function makeNetwork(): Promise<void> {
  const plan = linkPlan();
  await run("ip", ["-batch", "-"], { input: plan.router.join("\n") });
  await Promise.all([
    allowForwarding("router"),
    ...Object.entries(plan.others).map(([name, lines]) =>
      run("ip", ["-n", name, "-batch", "-"], { input: lines.join("\n") }),
    ),
    ...nodes.map(async (node) => {
      await allowForwarding(node.name);
      await run("ip", ["netns", "exec", node.name, "nft", "-f", "-"], { input: nodeTranslation(node) });
    }),
  ]);
}

async function allowForwarding(namespace: string): Promise<void> {
  const script = Object.entries(forwardingSysctls).map(
    ([name, value]) => `echo ${value} > /proc/sys/net/${name}`,
  );
  const [program = "", ...args] = inNamespace(namespace, ["sh", "-ec", script.join("\n")]);
  await run(program, args);
}
