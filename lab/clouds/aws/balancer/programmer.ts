/** Programs models into the kernel: only the difference to the last one, in an order that keeps traffic flowing. */
import type { Clocks } from "./clocks.ts";
import { forgetConnections } from "./conntrack.ts";
import { buildFirewall, firewallTable } from "./firewall.ts";
import type { AwsFacts } from "./facts.ts";
import { leadToThisHost, loopbackAddresses, nft } from "./kernel.ts";
import type { Model } from "./model.ts";
import { nothing, renderAll, renderChange } from "./nftables.ts";
import type { Content, Table } from "./nftables.ts";
import { balancingTable, buildRuleSet, returnMark } from "./ruleset.ts";
import { lingeringAfter, terminated } from "./termination.ts";
import type { Lingering } from "./termination.ts";

export class Programmer {
  readonly #clocks: Clocks;
  readonly #balancing = new KernelTable(balancingTable);
  readonly #firewall: KernelTable;
  #model: Model = { loadBalancers: [], targets: [] };
  #lingering: Lingering = new Map();
  #addresses: ReadonlySet<string>;
  /** Whether those addresses certainly exist. */
  #complete = false;
  /** Whether answers of targets come back to the proxy. */
  #returns = false;

  /**
   * @param inside blocks of addresses inside the VPC
   * @param addresses those that an earlier process left on the loopback interface
   */
  constructor(inside: readonly string[], clocks: Clocks, addresses: readonly string[]) {
    this.#firewall = new KernelTable(firewallTable(inside));
    this.#clocks = clocks;
    this.#addresses = new Set(addresses);
  }

  /**
   * @param proxyServes resolves when the proxy accepts connections for the model; it is called when the addresses exist
   * @throws if the kernel refuses; then the next call programs everything again */
  async program(facts: AwsFacts, model: Model, proxyServes?: () => Promise<void>): Promise<void> {
    const places = model.loadBalancers.flatMap(({ listeners }) =>
      listeners.flatMap(({ proxied }) => (proxied === undefined ? [] : [proxied.entrance, proxied.exit])),
    );
    const addresses = new Set([
      ...model.loadBalancers.flatMap((balancer) => balancer.addresses.map((zone) => zone.privateAddress)),
      ...places,
    ]);
    if (places.length > 0 && !this.#returns) {
      await leadToThisHost(returnMark);
      this.#returns = true;
    }
    const complete = this.#complete;
    this.#complete = false;
    await loopbackAddresses(
      [...addresses].filter((address) => !(complete && this.#addresses.has(address))),
      [],
    );
    await proxyServes?.();
    await this.#balancing.change(buildRuleSet(model, this.#clocks, this.#balancing.content));
    await loopbackAddresses(
      [],
      [...this.#addresses].filter((address) => !addresses.has(address)),
    );
    this.#addresses = addresses;
    this.#complete = true;
    await this.#firewall.change(buildFirewall(facts, model));
    // Last, so that the next packet of a terminated flow meets the new rules.
    for (const mark of terminated(this.#model, model, this.#lingering)) forgetConnections(mark);
    this.#lingering = lingeringAfter(this.#model, model, this.#lingering);
    this.#model = model;
  }
}

/** One table, and its known content. */
class KernelTable {
  readonly #table: Table;
  #content: Content | undefined;

  constructor(table: Table) {
    this.#table = table;
  }

  get content(): Content {
    return this.#content ?? nothing;
  }

  async change(content: Content): Promise<void> {
    const transactions = this.#content
      ? renderChange(this.#table, this.#content, content)
      : renderAll(this.#table, content);
    this.#content = undefined;
    for (const transaction of transactions) await nft(transaction);
    this.#content = content;
  }
}
