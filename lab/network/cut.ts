/**
 * Cuts nodes off silently, as failing hardware does with an instance: packets are lost, without a reset or an ICMP message.
 *
 * Each end of the node's link drops incoming packets before the kernel processes them. If the link were down, senders would learn at once that the network is
 * unreachable, and the routes over it would be lost.
 */
import { run } from "../tools/command.ts";
import { inNamespace } from "./network.ts";

/** A network namespace and its side of the link, where incoming packets are dropped. */
interface LinkEnd {
  readonly namespace: string;
  readonly device: string;
}

const endsOf = (node: string): readonly LinkEnd[] => [
  { namespace: "router", device: node },
  { namespace: node, device: "eth0" },
];

const table = (device: string): string => `ip lab-cut-${device}`;

/** In nftables' language. Dropped before connection tracking, which would otherwise remember the lost packet. */
export const cutRules = (device: string): string => `
table ${table(device)} {
  chain lose {
    type filter hook prerouting priority raw; policy accept;
    iifname "${device}" drop
  }
}
`;

/** Adds the table first, so that deleting it succeeds even if it did not exist. */
export const mendRules = (device: string): string => `
add table ${table(device)}
delete table ${table(device)}
`;

/** The links that are cut now. */
export class CutLinks {
  readonly #nodes = new Set<string>();

  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get nodes(): readonly string[] {
    return [...this.#nodes];
  }

  async cut(node: string): Promise<void> {
    if (this.#nodes.has(node)) return;
    for (const { namespace, device } of endsOf(node)) await nft(namespace, cutRules(device));
    this.#nodes.add(node);
    this.#changed();
  }

  async mend(node: string): Promise<void> {
    for (const { namespace, device } of endsOf(node)) await nft(namespace, mendRules(device));
    this.#nodes.delete(node);
    this.#changed();
  }
}

async function nft(namespace: string, rules: string): Promise<void> {
  const [program = "", ...args] = inNamespace(namespace, ["nft", "-f", "-"]);
  await run(program, args, { input: rules });
}
