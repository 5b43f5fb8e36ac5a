import assert from "node:assert/strict";
import { callOf } from "../../../cli/call.ts";

describe("a call of a command that is shown to the user", () => {
  it("names the stack, unless it is the first", () => {
    assert.equal(callOf("lab -- down", "dev"), "npm run lab -- down");
    assert.equal(callOf("lab -- down", "openstack"), "npm run lab -- down --stack openstack");
    assert.equal(callOf("compare", "openstack"), "npm run compare -- --stack openstack");
  });
});
