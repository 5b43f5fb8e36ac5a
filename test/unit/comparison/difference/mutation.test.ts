import assert from "node:assert/strict";
import fc from "fast-check";
import { annotationNames } from "../../../../comparison/clouds/aws/cloudControllerManager/annotations.ts";
import { predict } from "../../../../comparison/clouds/aws/cloudControllerManager/predict.ts";
import type { AwsFacts, RuleFacts } from "../../../../comparison/clouds/aws/model.ts";
import { judge } from "../../../../comparison/difference/compare.ts";
import { differencesIn } from "../../../../comparison/difference/differences.ts";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import { comparedOf } from "../../../../comparison/difference/compared.ts";
import type { Exposure, Facts } from "../../../../comparison/model/exposure.ts";
import { factsIn } from "../../../../comparison/model/sourceResult.ts";
import type { SourceResult } from "../../../../comparison/model/sourceResult.ts";
import { planned } from "../plan/planned.ts";
import { facts } from "./facts.ts";
import { mutated, mutationsOf } from "./mutations.ts";
import type { Mutation } from "./mutations.ts";

const sides = ["left", "right"] as const;

/** By the whole verdict: differences, predictions, whether both sides work, and that nothing more is open. */
function isEquivalent(of: Facts): boolean {
  const compared = comparedOf(of, aws);
  const { found } = differencesIn(compared);
  // A field of a wrong type is found here. A prediction cannot be checked against it.
  if (found.some(({ explanation }) => explanation === null)) return false;
  const { verdict, opensMore } = judge(compared, { traffic: [], statements: [] });
  // A rule for more ports lets in the same clients, and is named for the rest that it opens.
  return verdict.kind === "equivalent" && opensMore.length === 0;
}

/** Another value of the same type, as fast-check likes it. */
function other(leaf: unknown): fc.Arbitrary<unknown> {
  if (typeof leaf === "boolean") return fc.constant(!leaf);
  if (typeof leaf === "number") return fc.nat({ max: 65535 }).filter((value) => value !== leaf);
  return fc.string().filter((value) => value !== leaf && protocols[value] !== leaf);
}

/** EC2 takes a protocol by its number as well: that is the same protocol. */
const protocols: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp" };

/** Below the outcome of a source, which is not a field of the facts. */
function factMutations(facts: Facts, side: (typeof sides)[number]): Mutation[] {
  const parts = Object.entries(facts[side]) as [keyof Exposure, SourceResult<unknown>][];
  return parts.flatMap(([part, said]) =>
    said.kind === "known" ? mutationsOf(said.facts, [side, part, "facts"]) : [],
  );
}

/** `left service facts ports 0 name` as the comparison writes it: `service / ports / * / name`. */
function patternOf({ path }: Mutation): string {
  const [, part, , ...rest] = path;
  return rest.reduce<string>((pattern, key) => {
    const raw = `${pattern} / ${typeof key === "number" ? "*" : key}`;
    const word = aws.shape.words[raw];
    return word === undefined ? raw : `${pattern} / ${word}`;
  }, String(part));
}

function isOwnName(mutation: Mutation): boolean {
  const pattern = patternOf(mutation);
  return [...aws.shape.ownNames].some((own) => pattern === own || pattern.startsWith(`${own} / `));
}

/** What the comparison of sides leaves to the check of predictions: what the controller is told. */
function isInstruction(mutation: Mutation): boolean {
  return Object.values(annotationNames).some(
    (name) => patternOf(mutation) === ["service", "annotations", name].join(" / "),
  );
}

/** Changes of no consequence for clients, each with its reason. */
function meansTheSame(facts: Facts, mutation: Mutation): boolean {
  const [pattern, { change }] = [patternOf(mutation), mutation];
  const isRemoved = ["emptied", "without it"].includes(change);
  return (
    // A LoadBalancer Service that names no ranges is as open as one that names 0.0.0.0/0.
    (pattern.startsWith("service / loadBalancerSourceRanges") &&
      isRemoved &&
      String(leafAt(facts, mutation)) === "0.0.0.0/0") ||
    // The controller takes each range once.
    (pattern === "service / loadBalancerSourceRanges / *" && change === "twice") ||
    // As a NodePort Service, which cannot have the field; the default is true.
    (pattern === "service / allocateLoadBalancerNodePorts" && isRemoved) ||
    // Clients connect to numbers. Where endpoints are known, they have the name too, and tell that only one of them changed.
    (pattern === "service / ports / * / name" && facts.basis === "planned")
  );
}

/**
 * Whether the sides then differ in less than `before`, and in nothing else. It is no fault of a side: what a plan says of the controller's objects is the model's
 * prediction. Of measured facts the check of predictions finds it, so there such a change is not left out.
 */
function isMoreAlike(before: ReadonlySet<string>, facts: Facts, mutation: Mutation): boolean {
  if (!["emptied", "without it"].includes(mutation.change)) return false;
  // On the left is what the program declares; only the owner is the comparison's own word.
  if (mutation.path[0] === "left" && mutation.path.at(-1) !== "owner") return false;
  const after = differencesOf(mutated(facts, mutation, String));
  return after.length < before.size && after.every((row) => before.has(row));
}

/**
 * Whether the mutation leaves who is let in to what as it is: rules add up, so a rule can be doubled, or be one of several that let in the same. Tried out address by
 * address, at every border of every range.
 */
function letsInTheSame(facts: Facts, mutation: Mutation): boolean {
  if (!patternOf(mutation).startsWith("firewall / nodes / *")) return false;
  const [side] = mutation.path as ["left" | "right"];
  const index = Number(mutation.path[4]);
  const rules = rulesOf(facts, side);
  const changed = rulesOf(mutated(facts, mutation, String), side);
  const rule = rules[index];
  // A field that the rules do not have by their type, and a change of a rule that others do not cover, must be noticed.
  if (mutation.path.length > 5)
    return mutation.path[5] === "owner" && rule !== undefined && isSameFor(rules, rules.toSpliced(index, 1));
  return isSameFor(rules, changed);
}

function rulesOf(facts: Facts, side: "left" | "right"): RuleFacts[] {
  return [...(factsIn((facts as AwsFacts)[side].firewall)?.nodes ?? [])];
}

function isSameFor(before: readonly RuleFacts[], after: readonly RuleFacts[]): boolean {
  const all = [...before, ...after];
  const addresses = all.flatMap(({ source }) => bordersOf(source));
  const ports = [...new Set(all.map(({ ipProtocol, fromPort }) => JSON.stringify([ipProtocol, fromPort])))];
  const admits = (rules: readonly RuleFacts[], address: number, port: string): boolean =>
    rules.some(
      ({ ipProtocol, fromPort, source }) =>
        JSON.stringify([ipProtocol, fromPort]) === port && isIn(address, source),
    );
  return ports.every((port) =>
    addresses.every((address) => admits(before, address, port) === admits(after, address, port)),
  );
}

function partsOf(cidr: string): { readonly first: number; readonly size: number } {
  const [address = "", length = ""] = cidr.split("/");
  const first = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return { first, size: 2 ** (32 - Number(length)) };
}

function bordersOf(cidr: string): number[] {
  const { first, size } = partsOf(cidr);
  return [first - 1, first, first + size - 1, first + size];
}

function isIn(address: number, cidr: string): boolean {
  const { first, size } = partsOf(cidr);
  return first <= address && address < first + size;
}

function differencesOf(facts: Facts): string[] {
  return differencesIn(comparedOf(facts, aws)).found.map(({ path, left, right }) =>
    JSON.stringify([path, left, right]),
  );
}

/** Whether clients would be served as before. */
function isOfNoConsequence(facts: Facts, mutation: Mutation): boolean {
  return meansTheSame(facts, mutation) || letsInTheSame(facts, mutation);
}

function mutationsIn(facts: Facts, side: (typeof sides)[number]): Mutation[] {
  return factMutations(facts, side).filter((mutation) => !isOwnName(mutation) && !isInstruction(mutation));
}

/** Two of each type: one of them is another value than any given one. */
const examples: readonly unknown[] = [true, false, 4711, 4712, "another", "yet another"];

function otherExample(leaf: unknown): unknown {
  const type = ["boolean", "number"].includes(typeof leaf) ? typeof leaf : "string";
  return examples.find((value) => typeof value === type && value !== leaf);
}

/** The places where a change was not noticed. */
function survivorsIn(facts: Facts, mutations: readonly Mutation[]): Mutation[] {
  return mutations.filter((mutation) => isEquivalent(mutated(facts, mutation, otherExample)));
}

function inWords(mutation: Mutation): string {
  return `${patternOf(mutation)}: ${mutation.change}`;
}

/** What each entry of the catalogue that is not the stack dev's is for. */
const configurations: readonly Readonly<Record<string, string>>[] = [
  { externalTrafficPolicy: "Local" },
  { externalTrafficPolicy: "Local", loadBalancerSourceRanges: '["10.0.0.0/8"]' },
  { externalTrafficPolicy: "Local", loadBalancerSourceRanges: '["203.0.113.0/24"]' },
  { loadBalancerSourceRanges: '["10.0.0.0/8"]' },
  { loadBalancerSourceRanges: '["203.0.113.0/24"]' },
];

describe("a comparison of the two ways", function () {
  // Thousands of comparisons.
  this.timeout(60_000);

  it("is equivalent, with reasons for every difference, as they are on the stack dev", () => {
    const { found, missing } = differencesIn(comparedOf(facts, aws));
    assert.deepEqual(
      found.filter(({ explanation }) => explanation === null),
      [],
    );
    assert.deepEqual(missing, []);
    assert.ok(found.length > 0);
  });

  it("is the same the other way round", () => {
    assert.ok(isEquivalent({ ...facts, left: facts.right, right: facts.left }));
  });

  for (const side of sides) {
    const mutations = mutationsIn(facts, side).filter((mutation) => !isOfNoConsequence(facts, mutation));

    it(`is not equivalent after any single change on the ${side}: each of ${mutations.length} places`, () => {
      assert.deepEqual(survivorsIn(facts, mutations).map(inWords), []);
    });

    it(`is not equivalent whatever the new value is on the ${side}`, () => {
      const change = fc
        .constantFrom(...mutations)
        .chain((mutation) => other(leafAt(facts, mutation)).map((value) => ({ mutation, value })));
      fc.assert(
        fc.property(change, ({ mutation, value }) => !isEquivalent(mutated(facts, mutation, () => value))),
        { numRuns: 500 },
      );
    });
  }

  for (const config of configurations) {
    it(`is not equivalent after any single change as planned with ${JSON.stringify(config)}`, async () => {
      const asPlanned = JSON.parse(JSON.stringify(await planned({ config, predict }))) as Facts;
      assert.ok(isEquivalent(asPlanned));
      const before = new Set(differencesOf(asPlanned));
      for (const side of sides) {
        const survivors = survivorsIn(asPlanned, mutationsIn(asPlanned, side)).filter(
          (mutation) => !isOfNoConsequence(asPlanned, mutation) && !isMoreAlike(before, asPlanned, mutation),
        );
        assert.deepEqual(survivors.map(inWords), []);
      }
    });
  }
});

function leafAt(facts: Facts, { path }: Mutation): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], facts);
}
