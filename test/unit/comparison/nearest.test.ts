import assert from "node:assert/strict";
import { cloudControllerManagerNames, suffixOf } from "../../../comparison/clouds/aws/annotations/names.ts";
import { nearest } from "../../../comparison/nearest.ts";

describe("the nearest name", () => {
  const guesses: readonly [string, string | undefined][] = [
    ["health-check-path", "healthcheck-path"],
    ["healthcheck-treshold", "healthcheck-healthy-threshold"],
    ["interal", "internal"],
    ["ssl-certificate", "ssl-cert"],
    ["cross-zone-load-balancing", "cross-zone-load-balancing-enabled"],
    ["additional-tags", "additional-resource-tags"],
    ["subnet", "subnets"],
    ["waf-acl-id", undefined],
    ["x", undefined],
    ["", undefined],
  ];
  for (const [name, meant] of guesses) {
    it(`of "${name}" is ${meant ?? "none"}`, () => {
      assert.equal(nearest(name, cloudControllerManagerNames), meant);
    });
  }

  it("is looked for by what comes after the prefix, whatever the prefix is", () => {
    for (const name of [
      "service.beta.kubernetes.io/aws-load-balancer-internal",
      "service.alpha.kubernetes.io/aws-loadbalancer-Internal",
      "aws-load-balancer-internal",
    ]) {
      assert.equal(suffixOf(name), "internal", name);
    }
    assert.equal(suffixOf("service.beta.kubernetes.io/azure-load-balancer-internal"), undefined);
  });
});
