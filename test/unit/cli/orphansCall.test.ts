import assert from "node:assert/strict";
import { UsageError } from "../../../cli/command.ts";
import { asksForOrphans } from "../../../cli/orphansCall.ts";

describe("a command line that asks for orphans", () => {
  it("may ask for JSON and name a cluster", () =>
    assert.ok(asksForOrphans({ orphans: true, json: true, kubeconfig: "a.yaml", context: "eks" })));

  it("is one with --orphans alone", () => assert.ok(!asksForOrphans({ json: true })));

  for (const [name, value] of Object.entries({
    service: ["shop/web"],
    "load-balancer": ["a1"],
    file: ["a.yaml"],
    markdown: true,
    html: "a.html",
  }))
    it(`is refused with --${name}, which is for a comparison`, () =>
      assert.throws(
        () => asksForOrphans({ orphans: true, [name]: value }),
        (error) =>
          error instanceof UsageError &&
          error.message ===
            `--${name} does not go with --orphans; allowed are --json, --kubeconfig and --context`,
      ));
});
