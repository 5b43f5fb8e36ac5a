/** The destinations of a Service's chains, for each kind of sender. */
import type { RuleSet } from "./ruleSet.ts";
import { podsIn, serviceRule } from "./serviceRules.ts";
import type { Rule, Sender } from "./serviceRules.ts";

/** How a chain handles traffic. */
export interface Way {
  /** Chains of endpoints. */
  readonly to: readonly string[];
  readonly masqueraded: boolean;
  /** Chains on the way that choose an endpoint. */
  readonly through: readonly string[];
}

const nowhere: Way = { to: [], masqueraded: false, through: [] };

export interface Endpoint {
  /** Such as `10.244.1.7:8080`; undefined if the chain does not translate. */
  readonly endpoint?: string;
  /** The set that remembers the endpoint's clients. */
  readonly clients?: string;
  /** Deviations from kube-proxy's rules. */
  readonly deviations: readonly string[];
}

export class ServiceChains {
  private readonly pods: string | undefined;

  private readonly ruleSet: RuleSet;

  constructor(ruleSet: RuleSet) {
    this.ruleSet = ruleSet;

    this.pods = podsIn(ruleSet);
  }

  rules(chain: string): readonly Rule[] {
    const found = this.ruleSet.chains.get(chain);
    if (found === undefined) throw new Error(`there is no chain ${chain}, to which other rules lead`);
    return found.rules.map((text) => serviceRule(text, this.pods));
  }

  /** @param address where the traffic entered; undefined for a node port */
  ways(chain: string | undefined, address: string | undefined): Readonly<Record<Sender, Way>> {
    const way = (sender: Sender): Way => (chain === undefined ? nowhere : this.way(chain, sender, address));
    return { outside: way("outside"), pods: way("pods"), node: way("node") };
  }

  private way(chain: string, sender: Sender, address: string | undefined): Way {
    let masqueraded = false;
    for (const rule of this.rules(chain)) {
      if (rule.kind === "mark" && rule.from.includes(sender))
        masqueraded ||= rule.to === undefined || rule.to === address;
      if (rule.kind === "goto" && rule.from.includes(sender)) {
        const on = this.way(rule.chain, sender, address);
        return {
          to: on.to,
          masqueraded: masqueraded || on.masqueraded,
          through: [chain, ...on.through],
        };
      }
      if (rule.kind === "spread") return { to: rule.chains, masqueraded, through: [chain] };
    }
    return { to: [], masqueraded, through: [chain] };
  }

  endpoint(chain: string, protocol: string): Endpoint {
    const rules = this.rules(chain);
    const translation = rules.find(
      (rule) => rule.kind === "translate" && rule.protocol === protocol.toLowerCase(),
    );
    const endpoint = translation?.kind === "translate" ? translation.endpoint : undefined;
    const before = translation === undefined ? [] : rules.slice(0, rules.indexOf(translation));
    const remembering = before.find((rule) => rule.kind === "remember");
    const address = endpoint?.split(":")[0];
    const returning = before.find((rule) => rule.kind === "return" && rule.address === address);
    const expected = [returning, remembering, translation].filter((rule) => rule !== undefined);
    const absent = [
      ...(endpoint === undefined ? ["no translation to an endpoint"] : []),
      ...(returning === undefined ? ["no masquerade for traffic that an endpoint sends to itself"] : []),
    ];
    return {
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(remembering?.kind === "remember" ? { clients: remembering.set } : {}),
      deviations: [...absent, ...texts(unlike(rules, expected))].map((what) => `${chain}: ${what}`),
    };
  }

  /** Deviations from kube-proxy's rules in a chain that chooses an endpoint. */
  deviations(chain: string, clusterIPs: readonly string[]): readonly string[] {
    const rules = this.rules(chain);
    const end = rules.findIndex(
      (rule) => rule.kind === "spread" || (rule.kind === "goto" && rule.from.includes("outside")),
    );
    const usual = rules.filter((rule, index) => {
      if (end !== -1 && index > end) return false;
      if (rule.kind === "mark") return rule.to === undefined || clusterIPs.includes(rule.to);
      return rule.kind === "goto" || rule.kind === "stick" || rule.kind === "spread";
    });
    return texts(unlike(rules, usual)).map((text) => `${chain}: ${text}`);
  }
}

function unlike(rules: readonly Rule[], expected: readonly Rule[]): readonly Rule[] {
  return rules.filter((rule) => !expected.includes(rule));
}

function texts(rules: readonly Rule[]): readonly string[] {
  return rules.map(({ text }) => text);
}
