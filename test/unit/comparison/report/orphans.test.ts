import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonOrphans } from "../../../../comparison/report/orphans.ts";
import { terminalOrphans } from "../../../../comparison/report/terminal/orphans.ts";
import { orphansVersion } from "../../../../comparison/result/orphans.ts";
import type { Orphans } from "../../../../comparison/result/orphans.ts";
import { orphansDocument } from "../../../../comparison/result/schema.ts";

const result: Orphans = {
  schema: orphansVersion,
  made: "2026-11-24T03:40:00.000Z",
  cloud: "AWS",
  cluster: "dev",
  place: "us-west-2",
  verdict: { kind: "orphans", sentence: "Left behind: 1 x load balancer, 1 x firewall rules." },
  orphans: [
    {
      kind: "load balancer",
      name: "a1",
      id: "arn:1",
      service: "web/cloud",
      reason: "Service web/cloud does not exist",
      monthly: 20.08,
      parts: [{ kind: "target group", name: "k8s-1", id: "arn:2" }],
      commands: ["aws elbv2 delete-load-balancer --load-balancer-arn arn:1"],
    },
    {
      kind: "firewall rules",
      name: "a2",
      id: "a2",
      service: null,
      reason: "they are for load balancer a2, which does not exist",
      monthly: 0,
      parts: [{ kind: "rule", name: "tcp 30081 from 0.0.0.0/0 in sg-1", id: "sgr-1" }],
      commands: [],
    },
  ],
  monthly: 20.08,
  prices: "Prices of 2026-09-20",
  limits: ["Classic Load Balancers are not looked at."],
};

describe("the report of orphans", () => {
  it("has each with its price, reason and parts on a terminal, and the verdict last", () =>
    assert.equal(
      terminalOrphans(result, { colour: false }),
      `load balancer a1, $20.08 a month
  arn:1
  Service web/cloud does not exist.
  - target group k8s-1 (arn:2)
  To remove it:
    aws elbv2 delete-load-balancer --load-balancer-arn arn:1

firewall rules a2
  they are for load balancer a2, which does not exist.
  - rule tcp 30081 from 0.0.0.0/0 in sg-1 (sgr-1)

Prices of 2026-09-20.

  - Classic Load Balancers are not looked at.

Left behind: 1 x load balancer, 1 x firewall rules.`,
    ));

  it("has what each takes where the cloud has no prices", () => {
    const [first] = result.orphans;
    const orphans = first === undefined ? [] : [{ ...first, monthly: 0, units: "1 floating IP" }];
    const text = terminalOrphans({ ...result, orphans, monthly: 0 }, { colour: false });
    assert.match(text, /^load balancer a1, 1 floating IP\n/);
  });

  it("has no prices if nothing costs", () => {
    const none: Orphans = {
      ...result,
      orphans: [],
      monthly: 0,
      verdict: { kind: "none", sentence: "Nothing." },
    };
    assert.doesNotMatch(terminalOrphans(none, { colour: false }), /Prices/);
  });

  it("is the whole result as JSON, and only if it matches the schema", () => {
    assert.deepEqual(JSON.parse(jsonOrphans(result)), result);
    assert.throws(() => jsonOrphans({ ...result, monthly: -1 }));
  });

  it("has its schema in docs/orphans.schema.json: run npm run schema", () => {
    const file = join(import.meta.dirname, "../../../../docs/orphans.schema.json");
    assert.equal(readFileSync(file, "utf8"), orphansDocument());
  });
});
