import type { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { FirewallRule } from "./firewallRules.ts";
import { letIn } from "./ingressRules.ts";
import type { RulePlace } from "./ingressRules.ts";

/**
 * The rules that several exposures of one load balancer need, in one security group. The first exposure that needs a rule declares it, below the load balancer. The
 * rule's name and place do not tell which one that was: whoever joins or leaves, it stays the same resource while anyone needs it, and no update makes a second one before
 * it deletes the first.
 */
export class FixedRules {
  readonly #declared = new Map<string, SecurityGroupIngressRule>();
  readonly #place: RulePlace;

  constructor(place: RulePlace) {
    this.#place = place;
  }

  /** Those that nobody has declared yet. */
  missing(rules: readonly FirewallRule[]): readonly FirewallRule[] {
    return rules.filter(({ key }) => !this.#declared.has(key));
  }

  /** @param formerPlaces where the exposure had the rules before it joined. @default none */
  letIn(
    rules: readonly FirewallRule[],
    formerPlaces: NonNullable<RulePlace["formerPlaces"]> = [],
  ): SecurityGroupIngressRule[] {
    return rules.map((rule) => {
      const places = [...(this.#place.formerPlaces ?? []), ...formerPlaces];
      const declared = this.#declared.get(rule.key) ?? letIn(rule, { ...this.#place, formerPlaces: places });
      this.#declared.set(rule.key, declared);
      return declared;
    });
  }

  /** In the order of their declaration. */
  get all(): readonly SecurityGroupIngressRule[] {
    return [...this.#declared.values()];
  }
}
