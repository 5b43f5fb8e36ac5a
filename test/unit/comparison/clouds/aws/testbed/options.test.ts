import assert from "node:assert/strict";
import {
  controllerNamed,
  declaresSharedRules,
  optionsOf,
} from "../../../../../../comparison/clouds/aws/testbed/options.ts";
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

  it("has the controller that is named, or the cloud controller manager", () => {
    assert.equal(controllerNamed(), "aws-cloud-controller-manager");
    assert.equal(controllerNamed("aws-load-balancer-controller"), "aws-load-balancer-controller");
    assert.throws(() => controllerNamed("lbc"), {
      message:
        'controller "lbc" makes no load balancers on AWS; allowed are aws-cloud-controller-manager and aws-load-balancer-controller',
    });
  });

  it("declares the shared rules once for the same source ranges", () => {
    assert.deepEqual(variantNames.filter(declaresSharedRules), ["plain", "udp"]);
  });
});
