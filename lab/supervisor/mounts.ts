/** Mounts of the lab over the host's, in its own mount namespace, before anything else runs. */
import { nodeNetwork } from "../layout.ts";
import { run } from "../tools/command.ts";

/**
 * A new /run (sockets, network namespaces), the /sys of the lab's network namespace, and the lab's resolver.
 * /etc/resolv.conf is often a link into /run; then its target has to be created.
 */
const script = `
mount -t tmpfs -o mode=0755 tmpfs /run
mount -t sysfs sysfs /sys
echo 'nameserver ${nodeNetwork.resolver}' > /run/resolv.conf
target=$(readlink -m /etc/resolv.conf)
if [ ! -e "$target" ]; then mkdir -p "$(dirname "$target")" && : > "$target"; fi
mount --bind /run/resolv.conf "$target"
`;

export async function coverHost(): Promise<void> {
  await run("sh", ["-ec", script]);
}
