import assert from "node:assert/strict";
import { controllerEnvironment } from "../../../../../lab/clouds/aws/controllerEnvironment.ts";

describe("the environment of AWS's controllers", () => {
  it("takes the user's profile and files out of their sight", () => {
    assert.equal(controllerEnvironment.AWS_PROFILE, "");
    assert.equal(controllerEnvironment.AWS_CONFIG_FILE, "/dev/null");
    assert.equal(controllerEnvironment.AWS_SHARED_CREDENTIALS_FILE, "/dev/null");
  });
});
