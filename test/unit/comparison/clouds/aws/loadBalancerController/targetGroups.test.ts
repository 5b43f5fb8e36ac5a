import assert from "node:assert/strict";
import { targetGroupAttributes } from "../../../../../../comparison/clouds/aws/defaults.ts";
import { dns, http, https } from "../cloudControllerManager/cluster.ts";
import { made, onlyGroup, service } from "./service.ts";

describe("a target group of the AWS Load Balancer Controller", () => {
  it("has a name from all that makes a new one necessary", () => {
    // printf %s dev126f6206-d989-46c8-968d-32088723ea513256580instanceTCPTCP10 | sha256sum
    assert.equal(onlyGroup(service()).identity.name, "k8s-loadbala-loadbala-38efffd1b4");
  });

  it("has a name that is not known before the node port", () => {
    const ports = [{ ...http, nodePort: "known after the update" as const }];
    assert.equal(onlyGroup(service({ ports })).identity.name, "known after the update");
  });

  it("has tags by which the controller finds it", () => {
    assert.deepEqual(onlyGroup(service()).tags, {
      "elbv2.k8s.aws/cluster": "dev",
      "service.k8s.aws/stack": "loadbalancer-22f2a3a0/loadbalancer-ac3fdf8d",
      "service.k8s.aws/resource": "loadbalancer-22f2a3a0/loadbalancer-ac3fdf8d:80",
    });
  });

  it("has AWS's attributes by default", () => {
    assert.deepEqual(onlyGroup(service()).attributes, targetGroupAttributes("TCP"));
  });

  it("has the attributes of annotations for all ports and for one, but no empty one for one", () => {
    const { pools } = made(
      service(
        { ports: [http, https] },
        {
          "target-group-attributes": "deregistration_delay.timeout_seconds=60,stickiness.enabled=true",
          "target-group-attributes.443": "deregistration_delay.timeout_seconds=5,stickiness.enabled=",
        },
      ),
    ).loadBalancer;
    assert.deepEqual(
      pools.map(({ attributes }) => [
        attributes["deregistration_delay.timeout_seconds"],
        attributes["stickiness.enabled"],
      ]),
      [
        ["60", "true"],
        ["5", "true"],
      ],
    );
  });

  const proxyProtocol: readonly [Record<string, string>, string[]][] = [
    [{}, ["false", "false"]],
    [{ "proxy-protocol": "*" }, ["true", "true"]],
    [{ "proxy-protocol-per-target-group": "443, 8080" }, ["false", "true"]],
    [
      {
        "proxy-protocol-per-target-group": "80",
        "target-group-attributes": "proxy_protocol_v2.enabled=true",
      },
      ["true", "false"],
    ],
    [{ "proxy-protocol": "*", "proxy-protocol-per-target-group": "80" }, ["true", "true"]],
  ];
  for (const [annotations, expected] of proxyProtocol) {
    it(`has proxy protocol by port with ${JSON.stringify(annotations)}`, () => {
      const { pools } = made(service({ ports: [http, https] }, annotations)).loadBalancer;
      assert.deepEqual(
        pools.map(({ attributes }) => attributes["proxy_protocol_v2.enabled"]),
        expected,
      );
    });
  }
});

describe("a health check of the AWS Load Balancer Controller", () => {
  it("connects to the node port, every 10 s", () => {
    assert.deepEqual(onlyGroup(service()).healthCheck, {
      enabled: true,
      protocol: "TCP",
      port: "traffic-port",
      intervalSeconds: 10,
      timeoutSeconds: 10,
      healthyThresholdCount: 3,
      unhealthyThresholdCount: 3,
    });
  });

  it("asks kube-proxy under the policy Local", () => {
    const of = service({ externalTrafficPolicy: "Local", healthCheckNodePort: 31111 });
    assert.deepEqual(onlyGroup(of).healthCheck, {
      enabled: true,
      protocol: "HTTP",
      port: 31111,
      path: "/healthz",
      matcher: "200-399",
      intervalSeconds: 10,
      timeoutSeconds: 6,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
    });
  });

  it("is as annotations say", () => {
    const annotations = {
      "healthcheck-protocol": "https",
      "healthcheck-port": "10256",
      "healthcheck-path": "/ready",
      "healthcheck-interval": "20",
      "healthcheck-timeout": "5",
      "healthcheck-healthy-threshold": "4",
      "healthcheck-unhealthy-threshold": "5",
      "healthcheck-success-codes": "200",
    };
    assert.deepEqual(onlyGroup(service({}, annotations)).healthCheck, {
      enabled: true,
      protocol: "HTTPS",
      port: 10256,
      path: "/ready",
      matcher: "200",
      intervalSeconds: 20,
      timeoutSeconds: 5,
      healthyThresholdCount: 4,
      unhealthyThresholdCount: 5,
    });
  });

  it("goes to the node port of the port that the annotation names", () => {
    const [group] = made(
      service({ ports: [http, dns] }, { "healthcheck-port": "http" }),
    ).loadBalancer.pools.slice(1);
    assert.equal(group?.healthCheck.port, 32565);
  });

  it("goes to the path / over HTTP without another, except under the policy Local", () => {
    const annotations = { "healthcheck-protocol": "HTTP" };
    assert.equal(onlyGroup(service({}, annotations)).healthCheck.path, "/");
    const local = { externalTrafficPolicy: "Local", healthCheckNodePort: 31111 };
    assert.equal(onlyGroup(service(local, annotations)).healthCheck.path, "/healthz");
  });
});
