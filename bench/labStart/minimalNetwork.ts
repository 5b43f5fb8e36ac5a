/** The smallest network in which an API server starts: loopback, and an address with a default route. Made in the caller's network namespace. */
import { nodeNetwork } from "../../lab/layout.ts";
import { run } from "../../lab/tools/command.ts";

const links = `link set lo up
link add eth0 type veth peer name nobody
link set eth0 up
link set nobody up
address add ${nodeNetwork.apiServer}/24 dev eth0
route add default dev eth0
`;

export async function makeMinimalNetwork(): Promise<void> {
  await run("ip", ["-batch", "-"], { input: links });
}
