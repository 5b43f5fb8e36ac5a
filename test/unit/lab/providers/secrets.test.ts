import assert from "node:assert/strict";
import { InitializationError } from "../../../../lab/providers/protocol.ts";
import { markSecrets, withSecretsOf } from "../../../../lab/providers/secrets.ts";
import { secret } from "../../../../lab/providers/values.ts";

describe("secrets of a program", () => {
  it("stay secret in the state, where they are", () => {
    const given = { data: { user: "u", password: secret("p") }, kind: "ConfigMap" };
    const data = { user: "u", password: "p", added: "a" };
    assert.deepEqual(markSecrets({ data, kind: "ConfigMap" }, given), {
      data: { ...data, password: secret("p") },
      kind: "ConfigMap",
    });
  });

  it("stay secret in the inputs that the state keeps", () => {
    const given = { data: { password: secret("p") } };
    const data = { password: "p" };
    assert.deepEqual(markSecrets({ data, __inputs: { data } }, given), {
      data: { password: secret("p") },
      __inputs: { data: { password: secret("p") } },
    });
  });

  it("make the whole list secret, since its order may change", () => {
    const given = {
      env: [
        { name: "A", value: "a" },
        { name: "P", value: secret("p") },
      ],
    };
    const env = [{ name: "P", value: "p" }];
    assert.deepEqual(markSecrets({ env }, given), { env: secret(env) });
  });

  it("are not marked twice", () => {
    const given = { data: secret({ password: "p" }) };
    assert.deepEqual(markSecrets({ data: secret({ password: "p" }) }, given), {
      data: secret({ password: "p" }),
    });
  });

  it("stay secret in the state of an object that did not become ready", async () => {
    const state = { id: "a", inputs: { password: "p" }, outputs: { password: "p" } };
    const failed = Promise.reject(new InitializationError("not ready", state, []));
    await assert.rejects(withSecretsOf({ password: secret("p") }, failed), {
      message: "not ready",
      state: { id: "a", inputs: { password: secret("p") }, outputs: { password: secret("p") } },
    });
  });
});
