import assert from "node:assert/strict";
import { plainSecrets } from "../../../policy/rules/plainSecrets.ts";

const key = ["-----BEGIN RSA", "PRIVATE", "KEY-----"].join(" ");
const accessKey = ["AKIA", "ABCDEFGHIJKLMNOP"].join("");

const inPod = (container: object): string[] =>
  plainSecrets({
    type: "kubernetes:core/v1:Pod",
    props: { spec: { containers: [{ name: "web", ...container }] } },
  });
const variable = (name: string, value?: string): string[] => inPod({ env: [{ name, value }] });

describe("the policy that secrets are not in plain text", () => {
  it("refuses a variable whose name or value is a secret, and does not repeat the value", () => {
    assert.deepEqual(variable("DB_PASSWORD", "hunter2"), [
      "the variable DB_PASSWORD has a secret in plain text; put it into a Secret, and refer to that",
    ]);
    for (const name of [
      "API_KEY",
      "token",
      "client-secret",
      "AWS_SECRET_ACCESS_KEY",
      "credentials",
      "KEY",
      "DB_PASS",
      "dbPass",
    ])
      assert.equal(variable(name, "x").length, 1, name);
    for (const value of [key, accessKey]) {
      assert.equal(variable("ANY", value).length, 1);
      assert.ok(!variable("ANY", value).join().includes(value));
    }
  });

  it("allows a reference to a Secret, and names that are not secrets", () => {
    assert.deepEqual(
      inPod({ env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "p" } } }] }),
      [],
    );
    for (const name of ["TOKEN_URL", "PASSWORD_FILE", "KEYBOARD", "MONKEY", "bypass", "compass", "SORT_KEY"])
      assert.deepEqual(variable(name, "x"), [], name);
  });

  it("looks at commands, ConfigMaps, annotations and tags", () => {
    assert.match(inPod({ args: ["--key", accessKey] }).join(), /command of the container web has a secret/);
    const map = { type: "kubernetes:core/v1:ConfigMap", props: { data: { password: "x", host: "db" } } };
    assert.equal(plainSecrets(map).length, 1);
    const annotated = { metadata: { annotations: { "example.com/token": "x" } } };
    assert.equal(plainSecrets({ type: "kubernetes:core/v1:Service", props: annotated }).length, 1);
    assert.equal(
      plainSecrets({ type: "aws:lb/loadBalancer:LoadBalancer", props: { tags: { apiKey: "x" } } }).length,
      1,
    );
  });

  it("judges options and assignments in a command by their names, and does not repeat the value", () => {
    const of = (...args: readonly string[]): string[] => inPod({ args });
    assert.deepEqual(of("--password=hunter2"), [
      "the command of the container web has a secret in plain text after --password; put it into a Secret, and refer to that",
    ]);
    assert.deepEqual(of("--password", "hunter2"), of("--password=hunter2"));
    assert.match(inPod({ command: ["serve", "--api-key"], args: ["x"] }).join(), /after --api-key;/);
    assert.match(of("-c", "exec serve --user web --password hunter2").join(), /after --password;/);
    assert.match(of("-c", "DB_PASSWORD='hunter2' serve").join(), /after DB_PASSWORD;/);
  });

  it("allows options that say where the secret is, and those of other names", () => {
    const fine: readonly (readonly string[])[] = [
      ["--password=$(DB_PASSWORD)"],
      ["--password", "$(DB_PASSWORD)"],
      ["--key", "/etc/tls/tls.key"],
      ["--password-file=/run/password"],
      ["--password", "--verbose"],
      ["--password"],
      ["--password="],
      ["--automount-token=false"],
      ["--bypass=x", "--sort-key", "name"],
      ["print the token"],
    ];
    for (const args of fine) assert.deepEqual(inPod({ args }), [], args.join(" "));
  });

  it("looks at the template's annotations and at ephemeral containers", () => {
    const annotations = { "example.com/token": "x" };
    const deployment = (template: object): string[] =>
      plainSecrets({ type: "kubernetes:apps/v1:Deployment", props: { spec: { template } } });
    assert.equal(deployment({ metadata: { annotations } }).length, 1);
    const env = [{ name: "DB_PASSWORD", value: "x" }];
    assert.equal(deployment({ spec: { ephemeralContainers: [{ name: "debug", env }] } }).length, 1);
    const pod = { type: "kubernetes:core/v1:Pod", props: { metadata: { annotations }, spec: {} } };
    assert.equal(plainSecrets(pod).length, 1);
  });

  it("allows a Secret, which the cluster keeps apart", () => {
    assert.deepEqual(
      plainSecrets({ type: "kubernetes:core/v1:Secret", props: { stringData: { password: "x" } } }),
      [],
    );
  });
});
