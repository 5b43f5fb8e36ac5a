import assert from "node:assert/strict";
import { aws } from "../../../../comparison/clouds/aws/index.ts";
import type { AwsExposure, AwsFacts } from "../../../../comparison/clouds/aws/model.ts";
import { judge } from "../../../../comparison/difference/compare.ts";
import type { Judgement } from "../../../../comparison/difference/compare.ts";
import { comparedOf } from "../../../../comparison/difference/compared.ts";
import { factsIn, known } from "../../../../comparison/model/sourceResult.ts";
import { facts } from "./facts.ts";

function judged(of: AwsFacts): Judgement {
  return judge(comparedOf(of, aws), { traffic: [], statements: [] });
}

/** Under the policy Local with pods on these nodes, by their letters: what targets and node ports then do. */
function withPodsOn(exposure: AwsExposure, nodes: string, healthy = nodes): AwsExposure {
  const service = factsIn(exposure.service) ?? assert.fail();
  const balancer = factsIn(exposure.loadBalancer) ?? assert.fail();
  const all = factsIn(exposure.endpoints) ?? assert.fail();
  const endpoints = all.filter(({ node }) => nodes.includes(node.slice(-1)));
  const addresses = endpoints.map(({ address }) => `${address}:8080`);
  return {
    ...exposure,
    service: known({ ...service, externalTrafficPolicy: "Local" }),
    endpoints: known(endpoints),
    loadBalancer: known({
      ...balancer,
      pools: balancer.pools.map((group) => ({
        ...group,
        members: group.members.map((member) =>
          healthy.includes(member.id.slice(-1))
            ? member
            : { ...member, state: "unhealthy", reason: "Target.FailedHealthChecks" },
        ),
      })),
    }),
    dataPath: known(
      (factsIn(exposure.dataPath) ?? []).map((node) => ({
        ...node,
        entrances: node.entrances.map((entrance) => {
          if (entrance.kind !== "node port") return { ...entrance, endpoints: addresses };
          const own = endpoints
            .filter((each) => each.node === node.node)
            .map(({ address }) => `${address}:8080`);
          const inside = { pods: addresses, node: addresses };
          return {
            ...entrance,
            endpoints: own,
            masquerade: "from the node itself" as const,
            ...(own.length === addresses.length ? {} : { endpointsFromInside: inside }),
          };
        }),
      })),
    ),
  };
}

/** The policy is the same on both sides. What it changes in the health check is not the subject of this test. */
function reasons(left: AwsExposure, right: AwsExposure): readonly string[] {
  return judged({ ...facts, left, right }).verdict.reasons.filter((reason) => !reason.includes("predicted"));
}

describe("externalTrafficPolicy Local with fewer pods than nodes", () => {
  for (const [ours, theirs] of [
    ["ab", "ab"],
    ["ab", "bc"],
    ["a", "c"],
  ] as const) {
    it(`is explained by placement: pods on ${ours} and on ${theirs}`, () => {
      assert.deepEqual(reasons(withPodsOn(facts.left, ours), withPodsOn(facts.right, theirs)), []);
    });
  }

  it("says how many targets are healthy, as it has to be", () => {
    const { aspects } = judged({
      ...facts,
      left: withPodsOn(facts.left, "ab"),
      right: withPodsOn(facts.right, "bc"),
    });
    const row = aspects.find(({ title }) => title === "TCP 80: targets");
    assert.match(row?.left ?? "", /2 of 3 healthy, as it has to be/);
    assert.match(row?.right ?? "", /2 of 3 healthy, as it has to be/);
  });

  it("does not explain an unhealthy target on a node with a ready pod", () => {
    const found = reasons(withPodsOn(facts.left, "ab", "a"), withPodsOn(facts.right, "ab"));
    assert.match(
      found.join("\n"),
      /targets \/ i-b \/ state is unhealthy on the left and healthy on the right/,
    );
  });

  it("does not explain a healthy target on a node without one", () => {
    const found = reasons(withPodsOn(facts.left, "ab", "abc"), withPodsOn(facts.right, "ab"));
    assert.match(
      found.join("\n"),
      /targets \/ i-c \/ state is healthy on the left and unhealthy on the right/,
    );
  });

  it("explains nothing under the policy Cluster, where every node takes traffic", () => {
    const cluster = (exposure: AwsExposure): AwsExposure => ({ ...exposure, service: facts.left.service });
    const left = { ...cluster(withPodsOn(facts.left, "ab")), dataPath: facts.left.dataPath };
    assert.match(
      reasons(left, withPodsOn(facts.right, "bc")).join("\n"),
      /state is unhealthy|state is healthy/,
    );
  });
});
