/**
 * Nodes cut off without a word, as an instance is whose hardware fails: no reset and no ICMP message tells anybody, packets are lost.
 *
 * Each end of the node's link loses what comes in, before the kernel looks at it. A link that is down would tell senders at once that the network is
 * unreachable, and would lose the routes over it.
 */
import { run } from "../tools/command.ts";
import { inNamespace } from "./network.ts";

/** Where what comes in is lost: a network namespace and its side of the link. */
interface LinkEnd {
  readonly namespace: string;
  readonly device: string;
}

const endsOf = (node: string): readonly LinkEnd[] => [
  { namespace: "router", device: node },
  { namespace: node, device: "eth0" },
];

const table = (device: string): string => `ip lab-cut-${device}`;

/** In nftables' language. Before connection tracking, which would not forget what it saw of a lost packet. */
export const cutRules = (device: string): string => `
table ${table(device)} {
  chain lose {
    type filter hook prerouting priority raw; policy accept;
    iifname "${device}" drop
  }
}
`;

/** Adding the table before deleting it makes it no mistake if it is not there. */
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
