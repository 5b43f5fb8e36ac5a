/**
 * The model as nftables rules: a fixed skeleton, and maps whose elements are all that changes.
 *
 * A new flow's way: `listeners` (address, protocol, port) gives the mark of a set of targets; `spread` leads to the hash over as many targets as
 * the set has; the hash picks a slot; `slot_N` gives the mark of one target, which stays on the connection; `targets` gives where that is.
 * Maps instead of rules, because a user namespace limits the size of one transaction, and an element takes a tenth of a rule.
 */
import { hidesClient, markOf } from "./model.ts";
import type { ListenerModel, Model } from "./model.ts";

/** Elements by map and key; sets have empty values. */
export type Elements = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface RuleSet {
  readonly elements: Elements;
  /** Chains that hash over N targets, by name: `flows_N`, or `sources_N` for stickiness. */
  readonly spreads: ReadonlySet<string>;
}

const table = "ip nlb";

/** Elements of one transaction: about 100 bytes each, of the 400 KB that the kernel lets a user namespace send at once. */
const chunkSize = 1500;

export const emptyRuleSet: RuleSet = { elements: new Map(), spreads: new Set() };

export function buildRuleSet(model: Model): RuleSet {
  const elements = new Map<string, Map<string, string>>();
  const spreads = new Set<string>();
  const put = (map: string, key: string, value = ""): void => {
    if (!elements.has(map)) elements.set(map, new Map());
    elements.get(map)?.set(key, value);
  };
  for (const { addresses, listeners } of model.loadBalancers) {
    for (const { address, privateAddress } of addresses) {
      put("addresses", address);
      put("private_addresses", address, privateAddress);
    }
    for (const listener of listeners) {
      const spread = spreadOf(listener);
      if (!spread.builtIn) spreads.add(spread.chain);
      put(
        "listeners",
        `${listener.address} . ${listener.protocol} . ${listener.port.toString()}`,
        spread.mark,
      );
      put("spread", spread.mark, `goto ${spread.chain}`);
      listener.targets.forEach((target, slot) => {
        put(`slot_${slot.toString()}`, spread.mark, hex(target.mark));
        put("targets", hex(target.mark), `${target.address} . ${target.port.toString()}`);
        if (hidesClient(target)) put("hidden_clients", hex(target.mark));
      });
    }
  }
  return { elements, spreads };
}

/** Transactions that make a whole table of it, in order: what is referred to comes first, so that each of them is consistent. */
export function renderAll(ruleSet: RuleSet): string[] {
  const [first = "", ...rest] = renderChange(emptyRuleSet, ruleSet);
  return [`table ${table}\ndelete table ${table}\n${skeleton}${first}`, ...rest];
}

/**
 * Transactions that turn one rule set into another; none if they are equal.
 *
 * What is no longer used goes last and by itself: a packet that is on its way through the maps while they change finds the old way or the new one.
 */
export function renderChange(from: RuleSet, to: RuleSet): string[] {
  const [first = "", ...rest] = chunks(additions(from.elements, to.elements));
  const added = [newChains(from, to) + first, ...rest].filter((text) => text !== "");
  return [...added, ...chunks(removals(from.elements, to.elements))];
}

/** What the kernel holds afterwards: chains are never removed, they cost nothing unused. */
export function applied(from: RuleSet, to: RuleSet): RuleSet {
  return { elements: to.elements, spreads: new Set([...from.spreads, ...to.spreads]) };
}

function spreadOf({ targets, sticky, otherwise }: ListenerModel): {
  chain: string;
  mark: string;
  builtIn: boolean;
} {
  const chain =
    targets.length === 0
      ? otherwise_(otherwise)
      : `${sticky ? "sources" : "flows"}_${targets.length.toString()}`;
  const mark = hex(markOf([chain, ...targets.map((target) => target.mark)].join(" ")));
  return { chain, mark, builtIn: targets.length === 0 };
}

const otherwise_ = (otherwise: ListenerModel["otherwise"]): string =>
  otherwise === "refuse" ? "refuse" : "lose";

const hex = (mark: number): string => `0x${mark.toString(16).padStart(8, "0")}`;

/** Maps in the order in which elements may be added; removed in reverse. */
function order(map: string): number {
  const rank = ["targets", "hidden_clients", "private_addresses", "slot", "spread", "listeners", "addresses"];
  return rank.indexOf(map.replace(/_\d+$/, ""));
}

function sorted(elements: Elements): [string, ReadonlyMap<string, string>][] {
  return [...elements].sort(([a], [b]) => order(a) - order(b) || a.localeCompare(b));
}

function additions(from: Elements, to: Elements): string[] {
  return sorted(to).flatMap(([map, entries]) =>
    [...entries].flatMap(([key, value]) => {
      const before = from.get(map)?.get(key);
      if (before === value) return [];
      const add = `add element ${table} ${map} { ${key}${value === "" ? "" : ` : ${value}`} }\n`;
      return [before === undefined ? add : remove(map, key) + add];
    }),
  );
}

function removals(from: Elements, to: Elements): string[] {
  return sorted(from)
    .reverse()
    .flatMap(([map, entries]) =>
      [...entries.keys()].filter((key) => to.get(map)?.has(key) !== true).map((key) => remove(map, key)),
    );
}

const remove = (map: string, key: string): string => `delete element ${table} ${map} { ${key} }\n`;

function chunks(commands: readonly string[]): string[] {
  return Array.from({ length: Math.ceil(commands.length / chunkSize) }, (_, index) =>
    commands.slice(index * chunkSize, (index + 1) * chunkSize).join(""),
  );
}

function newChains(from: RuleSet, to: RuleSet): string {
  const had = slots(from);
  const slotChains = Array.from({ length: Math.max(0, slots(to) - had) }, (_, index) => {
    const slot = `slot_${(had + index).toString()}`;
    return [
      `add map ${table} ${slot} { type mark : mark; }`,
      `add chain ${table} ${slot}`,
      `add rule ${table} ${slot} ct mark set ct mark map @${slot} accept`,
      `add rule ${table} ${slot} drop`,
      "",
    ].join("\n");
  });
  const spreadChains = [...to.spreads]
    .filter((chain) => !from.spreads.has(chain))
    .map((chain) => {
      const count = slotCount(chain);
      const key = chain.startsWith("sources") ? "ip saddr" : "ip saddr . th sport . ip daddr . th dport";
      const goals = Array.from(
        { length: count },
        (_, slot) => `${slot.toString()} : goto slot_${slot.toString()}`,
      );
      // Without a seed of our own the kernel takes a random one, and sticky clients would move at every restart.
      const hash = `jhash ${key} mod ${count.toString()} seed 0x6e6c62`;
      return `add chain ${table} ${chain}\nadd rule ${table} ${chain} ${hash} vmap { ${goals.join(", ")} }\n`;
    });
  return slotChains.join("") + spreadChains.join("");
}

const slotCount = (chain: string): number => Number(chain.split("_")[1]);
const slots = ({ spreads }: RuleSet): number => Math.max(0, ...[...spreads].map(slotCount));

/**
 * What never changes. Traffic that fits no listener is dropped, and TCP data without a connection is answered by a reset, as documented:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
 *
 * A router that lost a node would tell clients "host unreachable" at once; in a VPC nobody does, packets are lost silently.
 */
const skeleton = `table ${table} {
  set addresses { type ipv4_addr; }
  map listeners { type ipv4_addr . inet_proto . inet_service : mark; }
  map spread { type mark : verdict; }
  map targets { type mark : ipv4_addr . inet_service; }
  map private_addresses { type ipv4_addr : ipv4_addr; }
  set hidden_clients { type mark; }
  chain refuse {
    meta l4proto tcp reject with tcp reset
    drop
  }
  chain lose {
    drop
  }
  chain choose_target {
    type filter hook prerouting priority dstnat - 10;
    ip daddr != @addresses accept
    ct state established,related accept
    ct state invalid tcp flags & rst == 0 reject with tcp reset
    ct state invalid drop
    meta l4proto != { tcp, udp } drop
    ct mark set ip daddr . meta l4proto . th dport map @listeners
    ct mark vmap @spread
    drop
  }
  chain send_to_target {
    type nat hook prerouting priority dstnat;
    ip daddr @addresses meta l4proto { tcp, udp } dnat ip to ct mark map @targets
  }
  chain hide_client {
    type nat hook postrouting priority srcnat;
    ct mark @hidden_clients snat to ct original ip daddr map @private_addresses
  }
  chain silence {
    type filter hook output priority filter;
    icmp type destination-unreachable icmp code { net-unreachable, host-unreachable } drop
  }
}
`;
