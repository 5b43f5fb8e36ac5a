import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Schema, TypeSpec } from "../../../../../components/aws/provider/schema.ts";

const text = readFileSync("components/schema.json", "utf8");
const schema = JSON.parse(text) as Schema;
const exposure = (name: string) => schema.resources[`exposure:index:${name}`] ?? assert.fail(name);

describe("the Pulumi schema of the components", () => {
  it("refers only to types that it has, and has only types that are referred to", () => {
    const named = new Set([...text.matchAll(/"#\/types\/([^"]+)"/g)].map(([, name = ""]) => name));
    assert.deepEqual([...named].sort(), Object.keys(schema.types).sort());
  });

  it("asks for what an exposure needs", () => {
    const needed = ["loadBalancerSourceRanges", "namespace", "ports", "selector"];
    for (const name of ["NodePortExposure", "LoadBalancerExposure"])
      assert.deepEqual([...exposure(name).requiredInputs].sort(), needed);
    assert.deepEqual(exposure("EchoApp").requiredInputs, []);
  });

  it("calls plain what decides which resources there are, and nothing else", () => {
    const { namespace, ports, unhealthyHostCountAlarm } = exposure("NodePortExposure").inputProperties;
    assert.deepEqual([namespace?.plain, ports?.plain, ports?.items?.plain], [undefined, true, true]);
    assert.equal(unhealthyHostCountAlarm?.plain, true);
    const { alarmActions } = schema.types["exposure:index:UnhealthyHostCountAlarm"]?.properties ?? {};
    assert.deepEqual(alarmActions?.items, { type: "string" });
  });

  it("has the values of what can be one of several words, those of types that exclude each other together", () => {
    const values = (name: string) => schema.types[`exposure:index:${name}`]?.enum?.map(({ value }) => value);
    assert.deepEqual(values("Scheme"), ["internal", "internet-facing"]);
    assert.deepEqual(values("HealthCheckProtocol"), ["TCP", "HTTP", "HTTPS"]);
    const { targetPort } = schema.types["exposure:index:NetworkLoadBalancerPort"]?.properties ?? {};
    const types = targetPort?.oneOf?.map(({ type }: TypeSpec) => type);
    assert.deepEqual(types, ["string", "integer"]);
  });

  it("says what each argument means and what its default is", () => {
    for (const [component, { inputProperties }] of Object.entries(schema.resources))
      for (const [name, { description = "" }] of Object.entries(inputProperties))
        assert.ok(description.length > 5, `${component}.${name}`);
    assert.match(
      exposure("NodePortExposure").inputProperties.scheme?.description ?? "",
      /Default: "internet-facing"/,
    );
  });

  it("offers resources of other packages by their types and versions", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const version = (name: string) => manifest.dependencies[`@pulumi/${name}`] ?? assert.fail(name);
    const { service, nodeRules } = exposure("NodePortExposure").properties;
    assert.equal(
      service?.$ref,
      `/kubernetes/v${version("kubernetes")}/schema.json#/resources/kubernetes:core%2Fv1:Service`,
    );
    assert.equal(
      nodeRules?.items?.$ref,
      `/aws/v${version("aws")}/schema.json#/resources/aws:vpc%2FsecurityGroupIngressRule:SecurityGroupIngressRule`,
    );
  });
});
