import assert from "node:assert/strict";
import { acquiringPlugins, pulumiEnvironment } from "../../../cli/environment.ts";

describe("the environment of Pulumi commands", () => {
  const variable = "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION";

  it("lets the engine download no plug-in of another cloud for the stack on the lab", () => {
    assert.equal(pulumiEnvironment("/checkout", [])[variable], "true");
  });

  it("lets the engine download what another stack needs", () => {
    const { [variable]: _, ...others } = pulumiEnvironment("/checkout", []);
    assert.deepEqual(acquiringPlugins(pulumiEnvironment("/checkout", [])), others);
    assert.equal(others.PULUMI_BACKEND_URL, "file:///checkout");
  });
});
