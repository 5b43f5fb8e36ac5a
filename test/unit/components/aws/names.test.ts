import assert from "node:assert/strict";
import { nameProblems } from "../../../../components/aws/names.ts";

describe("names on AWS", () => {
  const ports = [{ port: 8080 }];

  it("have at most 32 characters with Pulumi's suffix", () => {
    assert.deepEqual(nameProblems("a".repeat(19), ports), []);
    assert.deepEqual(nameProblems("a".repeat(20), ports), [
      {
        propertyPath: "name",
        reason:
          '"aaaaaaaaaaaaaaaaaaaa" has 20 characters, so the names of its target groups would have more than 32; allowed are 19 with these ports; shorten the name',
      },
    ]);
  });

  it("leave room for the suffix of target groups", () => {
    assert.deepEqual(nameProblems("a".repeat(15), ports, "-asg"), []);
    assert.equal(nameProblems("a".repeat(16), ports, "-asg").length, 1);
  });

  for (const name of ["my_app", "-app", "internal-app", ""]) {
    it(`may not be "${name}"`, () => assert.equal(nameProblems(name, ports).length, 1));
  }
});
