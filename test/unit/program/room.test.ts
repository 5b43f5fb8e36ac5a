import assert from "node:assert/strict";
import { later } from "../../../comparison/model/later.ts";
import type { RuleFacts } from "../../../comparison/clouds/aws/model.ts";
import type { InboundRule } from "../../../program/clouds/aws/inboundRules.ts";
import { ampleRoom, roomIn, verdictOn } from "../../../program/clouds/aws/room.ts";

const group = "sg-nodes";
const there = (changes: Partial<InboundRule> = {}): InboundRule => ({
  source: "0.0.0.0/0",
  ipProtocol: "tcp",
  fromPort: 30000,
  toPort: 30000,
  description: "clients",
  ...changes,
});
const planned = (changes: Partial<RuleFacts> = {}): RuleFacts => ({
  identity: { name: "clients", id: "clients" },
  owner: "program",
  securityGroup: group,
  ipProtocol: "tcp",
  fromPort: 31000,
  toPort: 31000,
  source: "0.0.0.0/0",
  ...changes,
});
const notYet = { fromPort: later, toPort: later } as const;
const counts = (existing: readonly InboundRule[], rules: readonly RuleFacts[]): number[] => {
  const { now, declared, all } = roomIn(group, existing, rules, 60);
  return [now, declared, all].map(({ count }) => count);
};
const several = (count: number) =>
  Array.from({ length: count }, (_, index) => there({ fromPort: 1000 + index, toPort: 1000 + index }));

describe("the room in the nodes' security group", () => {
  it("is taken by the rules that are there and by those that the program adds", () => {
    assert.deepEqual(counts([there()], [planned(), planned({ source: "10.0.0.0/8" })]), [1, 3, 3]);
  });

  it("is taken once by a rule that an earlier update has made", () => {
    assert.deepEqual(counts([there({ fromPort: 31000, toPort: 31000 })], [planned()]), [1, 1, 1]);
  });

  it("is not taken by what a rule may be that is there, while its port or its group is not known yet", () => {
    assert.deepEqual(counts([there()], [planned(notYet)]), [1, 1, 1]);
    assert.deepEqual(counts([there()], [planned(notYet), planned(notYet)]), [1, 2, 2]);
    const urn = "urn:pulumi:dev::shop::aws:ec2/securityGroup:SecurityGroup::web";
    const byGroup = there({ source: "sg-1", fromPort: 31000, toPort: 31000 });
    assert.deepEqual(counts([byGroup], [planned({ source: urn })]), [1, 1, 1]);
    assert.deepEqual(counts([there({ source: "sg-1" })], [planned({ source: urn })]), [1, 2, 2]);
    const ofOther = there({ description: "clients of another port" });
    assert.deepEqual(counts([ofOther], [planned(notYet)]), [1, 2, 2]);
    const byController = {
      ...notYet,
      owner: "cloud controller",
      identity: { name: "nlb/client=later", id: later },
    } as const;
    assert.deepEqual(counts([there({ description: "nlb/client=a1" })], [planned(byController)]), [1, 1, 1]);
  });

  it("lets the rule that is known best find its equal first", () => {
    const existing = [there({ fromPort: 31000, toPort: 31000 }), there()];
    assert.deepEqual(counts(existing, [planned(notYet), planned()]), [2, 2, 2]);
  });

  it("is taken in this group alone", () => {
    assert.deepEqual(counts([there()], [planned({ securityGroup: "sg-other" })]), [1, 1, 1]);
  });

  it("is counted as AWS does, by family", () => {
    assert.deepEqual(counts([there({ source: "::/0" })], [planned()]), [1, 1, 1]);
    assert.deepEqual(counts([there({ source: "::/0" })], [planned({ source: "sg-1" })]), [1, 2, 2]);
  });

  it("is taken by the controller's rules as well, which are told apart", () => {
    assert.deepEqual(
      counts([there()], [planned(), planned({ owner: "cloud controller", source: "10.0.0.0/8" })]),
      [1, 2, 3],
    );
  });
});

describe("what a preview says of the room", () => {
  it("is the most that there can be, as long as that fits", () => {
    const rules = [planned(), planned({ owner: "cloud controller" }), planned({ securityGroup: "sg-other" })];
    assert.equal(
      ampleRoom(group, 58, rules, 60),
      "The nodes' security group sg-nodes has 58 rules, outbound ones included. This program and its controller have 2 there: at most 60 of 60 inbound rules, unless prefix lists count for more.",
    );
    assert.equal(ampleRoom(group, 59, rules, 60), undefined);
  });

  it("has the rules now, those that come, and how many are allowed", () => {
    const { kind, text } = verdictOn(
      roomIn(
        group,
        several(5),
        [planned(), planned({ owner: "cloud controller", ...notYet, source: "10.0.0.0/8" })],
        60,
      ),
    );
    assert.deepEqual(
      [kind, text],
      [
        "fits",
        "The nodes' security group sg-nodes has 5 inbound rules. This program needs 1 more there, and the controller adds at least 1: 7 of 60.",
      ],
    );
  });

  it("is the least where a rule is only taken to be there", () => {
    const { text } = verdictOn(roomIn(group, [there()], [planned(notYet)], 60));
    assert.match(
      text,
      /has 1 inbound rule\. This program needs no more there, as far as is known before the update: at least 1 of 60\.$/,
    );
  });

  it("is that a prefix list may count for more", () => {
    const { text } = verdictOn(roomIn(group, [there({ source: "pl-1" })], [planned()], 60));
    assert.match(text, /has at least 1 inbound rule\. .*: at least 2 of 60\.$/);
  });

  it("is an error if what the program declares does not fit, up to the last rule", () => {
    assert.equal(verdictOn(roomIn(group, several(59), [planned()], 60)).kind, "fits");
    const { kind, text } = verdictOn(roomIn(group, several(60), [planned()], 60));
    assert.equal(kind, "full");
    assert.match(text, /has 60 inbound rules\. This program needs 1 more there: 61 of 60\. AWS will refuse/);
    assert.equal(verdictOn(roomIn(group, several(60), [planned()], 61)).kind, "fits");
  });

  it("is a warning if only the controller's rules do not fit, which may go elsewhere", () => {
    const rules = [planned(), planned({ owner: "cloud controller", source: "10.0.0.0/8" })];
    assert.equal(verdictOn(roomIn(group, several(59), rules, 60)).kind, "maybe");
  });

  it("is no error in a group that is too full without the program, if that adds nothing", () => {
    const existing = [...several(61), there({ fromPort: 31000, toPort: 31000 })];
    assert.equal(verdictOn(roomIn(group, existing, [planned()], 60)).kind, "fits");
  });

  it("is nothing new once the update has run, even in a full group", () => {
    const { kind, text } = verdictOn(
      roomIn(group, [...several(59), there({ fromPort: 31000, toPort: 31000 })], [planned()], 60),
    );
    assert.deepEqual([kind, text.includes("needs no more there: 60 of 60")], ["fits", true]);
  });
});
