/** What the data plane programs in its network namespace: packet filter and addresses. */
import { spawn } from "node:child_process";

/** Runs one nftables transaction, which takes effect completely or not at all. */
export async function nft(transaction: string): Promise<void> {
  await pipe("nft", ["-f", "-"], transaction);
}

/** Adds and removes addresses on the loopback interface, which has all addresses of the router itself. */
export async function loopbackAddresses(add: readonly string[], remove: readonly string[]): Promise<void> {
  const commands = [
    ...add.map((address) => `address replace ${address}/32 dev lo`),
    ...remove.map((address) => `address delete ${address}/32 dev lo`),
  ];
  if (commands.length > 0) await pipe("ip", ["-force", "-batch", "-"], `${commands.join("\n")}\n`);
}

/** Packets with the mark stay on this host, whatever their destination is. */
export async function leadToThisHost(mark: string): Promise<void> {
  // A second rule of the same kind would be refused.
  await pipe("ip", ["rule", "flush", "priority", proxyTable], "");
  const commands = [
    `rule add fwmark ${mark} lookup ${proxyTable} priority ${proxyTable}`,
    `route replace local default dev lo table ${proxyTable}`,
  ];
  await pipe("ip", ["-batch", "-"], `${commands.join("\n")}\n`);
}

/** A routing table that nothing else uses. */
const proxyTable = "6900";

/** An error whose message names the remedy. It ends the process. */
export class KernelError extends Error {}

function pipe(command: string, args: readonly string[], input: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["pipe", "ignore", "pipe"] });
    let complaint = "";
    child.stderr.on("data", (data: Buffer) => (complaint += String(data)));
    child.on("error", (error: NodeJS.ErrnoException) => {
      const missing = `${command} is not installed: install the package ${command === "nft" ? "nftables" : "iproute2"}`;
      reject(new KernelError(error.code === "ENOENT" ? missing : error.message));
    });
    child.on("close", (code) => {
      if (code === 0) resolve();
      else if (/Operation not permitted|must be root/.test(complaint)) {
        reject(
          new KernelError(
            `${command} may not change this network namespace: run it inside the lab's (npm run lab -- up), or as root`,
          ),
        );
      } else
        reject(
          new Error(
            `${command} ${args.join(" ")} failed: ${complaint.trim().split("\n").slice(0, 3).join(" ")}`,
          ),
        );
    });
    child.stdin.on("error", () => undefined); // The exit code reports failures.
    child.stdin.end(input);
  });
}
