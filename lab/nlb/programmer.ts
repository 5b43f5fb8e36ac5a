/** Brings models into the kernel: only what differs from the last one, in an order that keeps traffic going. */
import { forgetConnections } from "./conntrack.ts";
import { renderFirewall } from "./firewall.ts";
import type { Inside } from "./firewall.ts";
import type { AwsFacts } from "./facts.ts";
import { loopbackAddresses, nft } from "./kernel.ts";
import type { Model } from "./model.ts";
import { applied, buildRuleSet, renderAll, renderChange } from "./ruleset.ts";
import type { RuleSet } from "./ruleset.ts";
import { terminated } from "./termination.ts";

export class Programmer {
  readonly #inside: Inside;
  #model: Model = { loadBalancers: [], targets: [] };
  #ruleSet: RuleSet | undefined;
  #firewall = "";
  #addresses: ReadonlySet<string>;

  /**
   * @param inside blocks of addresses inside the VPC
   * @param addresses those that an earlier process left on the loopback interface
   */
  constructor(inside: Inside, addresses: readonly string[]) {
    this.#inside = inside;
    this.#addresses = new Set(addresses);
  }

  /** @throws if the kernel refuses; the next call then programs everything anew. */
  async program(facts: AwsFacts, model: Model): Promise<void> {
    const ruleSet = buildRuleSet(model);
    const transactions = this.#ruleSet ? renderChange(this.#ruleSet, ruleSet) : renderAll(ruleSet);
    const known = this.#ruleSet;
    this.#ruleSet = undefined;
    const addresses = new Set(
      model.loadBalancers.flatMap((balancer) => balancer.addresses.map((zone) => zone.privateAddress)),
    );
    await loopbackAddresses(
      [...addresses].filter((address) => known === undefined || !this.#addresses.has(address)),
      [],
    );
    for (const transaction of transactions) await nft(transaction);
    this.#ruleSet = applied(known ?? ruleSet, ruleSet);
    await loopbackAddresses(
      [],
      [...this.#addresses].filter((address) => !addresses.has(address)),
    );
    this.#addresses = addresses;

    const firewall = renderFirewall(facts, model, this.#inside);
    if (firewall !== this.#firewall) {
      await nft(firewall);
      this.#firewall = firewall;
    }
    // Last, so that the next packet of an ended flow finds the new rules.
    for (const mark of terminated(this.#model, model)) forgetConnections(mark);
    this.#model = model;
  }
}
