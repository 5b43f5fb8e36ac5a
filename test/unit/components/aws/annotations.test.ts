import assert from "node:assert/strict";
import { annotations } from "../../../../components/aws/annotations.ts";
import type { NetworkLoadBalancerOptions } from "../../../../components/index.ts";

const everybody: NetworkLoadBalancerOptions = { loadBalancerSourceRanges: ["0.0.0.0/0"] };
const type = { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" };

const cases: readonly [string, Partial<NetworkLoadBalancerOptions>, Record<string, string>][] = [
  ["only the type by default", {}, {}],
  [
    "nothing for values that are the default",
    { scheme: "internet-facing", crossZoneLoadBalancing: false },
    {},
  ],
  ["an internal scheme", { scheme: "internal" }, { internal: "true" }],
  [
    "cross-zone load balancing",
    { crossZoneLoadBalancing: true },
    { "cross-zone-load-balancing-enabled": "true" },
  ],
  ["tags", { tags: { team: "shop", empty: "" } }, { "additional-resource-tags": "team=shop,empty=" }],
  ["nothing for no tags", { tags: {} }, {}],
  ["subnets", { subnetIds: ["subnet-1", "subnet-2"] }, { subnets: "subnet-1,subnet-2" }],
  [
    "hidden client addresses",
    { preserveClientIp: false },
    { "target-group-attributes": "preserve_client_ip.enabled=false" },
  ],
  [
    "kept client addresses, because the controller keeps the last value",
    { preserveClientIp: true },
    { "target-group-attributes": "preserve_client_ip.enabled=true" },
  ],
  [
    "each part of a health check",
    {
      healthCheck: {
        protocol: "HTTP",
        port: 10256,
        path: "/healthz",
        intervalSeconds: 10,
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 4,
      },
    },
    {
      "healthcheck-protocol": "HTTP",
      "healthcheck-port": "10256",
      "healthcheck-path": "/healthz",
      "healthcheck-interval": "10",
      "healthcheck-healthy-threshold": "2",
      "healthcheck-unhealthy-threshold": "4",
    },
  ],
];

describe("annotations for the AWS cloud controller manager", () => {
  for (const [what, options, expected] of cases) {
    it(`contain ${what}`, () => {
      const prefixed = Object.entries(expected).map(([key, value]) => [
        `service.beta.kubernetes.io/aws-load-balancer-${key}`,
        value,
      ]);
      assert.deepEqual(annotations({ ...everybody, ...options }, []), {
        ...type,
        ...Object.fromEntries(prefixed),
      });
    });
  }

  it("contain the check that all ports have instead of the exposure's", () => {
    const port = { name: "http", port: 80, healthCheck: { port: 30080 } };
    assert.deepEqual(annotations({ ...everybody, healthCheck: { intervalSeconds: 10 } }, [port]), {
      ...type,
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": "30080",
    });
  });
});
