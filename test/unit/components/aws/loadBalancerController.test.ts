import assert from "node:assert/strict";
import { LoadBalancerExposure } from "../../../../components/index.ts";
import type { LoadBalancerExposureArgs, NetworkLoadBalancerOptions } from "../../../../components/index.ts";
import {
  loadBalancerControllerAnnotations,
  loadBalancerControllerProblems,
} from "../../../../components/aws/loadBalancerController.ts";
import type { CheckedPort } from "../../../../components/aws/healthCheck.ts";
import { declare, inputsOf, treeOf } from "../core/declaring.ts";

const prefix = "service.beta.kubernetes.io/aws-load-balancer-";
const http: CheckedPort = { name: "http", port: 80 };
const dns: CheckedPort = { name: "dns", port: 53, protocol: "UDP" };
const everybody: NetworkLoadBalancerOptions = { loadBalancerSourceRanges: ["0.0.0.0/0"] };

const byDefault = {
  scheme: "internet-facing",
  "healthcheck-interval": "30",
  "healthcheck-timeout": "10",
  "healthcheck-healthy-threshold": "3",
  "healthcheck-unhealthy-threshold": "3",
};

const cases: readonly [string, Partial<NetworkLoadBalancerOptions>, Record<string, string>][] = [
  ["the other ways' defaults where the controller has its own", {}, {}],
  ["an internal scheme", { scheme: "internal" }, { scheme: "internal" }],
  ["subnets", { subnetIds: ["subnet-1", "subnet-2"] }, { subnets: "subnet-1,subnet-2" }],
  [
    "cross-zone load balancing, also off, because the controller leaves what is no longer set",
    { crossZoneLoadBalancing: false },
    { attributes: "load_balancing.cross_zone.enabled=false" },
  ],
  [
    "attributes of the target groups",
    { preserveClientIp: false, deregistrationDelaySeconds: 30 },
    {
      "target-group-attributes": "preserve_client_ip.enabled=false,deregistration_delay.timeout_seconds=30",
    },
  ],
  [
    "no stickiness, because the controller leaves what is no longer set",
    { stickiness: "none" },
    { "target-group-attributes": "stickiness.enabled=false,stickiness.type=source_ip" },
  ],
  ["tags", { tags: { team: "shop" } }, { "additional-resource-tags": "team=shop" }],
  [
    "each part of a health check",
    {
      healthCheck: {
        protocol: "HTTP",
        port: 10256,
        path: "/healthz",
        intervalSeconds: 20,
        timeoutSeconds: 3,
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 4,
      },
    },
    {
      "healthcheck-protocol": "HTTP",
      "healthcheck-port": "10256",
      "healthcheck-path": "/healthz",
      "healthcheck-interval": "20",
      "healthcheck-timeout": "3",
      "healthcheck-healthy-threshold": "2",
      "healthcheck-unhealthy-threshold": "4",
    },
  ],
  [
    "a time-out that fits a short interval",
    { healthCheck: { intervalSeconds: 5 } },
    { "healthcheck-interval": "5", "healthcheck-timeout": "5" },
  ],
  [
    "the cloud controller manager's timing under the policy Local",
    { externalTrafficPolicy: "Local" },
    {
      "healthcheck-interval": "10",
      "healthcheck-timeout": "6",
      "healthcheck-healthy-threshold": "2",
      "healthcheck-unhealthy-threshold": "2",
    },
  ],
];

describe("annotations for the AWS Load Balancer Controller", () => {
  for (const [what, options, expected] of cases) {
    it(`contain ${what}`, () => {
      const all = Object.entries({ ...byDefault, ...expected });
      assert.deepEqual(
        loadBalancerControllerAnnotations({ ...everybody, ...options }, [http]),
        Object.fromEntries(all.map(([key, value]) => [`${prefix}${key}`, value])),
      );
    });
  }
});

describe("TCP and UDP on one number, by the AWS Load Balancer Controller", () => {
  const quic: CheckedPort = { name: "quic", port: 80, protocol: "UDP" };

  it("get one listener by an annotation, which has no idle time-out", () => {
    const options = { ...everybody, tcpIdleTimeoutSeconds: 900 };
    const annotations = loadBalancerControllerAnnotations(options, [http, quic, { name: "two", port: 81 }]);
    assert.equal(annotations[`${prefix}enable-tcp-udp-listener`], "true");
    assert.deepEqual(
      Object.keys(annotations).filter((name) => name.includes("listener-attributes")),
      [`${prefix}listener-attributes.TCP-81`],
    );
    const alone = loadBalancerControllerAnnotations(options, [http, dns]);
    assert.equal(alone[`${prefix}enable-tcp-udp-listener`], undefined);
  });

  it("are checked over TCP, and have one check", () => {
    assert.deepEqual(loadBalancerControllerProblems(everybody, [http, quic]), []);
    const check = { port: 10256 };
    assert.deepEqual(loadBalancerControllerProblems(everybody, [http, { ...quic, healthCheck: check }]), []);
    const annotations = loadBalancerControllerAnnotations(everybody, [http, { ...quic, healthCheck: check }]);
    assert.equal(annotations[`${prefix}healthcheck-port`], "10256");
  });
});

describe("what the AWS Load Balancer Controller cannot make", () => {
  const paths = (options: Partial<NetworkLoadBalancerOptions>, ports: readonly CheckedPort[] = [http]) =>
    loadBalancerControllerProblems({ ...everybody, ...options }, ports).map(
      ({ propertyPath }) => propertyPath,
    );

  it("is less than what the cloud controller manager cannot", () => {
    const options = {
      sessionAffinity: "ClientIP",
      deregistrationDelaySeconds: 30,
      healthCheck: { protocol: "HTTP", port: 10256, path: "/healthz", timeoutSeconds: 5 },
      tags: { query: "a=b" },
    } as const;
    assert.deepEqual(paths(options, [http, dns]), []);
  });

  it("is a check of one port alone", () => {
    assert.deepEqual(
      paths({}, [http, { ...http, name: "two", port: 81, healthCheck: { timeoutSeconds: 5 } }]),
      ["ports[1].healthCheck"],
    );
    // Another word for the same.
    assert.deepEqual(
      paths({}, [http, { ...http, name: "two", port: 81, healthCheck: { protocol: "TCP" } }]),
      [],
    );
  });

  it("is a check of a UDP port at the node port", () => {
    assert.deepEqual(paths({}, [dns]), ["healthCheck.port"]);
    assert.deepEqual(paths({ externalTrafficPolicy: "Local" }, [dns]), []);
  });

  it("is a time-out above the interval, which AWS refuses", () => {
    assert.deepEqual(paths({ healthCheck: { intervalSeconds: 10, timeoutSeconds: 20 } }), [
      "healthCheck.timeoutSeconds",
    ]);
  });

  for (const [tag, value] of [
    ["elbv2.k8s.aws/cluster", "dev"],
    ["a=b", "c"],
    [" a", "b"],
    ["a ", "b"],
    ["a", "b "],
  ] as const) {
    it(`is the tag ${JSON.stringify(tag)}: ${JSON.stringify(value)}`, () => {
      assert.deepEqual(paths({ tags: { [tag]: value } }), ["tags"]);
    });
  }

  it("is more tags than AWS takes beside the controller's three", () => {
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, ""]));
    assert.deepEqual([paths({ tags: tags(47) }), paths({ tags: tags(48) })], [[], ["tags"]]);
  });

  it("is a prefix list whose entries, once a port, are more than the load balancer's own group may have", () => {
    const lists = (maxEntries: number): Partial<NetworkLoadBalancerOptions> => ({
      loadBalancerSourceRanges: [],
      sourcePrefixLists: [{ id: "pl-9", maxEntries }],
    });
    const ports = [http, { ...http, name: "two", port: 81 }];
    assert.deepEqual([paths(lists(30), ports), paths(lists(31), ports)], [[], ["sourcePrefixLists"]]);
  });

  it("is more rules than the load balancer's own group may have: for each range one a port", () => {
    const ranges = (count: number) => Array.from({ length: count }, (_, i) => `10.0.${i}.0/24`);
    assert.deepEqual(paths({ loadBalancerSourceRanges: ranges(60) }), []);
    assert.deepEqual(paths({ loadBalancerSourceRanges: ranges(61) }), ["loadBalancerSourceRanges"]);
  });
});

for (const preview of [true, false]) {
  describe(`LoadBalancerExposure of the AWS Load Balancer Controller (${preview ? "preview" : "update"})`, () => {
    const args: LoadBalancerExposureArgs = {
      namespace: "shop",
      selector: { app: "web" },
      ports: [{ name: "http", port: 80, targetPort: 8080 }],
      loadBalancerSourceRanges: ["203.0.113.0/24"],
      controller: "aws-load-balancer-controller",
    };

    it("declares a LoadBalancer Service of the controller's class and nothing else", async () => {
      const { resources } = await declare(() => new LoadBalancerExposure("web", args), { preview });
      assert.deepEqual(treeOf(resources), [
        "exposure:index:LoadBalancerExposure web",
        "  kubernetes:core/v1:Service web",
      ]);
      assert.deepEqual(inputsOf(resources, "Service", "web").spec, {
        type: "LoadBalancer",
        loadBalancerClass: "service.k8s.aws/nlb",
        selector: { app: "web" },
        ports: [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP" }],
        externalTrafficPolicy: "Cluster",
        loadBalancerSourceRanges: ["203.0.113.0/24"],
      });
    });

    it("adds no rules of its own to the nodes' security group", async () => {
      await declare(
        () => {
          const quotas = { rulesPerSecurityGroup: 2 };
          for (const name of ["one", "two", "three"]) new LoadBalancerExposure(name, { ...args, quotas });
          // Two of the cloud controller manager's: for its port, and for path MTU discovery.
          const { controller: _, ...others } = args;
          new LoadBalancerExposure("four", { ...others, quotas });
          assert.throws(
            () => new LoadBalancerExposure("five", { ...others, quotas }),
            /earlier load balancers/,
          );
        },
        { preview },
      );
    });
  });
}
