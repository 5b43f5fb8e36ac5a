import assert from "node:assert/strict";
import { resolveHealthCheck } from "../../../../components/aws/healthCheck.ts";

describe("the health check of a node port", () => {
  it("connects to the node port every 30 s with thresholds of 3 under policy Cluster", () => {
    assert.deepEqual(resolveHealthCheck(), {
      protocol: "TCP",
      port: "traffic-port",
      intervalSeconds: 30,
      timeoutSeconds: 10,
      healthyThresholdCount: 3,
      unhealthyThresholdCount: 3,
    });
  });

  it("connects to the node port every 10 s with thresholds of 2 under policy Local", () => {
    assert.deepEqual(resolveHealthCheck({}, "Local"), {
      protocol: "TCP",
      port: "traffic-port",
      intervalSeconds: 10,
      timeoutSeconds: 10,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
    });
  });

  it("requests / over HTTP, with AWS's default timeout", () => {
    const { path, timeoutSeconds } = resolveHealthCheck({ protocol: "HTTP" });
    assert.deepEqual({ path, timeoutSeconds }, { path: "/", timeoutSeconds: 6 });
  });

  it("has a timeout of at most its interval", () => {
    assert.equal(resolveHealthCheck({ intervalSeconds: 5 }).timeoutSeconds, 5);
  });

  it("uses every value that is set", () => {
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
