import assert from "node:assert/strict";
import { resolveHealthCheck } from "../../../../components/aws/healthCheck.ts";

describe("the health check of a node port", () => {
  it("is a connection to the node port every 30 s, three times, under policy Cluster", () => {
    assert.deepEqual(resolveHealthCheck(), {
      protocol: "TCP",
      port: "traffic-port",
      intervalSeconds: 30,
      timeoutSeconds: 10,
      healthyThresholdCount: 3,
      unhealthyThresholdCount: 3,
    });
  });

  it("is a connection to the node port every 10 s, twice, under policy Local", () => {
    assert.deepEqual(resolveHealthCheck({}, "Local"), {
      protocol: "TCP",
      port: "traffic-port",
      intervalSeconds: 10,
      timeoutSeconds: 10,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
    });
  });

  it("asks for / by HTTP, and waits for it as long as AWS does", () => {
    const { path, timeoutSeconds } = resolveHealthCheck({ protocol: "HTTP" });
    assert.deepEqual({ path, timeoutSeconds }, { path: "/", timeoutSeconds: 6 });
  });

  it("never waits longer than its interval", () => {
    assert.equal(resolveHealthCheck({ intervalSeconds: 5 }).timeoutSeconds, 5);
  });

  it("takes every value that is given", () => {
    const given = {
      protocol: "HTTPS",
      port: 8443,
      path: "/live",
      intervalSeconds: 20,
      timeoutSeconds: 3,
      healthyThresholdCount: 4,
      unhealthyThresholdCount: 5,
    } as const;
    assert.deepEqual(resolveHealthCheck(given, "Local"), given);
  });
});
