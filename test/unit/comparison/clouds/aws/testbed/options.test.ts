import assert from "node:assert/strict";
import { declaresSharedRules, optionsOf } from "../../../../../../comparison/clouds/aws/testbed/options.ts";
import { declared, variantNames, variants } from "../../../../../../comparison/scenarios/testbed/variants.ts";

describe("a variant of the testbed on AWS", () => {
  it("has no option that it does not need", () => {
    assert.deepEqual(optionsOf(variants.plain), variants.plain.options);
  });

  it("has AWS's options for what the testbed asks of it", () => {
    const { options } = variants.plain;
    assert.deepEqual(optionsOf(variants.crossZone), { ...options, crossZoneLoadBalancing: true });
    assert.deepEqual(optionsOf(variants.masqueraded), { ...options, preserveClientIp: false });
    assert.equal(
      optionsOf(declared("local", "left", { variant: "local", drainingSeconds: 120 }))
        .deregistrationDelaySeconds,
      120,
    );
  });

  it("checks kube-proxy's health port where a port is UDP", () => {
    assert.deepEqual(optionsOf(variants.udp).healthCheck, {
      protocol: "HTTP",
      port: 10256,
      path: "/healthz",
    });
  });

  it("declares the shared rules once for the same source ranges", () => {
    assert.deepEqual(variantNames.filter(declaresSharedRules), ["plain", "udp"]);
  });
});
