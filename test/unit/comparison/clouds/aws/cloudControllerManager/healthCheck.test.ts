import assert from "node:assert/strict";
import { later } from "../../../../../../comparison/model/later.ts";
import { onlyGroup, refusal, service } from "./cluster.ts";

const local = { externalTrafficPolicy: "Local", healthCheckNodePort: 31000 } as const;

const checkOf = (...args: Parameters<typeof service>): unknown => onlyGroup(service(...args)).healthCheck;

describe("the health check that the cloud controller manager makes", () => {
  it("with policy Cluster tries the node port every 30 s", () => {
    assert.deepEqual(checkOf(), {
      enabled: true,
      protocol: "TCP",
      port: "traffic-port",
      intervalSeconds: 30,
      timeoutSeconds: 10,
      healthyThresholdCount: 3,
      unhealthyThresholdCount: 3,
    });
  });

  it("with policy Local asks kube-proxy every 10 s whether the node has a pod", () => {
    assert.deepEqual(checkOf(local), {
      enabled: true,
      protocol: "HTTP",
      port: 31000,
      path: "/healthz",
      matcher: "200-399",
      intervalSeconds: 10,
      timeoutSeconds: 6,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
    });
  });

  it("with policy Local has a port that is not known before Kubernetes has allocated it", () => {
    assert.equal(onlyGroup(service({ ...local, healthCheckNodePort: later })).healthCheck.port, later);
  });

  it("takes the annotated protocol in any case, with AWS's defaults for it", () => {
    assert.deepEqual(checkOf({}, { "healthcheck-protocol": "https" }), {
      enabled: true,
      protocol: "HTTPS",
      port: "traffic-port",
      path: "/",
      matcher: "200-399",
      intervalSeconds: 30,
      timeoutSeconds: 10,
      healthyThresholdCount: 3,
      unhealthyThresholdCount: 3,
    });
  });

  it("with policy Local and the protocol TCP keeps the port and the rhythm of Local, without a path", () => {
    assert.deepEqual(checkOf(local, { "healthcheck-protocol": "TCP" }), {
      enabled: true,
      protocol: "TCP",
      port: 31000,
      intervalSeconds: 10,
      timeoutSeconds: 10,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
    });
  });

  it("takes the annotated path with HTTP", () => {
    const { path } = onlyGroup(
      service({}, { "healthcheck-protocol": "HTTP", "healthcheck-path": "/ready" }),
    ).healthCheck;
    assert.equal(path, "/ready");
  });

  it("has no path with TCP, whatever the annotation says", () => {
    assert.ok(!("path" in onlyGroup(service({}, { "healthcheck-path": "/ready" })).healthCheck));
  });

  it("takes the annotated port", () => {
    assert.equal(onlyGroup(service({}, { "healthcheck-port": "8080" })).healthCheck.port, 8080);
    assert.equal(
      onlyGroup(service(local, { "healthcheck-port": "traffic-port" })).healthCheck.port,
      "traffic-port",
    );
  });

  it("takes the annotated interval and thresholds", () => {
    const check = onlyGroup(
      service(
        {},
        {
          "healthcheck-interval": "15",
          "healthcheck-healthy-threshold": "4",
          "healthcheck-unhealthy-threshold": "5",
        },
      ),
    ).healthCheck;
    assert.equal(check.intervalSeconds, 15);
    assert.equal(check.healthyThresholdCount, 4);
    assert.equal(check.unhealthyThresholdCount, 5);
  });

  it("ignores the annotated time-out", () => {
    assert.equal(onlyGroup(service({}, { "healthcheck-timeout": "3" })).healthCheck.timeoutSeconds, 10);
  });

  it("is TCP also for UDP targets", () => {
    const udp = service({
      ports: [{ name: "dns", protocol: "UDP", port: 53, targetPort: 53, nodePort: 30053 }],
    });
    assert.equal(onlyGroup(udp).healthCheck.protocol, "TCP");
  });

  const refused: readonly [string, string, RegExp][] = [
    ["healthcheck-protocol", "UDP", /healthcheck-protocol is "UDP"; allowed are TCP, HTTP and HTTPS/],
    ["healthcheck-port", "http", /healthcheck-port is "http"; it must be a whole number/],
    ["healthcheck-interval", "10s", /healthcheck-interval is "10s"; it must be a whole number/],
    ["healthcheck-interval", "3", /healthcheck-interval is 3; AWS allows 5 to 300/],
    ["healthcheck-healthy-threshold", "1", /healthy-threshold is 1; AWS allows 2 to 10/],
    ["healthcheck-unhealthy-threshold", "11", /unhealthy-threshold is 11; AWS allows 2 to 10/],
  ];
  for (const [name, value, reason] of refused) {
    it(`is refused with ${name} ${value}`, () => {
      assert.match(refusal(service({}, { [name]: value })), reason);
    });
  }
});
