/**
 * The model as nftables rules: a fixed skeleton, and maps whose elements change.
 *
 * A new flow passes these steps: `listeners` maps address, protocol and port to the mark of a set of targets. `spread` leads to the hash over as many targets
 * as the set has. The hash picks a slot. `slot_N` gives the mark of one target, which stays on the connection. `targets` gives that target's address and port.
 * These are maps instead of rules, because a user namespace limits the size of a transaction, and an element takes a tenth of a rule.
 */
import { kernelSeconds } from "./clocks.ts";
import type { Clocks } from "./clocks.ts";
import { hidesClient, markOf } from "./model.ts";
import { proxyCidr } from "./proxy/proxied.ts";
import type { ListenerModel, Model } from "./model.ts";
import { nothing } from "./nftables.ts";
import type { Content, Table } from "./nftables.ts";

/** The content for a model. Existing chains stay: unused ones cost nothing. */
export function buildRuleSet(model: Model, clocks: Clocks, before: Content = nothing): Content {
  const elements = new Map<string, Map<string, string>>();
  const objects = new Map(before.objects);
  const chains = new Map(before.chains);
  const put = (map: string, key: string, value = ""): void => {
    elements.set(map, (elements.get(map) ?? new Map<string, string>()).set(key, value));
  };
  /** @returns the mark of a listener that has the proxy as its only target */
  const toProxy = (place: string): string => {
    const mark = hex(markOf(`proxy ${place}`));
    put("spread", mark, "goto proxy");
    put("targets", mark, place);
    return mark;
  };
  for (const { addresses, listeners } of model.loadBalancers) {
    for (const { proxied } of listeners)
      if (proxied !== undefined) put("private_addresses", proxied.exit, proxied.privateAddress);
    for (const { address, privateAddress } of addresses) {
      put("addresses", address);
      put("private_addresses", address, privateAddress);
    }
    for (const listener of listeners) {
      const { address, protocol, port, targets, idleTimeoutSeconds } = listener;
      const key = `${address} . ${protocol} . ${port}`;
      const spread = spreadOf(listener);
      put("spread", spread.mark, `goto ${spread.chain}`);
      if (listener.proxied === undefined || targets.length === 0) put("listeners", key, spread.mark);
      else {
        const { entrance, exit } = listener.proxied;
        put("listeners", key, toProxy(`${entrance} . ${port}`));
        put("for_proxy", `${exit} . ${port}`, spread.mark);
        put("proxied", `${exit} . ${port}`);
      }
      if (targets.length > 0) chains.set(spread.chain, spreadRules(listener));
      targets.forEach((target, slot) => {
        const name = `slot_${slot}`;
        objects.set(name, ["map", "{ type mark : mark; }"]);
        chains.set(name, [`ct mark set ct mark map @${name} accept`, "drop"]);
        put(name, spread.mark, hex(target.mark));
        put("targets", hex(target.mark), `${target.address} . ${target.port}`);
        if (hidesClient(target)) put("hidden_clients", hex(target.mark));
      });
      if (idleTimeoutSeconds !== undefined) {
        const seconds = String(kernelSeconds(idleTimeoutSeconds, clocks));
        const name = `idle_${seconds}`;
        objects.set(name, [
          "ct timeout",
          `{ protocol tcp; l3proto ip; policy = { established : ${seconds} }; }`,
        ]);
        chains.set(name, [`ct timeout set "${name}"`]);
        put("idle_timeouts", key, `jump ${name}`);
      }
    }
  }
  return { objects, chains, elements };
}

/** The chain that spreads a listener's flows, and the mark of its targets. */
function spreadOf({ targets, sticky, otherwise }: ListenerModel): { chain: string; mark: string } {
  const chain =
    targets.length > 0
      ? `${sticky ? "sources" : "flows"}_${targets.length}`
      : { refuse: "refuse", drop: "lose" }[otherwise];
  const mark = hex(markOf([chain, ...targets.map((target) => target.mark)].join(" ")));
  return { chain, mark };
}

/**
 * A hash over a flow, for TCP with the sequence number of its first packet, or over the client's address only.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html#network-load-balancer-overview
 */
function spreadRules({ targets, sticky }: ListenerModel): string[] {
  const goals = targets.map((_, slot) => `${slot} : goto slot_${slot}`).join(", ");
  // Without a fixed seed the kernel takes a random one, and sticky clients would move at every restart.
  const hash = (key: string): string => `jhash ${key} mod ${targets.length} seed 0x6e6c62 vmap { ${goals} }`;
  if (sticky) return [hash("ip saddr")];
  const flow = "ip saddr . th sport . ip daddr . th dport";
  return [`meta l4proto tcp ${hash(`${flow} . tcp sequence`)}`, hash(flow)];
}

const hex = (mark: number): string => `0x${mark.toString(16).padStart(8, "0")}`;

/**
 * Traffic without a listener is dropped, and TCP data without a connection is answered by a reset, as documented:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
 *
 * An ordinary router would tell clients "host unreachable" once a node is gone. In a VPC packets are lost silently.
 */
/** What leads answers to the proxy. */
export const returnMark = "0x70726f78";

export const balancingTable: Table = {
  name: "ip nlb",
  order: [
    "targets",
    "hidden_clients",
    "private_addresses",
    "idle_timeouts",
    "slot",
    "spread",
    "listeners",
    "proxied",
    "for_proxy",
    "addresses",
  ],
  skeleton: `
  set addresses { type ipv4_addr; }
  map listeners { type ipv4_addr . inet_proto . inet_service : mark; }
  map idle_timeouts { type ipv4_addr . inet_proto . inet_service : verdict; }
  map spread { type mark : verdict; }
  map targets { type mark : ipv4_addr . inet_service; }
  map private_addresses { type ipv4_addr : ipv4_addr; }
  set hidden_clients { type mark; }
  set proxied { type ipv4_addr . inet_service; }
  map for_proxy { type ipv4_addr . inet_service : mark; }
  chain proxy {
    accept
  }
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
    ip daddr . meta l4proto . th dport vmap @idle_timeouts
    ct mark set ip daddr . meta l4proto . th dport map @listeners
    ct mark vmap @spread
    drop
  }
  # The proxy's connections to its exits: a target is chosen as for a client's, and the answers come back to the proxy whatever address it has connected from.
  chain choose_for_proxy {
    type filter hook output priority -110;
    # A lookup of a TCP port matches no packet of another protocol, also where it is negated.
    meta l4proto != tcp accept
    ip daddr . tcp dport != @proxied accept
    ct state established,related accept
    ct state invalid tcp flags & rst == 0 reject with tcp reset
    ct state invalid drop
    ct mark set ip daddr . tcp dport map @for_proxy
    ct mark vmap @spread
    drop
  }
  chain send_for_proxy {
    type nat hook output priority -100;
    ip daddr . tcp dport @proxied dnat ip to ct mark map @targets
  }
  chain return_to_proxy {
    type filter hook prerouting priority mangle;
    ct direction reply ip protocol tcp ct original ip daddr . ct original proto-dst @proxied meta mark set ${returnMark}
  }
  chain guard_proxy {
    type filter hook input priority filter;
    iifname != "lo" ip daddr ${proxyCidr} ct status & dnat == 0 drop
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
`,
};
