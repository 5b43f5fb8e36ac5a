import assert from "node:assert/strict";
import { orphansOf } from "../../../../comparison/orphans.ts";
import { askForOrphans } from "../../../../comparison/sources/orphans.ts";
import { arns, cloud, plain, sources, v1Service } from "./account.ts";
import { sdkError } from "./clients.ts";

const made = new Date("2026-11-24T03:40:00Z");
const services = (...refs: (typeof plain)[]) => ({
  services: () => Promise.resolve(refs.map((ref) => v1Service(ref))),
});

describe("asking for orphans", () => {
  it("finds none while every Service is there", async () => {
    const { kubernetes, cloud: reader } = sources();
    const found = await askForOrphans(kubernetes, reader);
    assert.ok(found.kind === "known");
    const { verdict, orphans, monthly } = orphansOf(found.facts, "AWS", made);
    assert.deepEqual(verdict, {
      kind: "none",
      sentence: "Nothing of cluster dev is left behind on AWS in us-west-2.",
    });
    assert.deepEqual([orphans, monthly], [[], 0]);
  });

  it("finds the load balancer of a Service that is gone, and says what it costs", async () => {
    const { kubernetes, cloud: reader } = sources();
    const found = await askForOrphans({ ...kubernetes, ...services(plain) }, reader);
    assert.ok(found.kind === "known");
    const result = orphansOf(found.facts, "AWS", made);
    assert.deepEqual(
      result.orphans.map(({ id, service, parts }) => [id, service, parts.map((part) => part.id)]),
      [
        [
          arns("theirs").loadBalancer,
          `${cloud.namespace}/${cloud.name}`,
          [arns("theirs").targetGroup, "sgr-theirs"],
        ],
      ],
    );
    assert.equal(
      result.verdict.sentence,
      "Left behind of cluster dev on AWS in us-west-2: 1 x load balancer; together they cost $20.08 a month without traffic.",
    );
    assert.deepEqual([result.verdict.kind, result.monthly], ["orphans", 20.08]);
  });

  const silent: readonly (readonly [string, Parameters<typeof sources>[0], RegExp])[] = [
    [
      "the load balancers",
      { elbv2: { DescribeLoadBalancers: () => Promise.reject(sdkError("AccessDenied")) } },
      /^not known without the load balancers: no permission in the ELBv2 API/,
    ],
    [
      "the rules",
      { ec2: { DescribeSecurityGroupRules: () => Promise.reject(sdkError("UnauthorizedOperation")) } },
      /^not known without the nodes' rules: no permission in the EC2 API/,
    ],
  ];
  for (const [what, answers, reason] of silent)
    it(`knows nothing if ${what} cannot be read, and says why`, async () => {
      const { kubernetes, cloud: reader } = sources(answers);
      const found = await askForOrphans(kubernetes, reader);
      assert.ok(found.kind === "unreachable");
      assert.match(found.reason, reason);
    });

  it("calls nothing an orphan if the Services cannot be read", async () => {
    const { kubernetes, cloud: reader } = sources();
    const failing = { ...kubernetes, services: () => Promise.reject(new Error("no")) };
    const found = await askForOrphans(failing, reader);
    assert.ok(found.kind === "unreachable");
    assert.match(found.reason, /^not known without the Services: /);
  });
});
