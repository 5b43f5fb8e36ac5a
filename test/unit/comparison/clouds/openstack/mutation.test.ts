/** Every single change of one fact of the plan changes the verdict. */
import assert from "node:assert/strict";
import { annotationNames } from "../../../../../comparison/clouds/openstack/cloudControllerManager/annotations.ts";
import { shape } from "../../../../../comparison/clouds/openstack/shape.ts";
import { openstack } from "../../../../../comparison/clouds/openstack/index.ts";
import { comparedOf } from "../../../../../comparison/difference/compared.ts";
import { differencesIn } from "../../../../../comparison/difference/differences.ts";
import type { Exposure, Facts } from "../../../../../comparison/model/exposure.ts";
import type { SourceResult } from "../../../../../comparison/model/sourceResult.ts";
import { mutated, mutationsOf } from "../../difference/mutations.ts";
import type { Mutation } from "../../difference/mutations.ts";
import { judged, planned } from "./planned.ts";
import type { Config } from "./planned.ts";

const sides = ["left", "right"] as const;

const isEquivalent = (facts: Facts): boolean =>
  !differencesIn(comparedOf(facts, openstack)).found.some(({ explanation }) => explanation === null) &&
  judged(facts).verdict.kind === "equivalent";

function another(leaf: unknown): unknown {
  if (typeof leaf === "boolean") return !leaf;
  return typeof leaf === "number" ? leaf + 1 : `${String(leaf)} and more`;
}

function factMutations(facts: Facts, side: (typeof sides)[number]): Mutation[] {
  const parts = Object.entries(facts[side]) as [keyof Exposure, SourceResult<unknown>][];
  return parts.flatMap(([part, said]) =>
    said.kind === "known" ? mutationsOf(said.facts, [side, part, "facts"]) : [],
  );
}

/** `left service facts ports 0 name` as the comparison writes it: `service / ports / * / name`. */
const patternOf = ({ path: [, part, , ...rest] }: Mutation): string =>
  [part, ...rest.map((key) => (typeof key === "number" ? "*" : key))].join(" / ");

/** Changes of no consequence for clients, each with its reason. */
function meansTheSame(mutation: Mutation): boolean {
  const pattern = patternOf(mutation);
  const isRemoved = ["emptied", "without it"].includes(mutation.change);
  const isTwice = mutation.change === "twice";
  return (
    // Names and ids, which always differ; and annotations, whose effects are predicted.
    [...shape.ownNames].some((own) => pattern === own || pattern.startsWith(`${own} / `)) ||
    annotationNames.some((name) => pattern === `service / annotations / ${name}`) ||
    // A LoadBalancer Service that names no ranges is as open as one that names 0.0.0.0/0, and the controller takes each range once.
    (pattern.startsWith("service / loadBalancerSourceRanges") && (isRemoved || isTwice)) ||
    // So is a listener.
    (pattern.startsWith("loadBalancer / listeners / * / allowedCidrs") && (isRemoved || isTwice)) ||
    // A rule for more ports lets the same sources in to the Service's; what else it opens is said apart.
    (pattern === "firewall / nodes / * / toPort" && mutation.change === "another value") ||
    // As a NodePort Service, which cannot have the field; the default is true.
    (pattern === "service / allocateLoadBalancerNodePorts" && isRemoved) ||
    // Clients connect to numbers.
    pattern === "service / ports / * / name" ||
    // Rules add up.
    (pattern === "firewall / nodes / *" && isTwice)
  );
}

const differencesOf = (facts: Facts): string[] =>
  differencesIn(comparedOf(facts, openstack)).found.map(({ path, left, right }) =>
    [path, left, right].join(" | "),
  );

/** Whether the sides then differ in less, and in nothing else: such a prediction would be found wrong after the update. */
function isMoreAlike(before: ReadonlySet<string>, after: readonly string[]): boolean {
  return after.length < before.size && after.every((row) => before.has(row));
}

const configurations: Readonly<Record<string, Config>> = {
  "as it is": {},
  // Node ports that nobody knows yet cannot be told apart.
  "with TCP and UDP": {
    ports: [
      { name: "http", port: 80, nodePorts: { nodePort: 30070, loadBalancer: 30071 } },
      { name: "udp", port: 53, protocol: "UDP", nodePorts: { nodePort: 30072, loadBalancer: 30073 } },
    ],
  },
  "with fixed node ports, Local and ports for health checks": {
    ports: [{ name: "http", port: 80, nodePorts: { nodePort: 30070, loadBalancer: 30071 } }],
    externalTrafficPolicy: "Local",
    healthCheckNodePorts: { nodePort: 30080, loadBalancer: 30081 },
  },
};

describe("a change of one fact on OpenStack", () => {
  for (const [name, config] of Object.entries(configurations))
    it(`changes the verdict ${name}`, async () => {
      const facts = await planned(config);
      assert.ok(isEquivalent(facts));
      const before = new Set(differencesOf(facts));
      const mutations = sides.flatMap((side) => factMutations(facts, side));
      assert.ok(mutations.length > 300, String(mutations.length));
      const unnoticed = mutations
        .filter((mutation) => !meansTheSame(mutation))
        .filter((mutation) => {
          const changed = mutated(facts, mutation, another);
          return isEquivalent(changed) && !isMoreAlike(before, differencesOf(changed));
        })
        .map(({ path, change }) => `${path.join(" ")}: ${change}`);
      assert.deepEqual(unnoticed, []);
    });
});
