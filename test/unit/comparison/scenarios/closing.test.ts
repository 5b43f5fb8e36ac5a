import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { whileClosed } from "../../../../comparison/scenarios/closing.ts";
import { fakeBed, fakeTarget } from "./fakeBed.ts";

/** The account's rules, by id, as they change. */
function rules(...sources: string[]) {
  const source = new Map(sources.map((cidr, index) => [`sgr-${index}`, cidr]));
  const account = {
    rulesFor: () =>
      Promise.resolve(
        [...source].map(([SecurityGroupRuleId, CidrIpv4]): SecurityGroupRule => ({
          SecurityGroupRuleId,
          CidrIpv4,
        })),
      ),
    changeSource: ({ SecurityGroupRuleId = "" }: SecurityGroupRule, cidr: string) => {
      source.set(SecurityGroupRuleId, cidr);
      return Promise.resolve();
    },
  };
  const bed = fakeBed({ account, clientAddress: "198.51.100.10" });
  return { bed, now: () => [...source.values()] };
}

describe("closing node ports to the client", function () {
  this.timeout(20_000);

  it("changes the rules that let the client in, and no others, and puts them back", async () => {
    const { bed, now } = rules("198.51.100.0/24", "10.0.0.0/16");
    const meanwhile = await whileClosed(bed, [fakeTarget("one")], () => Promise.resolve(now()));
    assert.deepEqual(meanwhile, ["192.0.2.0/24", "10.0.0.0/16"]);
    assert.deepEqual(now(), ["198.51.100.0/24", "10.0.0.0/16"]);
  });

  it("puts them back when what is done meanwhile fails", async () => {
    const { bed, now } = rules("0.0.0.0/0");
    await assert.rejects(
      whileClosed(bed, [fakeTarget("one")], () => Promise.reject(new Error("no client"))),
      /no client/,
    );
    assert.deepEqual(now(), ["0.0.0.0/0"]);
  });

  it("is refused where no rule lets the client in: then nothing would be closed", async () => {
    const { bed, now } = rules("10.0.0.0/16");
    await assert.rejects(
      whileClosed(bed, [fakeTarget("one")], () => Promise.resolve()),
      /one: no rule lets 198\.51\.100\.10 reach the node ports/,
    );
    assert.deepEqual(now(), ["10.0.0.0/16"]);
  });
});
