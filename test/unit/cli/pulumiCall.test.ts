import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isForLab, missingStack } from "../../../cli/pulumiCall.ts";

describe("a Pulumi command line", () => {
  it("needs the lab if it asks the cloud of the stack dev", () => {
    assert.ok(isForLab(["preview"]));
    assert.ok(isForLab(["up", "--stack", "dev"]));
    assert.ok(isForLab(["destroy", "--stack=organization/nodeport-vs-loadbalancer/dev"]));
  });

  it("needs no lab for another stack, or to read the state", () => {
    assert.ok(!isForLab(["preview", "-s", "eks"]));
    assert.ok(!isForLab(["up", "--stack=eks"]));
    assert.ok(!isForLab(["stack", "output"]));
  });

  describe("for another stack", () => {
    let checkout: string;

    before(() => {
      checkout = mkdtempSync(join(tmpdir(), "pulumi-call-"));
      const stacks = join(checkout, ".pulumi", "stacks", "shop");
      mkdirSync(stacks, { recursive: true });
      writeFileSync(join(stacks, "there.json"), "{}");
      writeFileSync(join(checkout, "Pulumi.eks.yaml"), "config: {}\n");
    });

    after(() => rmSync(checkout, { recursive: true }));

    const missing = (...words: string[]) => missingStack(words, checkout);

    it("says how to make the stack, and that its configuration is there", () => {
      assert.equal(
        missing("preview", "--stack", "eks"),
        "there is no stack eks in this checkout; make it with npm run pulumi -- stack init eks; Pulumi.eks.yaml is its configuration",
      );
    });

    it("says that the configuration is missing too", () => {
      assert.match(missing("up", "-s", "nope") ?? "", /stack init nope; there is no Pulumi\.nope\.yaml/);
    });

    it("has nothing to say of a stack that is there, of the lab's, or where the cloud is not asked", () => {
      assert.equal(missing("up", "--stack", "there"), undefined);
      assert.equal(missing("up", "--stack", "organization/shop/there"), undefined);
      assert.equal(missing("up"), undefined);
      assert.equal(missing("stack", "init", "eks"), undefined);
    });
  });
});
