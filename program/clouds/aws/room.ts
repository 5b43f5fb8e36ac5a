/** Whether the rules of a program fit into the nodes' security group, beside those that are there already. */
import { countRules } from "../../../comparison/clouds/aws/sources/inboundRules.ts";
import type { RuleCount, RuleFacts } from "../../../comparison/clouds/aws/model.ts";
import type { InboundRule } from "./inboundRules.ts";

export interface Room {
  readonly group: string;
  readonly allowed: number;
  /** Before the update. */
  readonly now: RuleCount;
  /** With what the program declares. */
  readonly declared: RuleCount;
  /** With what a controller adds for the program's LoadBalancer Services as well. */
  readonly all: RuleCount;
  /** Whether a rule is taken to be there already although its port or its source is not known before the update: one of the program's, or any. */
  readonly isGuessed: { readonly declared: boolean; readonly all: boolean };
}

/**
 * A rule that the program declares and that is there already counts once. What is not known before the update, such as a node port, is taken to be the same as in a rule with the same
 * description that is otherwise equal: so the counts are the least.
 */
export function roomIn(
  group: string,
  existing: readonly InboundRule[],
  planned: readonly RuleFacts[],
  allowed: number,
): Room {
  const inGroup = planned.filter(({ securityGroup }) => securityGroup === group);
  const byProgram = inGroup.filter(({ owner }) => owner === "program");
  const guesses = (rules: readonly RuleFacts[]): boolean => {
    const unclear = rules.filter((rule) => unknowns(rule) > 0);
    return missing(unclear, existing).length < unclear.length;
  };
  const now = existing.map((rule): RuleFacts => asFacts(group, rule));
  const count = (rules: readonly RuleFacts[]): RuleCount =>
    countRules(rules)[group] ?? { count: 0, isLeast: false };
  return {
    group,
    allowed,
    now: count(now),
    declared: count([...now, ...missing(byProgram, existing)]),
    all: count([...now, ...missing(inGroup, existing)]),
    isGuessed: { declared: guesses(byProgram), all: guesses(inGroup) },
  };
}

function asFacts(securityGroup: string, { description, ...rule }: InboundRule): RuleFacts {
  return { identity: { name: description, id: description }, owner: "other", securityGroup, ...rule };
}

/** Planned rules that are not there. What is known of a rule most narrowly finds its equal first. */
function missing(planned: readonly RuleFacts[], existing: readonly InboundRule[]): RuleFacts[] {
  const left = [...existing];
  const byKnowledge = [...planned].sort((a, b) => unknowns(a) - unknowns(b));
  return byKnowledge
    .filter((rule) => {
      const index = left.findIndex((each) => mayBe(each, rule));
      if (index >= 0) left.splice(index, 1);
      return index < 0;
    })
    .map((rule) => ({ ...rule, source: isKnownSource(rule.source) ? rule.source : "sg-" }));
}

function unknowns({ fromPort, source }: RuleFacts): number {
  return Number(typeof fromPort !== "number") + Number(!isKnownSource(source));
}

function mayBe(existing: InboundRule, planned: RuleFacts): boolean {
  const { fromPort, toPort, source, identity } = planned;
  return (
    (unknowns(planned) === 0 || planned.owner !== "program" || existing.description === identity.name) &&
    existing.ipProtocol === planned.ipProtocol &&
    (typeof fromPort !== "number" || existing.fromPort === fromPort) &&
    (typeof toPort !== "number" || existing.toPort === toPort) &&
    (isKnownSource(source) ? existing.source === source : existing.source.startsWith("sg-"))
  );
}

/** Security groups that are made in the update have no id yet. */
const isKnownSource = (source: string): boolean =>
  /^(?:[\d.]+\/\d+|[\da-f:.]+\/\d+|(?:sg|pl)-.+)$/i.test(source);

/**
 * What a preview says where there is room even if every rule of the group were inbound and none of the program's there already, so that no rule has to be read.
 *
 * @param there how many rules the group has, outbound ones included
 * @returns undefined if that is not so
 */
export function ampleRoom(
  group: string,
  there: number,
  planned: readonly RuleFacts[],
  allowed: number,
): string | undefined {
  const own = planned.filter(({ securityGroup }) => securityGroup === group).length;
  if (there + own > allowed) return undefined;
  return `The nodes' security group ${group} has ${there} rules, outbound ones included. This program and its controller have ${own} there: at most ${there + own} of ${allowed} inbound rules, unless prefix lists count for more.`;
}

export interface Verdict {
  readonly kind: "fits" | "maybe" | "full";
  readonly text: string;
}

const source =
  "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups";

/** `full` only if what the program itself declares certainly does not fit: a controller may write into another group. */
export function verdictOn({ group, allowed, now, declared, all, isGuessed }: Room): Verdict {
  const leastNow = now.isLeast ? "at least " : "";
  const least = isGuessed.all || all.isLeast ? "at least " : "";
  const added = declared.count - now.count;
  const byController = all.count - declared.count;
  const inbound = now.count === 1 ? "inbound rule" : "inbound rules";
  const needed =
    added > 0
      ? `${isGuessed.declared ? "at least " : ""}${added} more there`
      : `no more there${isGuessed.declared ? ", as far as is known before the update" : ""}`;
  const text =
    `The nodes' security group ${group} has ${leastNow}${now.count} ${inbound}. This program needs ${needed}` +
    `${byController === 0 ? "" : `, and the controller adds at least ${byController}`}: ${least}${all.count} of ${allowed}.`;
  const fix = `Remove rules that nobody needs (npm run leftovers), merge ranges, set securityGroups to own, or ask AWS for more and set quotas.rulesPerSecurityGroup to the number (${source}).`;
  if (added > 0 && declared.count > allowed)
    return { kind: "full", text: `${text} AWS will refuse what exceeds it. ${fix}` };
  if (byController > 0 && all.count > allowed)
    return {
      kind: "maybe",
      text: `${text} The controller's rules do not fit if it writes into this group. ${fix}`,
    };
  return { kind: "fits", text };
}
