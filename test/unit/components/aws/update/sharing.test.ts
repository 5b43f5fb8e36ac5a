/**
 * Updates of exposures that share load balancers, on a simulated account: they join, leave, exchange their ports and change. They show that no update creates a second object
 * where AWS keeps one. They do not show what AWS itself does; the tests on the lab use its emulated API.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Alias, Output, Resource, ResourceTransformation } from "@pulumi/pulumi";
import { NetworkLoadBalancer, NodePortExposure, SharedNodeRules } from "../../../../../components/index.ts";
import type { NodePortExposureArgs } from "../../../../../components/index.ts";
import { declare, network } from "../../core/declaring.ts";
import { Account } from "./account.ts";
import { Stack } from "./engine.ts";
import type { Declared } from "./engine.ts";

/** An exposure's own load balancer, or the one that it joins. */
type Place = "own" | "first" | "second";

interface Options {
  readonly place: Place;
  readonly loadBalancerSourceRanges: readonly string[];
  readonly check: "traffic-port" | "kube-proxy" | "own node port";
  /** Added to the node ports. */
  readonly shift: number;
  /** Whether pods are the targets, all at the same port. @default false: nodes */
  readonly pods?: boolean;
}

interface Program {
  /** Who has the port. */
  readonly owners: Readonly<Record<number, string>>;
  readonly exposures: Readonly<Record<string, Options>>;
  /** Whether the first load balancer has a security group of its own. */
  readonly ownGroup: boolean;
  /** Whether exposures without a load balancer to join declare the rules that all load balancers need. @default false */
  readonly sharedNodeRules?: boolean;
  /** The name of the SharedNodeRules for what `a` needs. @default none */
  readonly apart?: string;
}

const base: Options = {
  place: "first",
  loadBalancerSourceRanges: ["203.0.113.0/24"],
  check: "traffic-port",
  shift: 0,
};
const firstNodePorts: Readonly<Record<string, number>> = { a: 30100, b: 30200, c: 30300 };

function declareProgram(
  { owners, exposures, ownGroup, sharedNodeRules = false, apart }: Program,
  note: ResourceTransformation,
): void {
  const opts = { transformations: [note] };
  if (apart !== undefined) new SharedNodeRules(apart, argsOf("a", exposures.a!, [80]), opts);
  const groups = ownGroup ? { securityGroups: "own" as const } : {};
  const balancers = {
    first: new NetworkLoadBalancer("first", { network, ...groups }, opts),
    // The first one has the rules that both need.
    second: new NetworkLoadBalancer("second", { network, sharedNodeRules: false }, opts),
  };
  for (const [name, options] of Object.entries(exposures)) {
    const numbers = Object.keys(owners)
      .map(Number)
      .filter((port) => owners[port] === name);
    if (numbers.length === 0) continue;
    const { place } = options;
    const joined = place === "own" ? { sharedNodeRules } : { loadBalancer: balancers[place] };
    new NodePortExposure(name, { ...argsOf(name, options, numbers), ...joined }, opts);
  }
}

function argsOf(
  name: string,
  { check, shift, pods = false, loadBalancerSourceRanges }: Options,
  numbers: readonly number[],
): NodePortExposureArgs {
  const nodePortOf = (port: number) => firstNodePorts[name]! + port + shift;
  return {
    namespace: "shop",
    selector: { app: name },
    ports: numbers.map((port) => ({
      name: `p${port}`,
      port,
      nodePort: nodePortOf(port),
      targetPort: 8080,
    })),
    ...(pods ? { targetType: "ip", targetGroupBinding: true } : {}),
    loadBalancerSourceRanges,
    network,
    ...(check === "traffic-port"
      ? {}
      : { healthCheck: { port: check === "kube-proxy" ? 10256 : nodePortOf(numbers[0]!) } }),
  };
}

const typeOf = (resource: Resource) => (resource as unknown as { __pulumiType: string }).__pulumiType;
const isUrn = (parent: unknown): parent is Output<string> => "apply" in (parent as object);

/** The type of an alias's parent. */
async function parentTypeOf({ parent }: Alias): Promise<string> {
  if (parent === undefined) return "";
  if (!isUrn(parent)) return typeOf(parent as Resource);
  const urn = await (parent as unknown as { promise(): Promise<string> }).promise();
  return urn.split("::")[2]!.split("$").at(-1)!;
}

/** These components name resources by plain text. */
type NamedAlias = Alias & { readonly name?: string };

interface Noted {
  readonly aliases: readonly NamedAlias[];
  readonly replacementTrigger: unknown;
}

async function declared(program: Program): Promise<readonly Declared[]> {
  const noted = new Map<string, Noted>();
  const note: ResourceTransformation = ({ type, name, opts }) => {
    const aliases = (opts.aliases ?? []).filter(
      (alias): alias is NamedAlias => typeof alias === "object" && ("name" in alias || "parent" in alias),
    );
    const { replacementTrigger } = opts as { readonly replacementTrigger?: unknown };
    noted.set(`${type} ${name}`, { aliases, replacementTrigger });
    return undefined;
  };
  const { resources } = await declare(() => declareProgram(program, note), { preview: false });
  return Promise.all(
    resources.map(async (resource) => {
      const { aliases = [], replacementTrigger } = noted.get(`${resource.type} ${resource.name}`) ?? {};
      const formerPlaces = await Promise.all(
        aliases
          .filter((alias) => alias.parent !== undefined)
          .map(async (alias) => ({
            parentType: await parentTypeOf(alias),
            name: alias.name ?? resource.name,
          })),
      );
      const formerNames = aliases
        .filter(({ parent }) => parent === undefined)
        .flatMap(({ name }) => name ?? []);
      return { resource, formerNames, formerPlaces, replacementTrigger };
    }),
  );
}

/** What an account has after the updates. Every update is compared with a first one of the same program. */
async function updated(...programs: readonly Program[]): Promise<void> {
  const account = new Account();
  const stack = new Stack(account);
  for (const program of programs) {
    const resources = await declared(program);
    stack.update(resources);
    const fresh = new Account();
    new Stack(fresh).update(resources);
    assert.deepEqual(account.rules, fresh.rules);
    assert.deepEqual(listenersOf(account), listenersOf(fresh));
    assert.equal(account.targetGroupCount, fresh.targetGroupCount);
    assert.equal(account.securityGroupCount, fresh.securityGroupCount);
  }
}

/** Without the load balancers' numbers. */
const listenersOf = ({ listeners }: Account) =>
  Object.entries(listeners).map(([listener, forwards]) => [listener.replace(/ \d+ /, " "), forwards]);

const both: Program = { owners: { 80: "a", 81: "b" }, exposures: { a: base, b: base }, ownGroup: false };
const onlyA: Program = { ...both, owners: { 80: "a" } };
const onlyB: Program = { ...both, owners: { 81: "b" } };
const grouped = (program: Program): Program => ({ ...program, ownGroup: true });
const changed = (program: Program, exposure: string, options: Partial<Options>): Program => ({
  ...program,
  exposures: {
    ...program.exposures,
    [exposure]: { ...program.exposures[exposure]!, ...options },
  },
});
const checked = (program: Program): Program => changed(program, "a", { check: "kube-proxy" });

const withPods = (program: Program): Program =>
  changed(changed(program, "a", { pods: true }), "b", { pods: true });

/** Pairs in which a rule, a listener or a target group has another owner afterwards. */
const hardPairs: readonly [Program, Program][] = [
  [onlyA, both],
  [both, onlyB],
  [onlyA, onlyB],
  [grouped(onlyA), grouped(onlyB)],
  [checked(both), changed(onlyB, "b", { check: "kube-proxy" })],
  [both, { ...both, owners: { 80: "b", 81: "a" } }],
  [grouped(both), grouped({ ...both, owners: { 80: "b", 81: "a" } })],
  [both, changed(both, "a", { place: "second" })],
  [both, changed(both, "a", { place: "own" })],
  [grouped(both), grouped(changed(both, "a", { place: "own" }))],
  [both, changed(both, "a", { check: "own node port" })],
  [both, grouped(both)],
];

const anyProgram: fc.Arbitrary<Program> = fc.record({
  owners: fc.record({
    80: fc.constantFrom("a", "b", "none"),
    81: fc.constantFrom("a", "b", "c", "none"),
    443: fc.constantFrom("b", "c", "none"),
  }),
  exposures: fc.record(
    Object.fromEntries(
      ["a", "b", "c"].map((name) => [
        name,
        fc.record({
          place: fc.constantFrom<Place>("own", "first", "first", "second"),
          loadBalancerSourceRanges: fc.uniqueArray(
            fc.constantFrom("0.0.0.0/0", "10.0.0.0/20", "203.0.113.0/24"),
            { minLength: 1, maxLength: 2 },
          ),
          check: fc.constantFrom<Options["check"]>("traffic-port", "kube-proxy", "own node port"),
          shift: fc.constantFrom(0, 1),
        }),
      ]),
    ),
  ),
  ownGroup: fc.boolean(),
});

describe("an update of exposures that share load balancers", () => {
  it("succeeds from any program to any other and back, and leaves exactly what a first update makes", async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, anyProgram, (first, second) => updated(first, second, first)),
      { numRuns: 24, examples: [...hardPairs] },
    );
  }).timeout(60_000);

  it("lets the only exposure join with the rules that it had for its own load balancer", async () => {
    const alone = { ...changed(onlyA, "a", { place: "own", check: "kube-proxy" }), sharedNodeRules: true };
    await updated(alone, changed(alone, "a", { place: "first" }));
  });

  for (const check of ["kube-proxy", "own node port"] as const)
    for (const pods of [false, true])
      it(`moves rules for ${pods ? "pods" : "nodes"}, checked at ${check}, apart from a load balancer and back`, async () => {
        const alone = {
          ...changed(onlyA, "a", { place: "own", check, pods }),
          sharedNodeRules: true,
        };
        const apart = { ...alone, sharedNodeRules: false, apart: "a" };
        await updated(alone, apart, alone);
        // A load balancer that other exposures join has them in the same way.
        const joined = changed(alone, "a", { place: "first" });
        await updated(joined, { ...joined, apart: "first" }, joined);
      });

  it("finds the same rules apart only if they have the load balancer's name", async () => {
    const alone = { ...changed(onlyA, "a", { place: "own" }), sharedNodeRules: true };
    await assert.rejects(
      updated(alone, { ...alone, sharedNodeRules: false, apart: "other" }),
      /InvalidPermission\.Duplicate/,
    );
  });

  it("keeps the rule for a port of pods while any exposure needs it", async () => {
    const exchanged = withPods({ ...both, owners: { 80: "b", 81: "a" } });
    for (const [first, second] of [
      [withPods(onlyA), withPods(both)],
      [withPods(both), withPods(onlyB)],
      [withPods(onlyA), withPods(onlyB)],
      [withPods(both), exchanged],
      [grouped(withPods(both)), grouped(exchanged)],
      [both, withPods(both)],
      [withPods(both), grouped(withPods(both))],
      [withPods(both), changed(withPods(both), "a", { loadBalancerSourceRanges: ["0.0.0.0/0"] })],
    ] as const)
      await updated(first, second, first);
    const alone = changed(withPods(onlyA), "a", { place: "own" });
    await updated(alone, changed(alone, "a", { place: "first" }));
  });
});
