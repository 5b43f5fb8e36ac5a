import assert from "node:assert/strict";
import { cloudControllerManager as controller } from "../../../../../comparison/clouds/openstack/cloudControllerManager/index.ts";
import type {
  OctaviaFacts,
  OpenStackClusterFacts,
} from "../../../../../comparison/clouds/openstack/model.ts";
import type { ServiceFacts } from "../../../../../comparison/model/service.ts";
import { factsIn } from "../../../../../comparison/model/sourceResult.ts";
import { planned } from "./planned.ts";

const prefix = "loadbalancer.openstack.org/";

describe("the model of the OpenStack cloud controller manager", () => {
  let service: ServiceFacts;
  let cluster: OpenStackClusterFacts;

  before(async () => {
    const facts = await planned();
    service = { ...(factsIn(facts.right.service) ?? assert.fail()), annotations: {} };
    cluster = factsIn(facts.cluster) ?? assert.fail();
  });

  const annotated = (annotations: Readonly<Record<string, string>>, others: Partial<ServiceFacts> = {}) => ({
    ...service,
    ...others,
    annotations: Object.fromEntries(
      Object.entries(annotations).map(([name, value]) => [name.includes("/") ? name : prefix + name, value]),
    ),
  });
  const made = (
    annotations: Readonly<Record<string, string>> = {},
    others: Partial<ServiceFacts> = {},
    on: OpenStackClusterFacts = cluster,
  ): OctaviaFacts => {
    const prediction = controller.predict(annotated(annotations, others), on);
    assert.equal(prediction.kind, "made", JSON.stringify(prediction));
    return prediction.loadBalancer as OctaviaFacts;
  };
  const udp = { name: "dns", protocol: "UDP", port: 53, targetPort: 53, nodePort: 30053 };

  it("names the objects after the cluster, the namespace and the Service, with at most 255 characters", () => {
    const { identity, listeners, pools, tags } = made();
    const name = "kube_service_dev_loadbalancer_loadbalancer";
    assert.deepEqual(
      [identity.name, listeners[0]?.identity.name, pools[0]?.identity.name, ...tags],
      [name, `listener_0_${name}`, `pool_0_${name}`, name],
    );
    const long = { identity: { name: "x".repeat(300), id: "" } };
    assert.equal(made({}, long).listeners[0]?.identity.name.length, 255);
  });

  it("has the controller's defaults without annotations", () => {
    const { scheme, provider, listeners, pools } = made(
      {},
      { loadBalancerSourceRanges: [] },
      {
        ...cluster,
        controllerSettings: { manageSecurityGroups: true, createMonitor: true, lbProvider: "amphora" },
      },
    );
    assert.deepEqual([scheme, provider], ["internet-facing", "amphora"]);
    const [listener] = listeners;
    assert.deepEqual(listener?.allowedCidrs, ["0.0.0.0/0"]);
    assert.deepEqual(listener.timeouts, {
      clientData: 50000,
      memberConnect: 5000,
      memberData: 50000,
      tcpInspect: 0,
    });
    assert.equal(pools[0]?.lbMethod, "ROUND_ROBIN");
    assert.deepEqual(pools[0].healthCheck, {
      enabled: true,
      protocol: "TCP",
      port: "traffic-port",
      intervalSeconds: 5,
      timeoutSeconds: 3,
      healthyThresholdCount: 1,
      unhealthyThresholdCount: 3,
    });
  });

  it("makes no monitor by default, and one by annotation", () => {
    const { controllerSettings: _, ...plain } = cluster;
    assert.equal(controller.predict(service, plain).kind, "made");
    assert.equal(made({}, {}, plain).pools[0]?.healthCheck.enabled, false);
    const pool = made({ "enable-health-monitor": "true" }, {}, plain).pools[0];
    assert.equal(pool?.healthCheck.enabled, true);
  });

  it("reads a value that is no whole number, or neither true nor false, as if it were not there", () => {
    assert.equal(made({ "connection-limit": "many" }).listeners[0]?.connectionLimit, -1);
    assert.equal(
      made({ "service.beta.kubernetes.io/openstack-internal-load-balancer": "yes" }).scheme,
      "internet-facing",
    );
  });

  it("takes TCP and UDP in one Service", () => {
    const { listeners, pools } = made({}, { ports: [...service.ports, udp] });
    assert.deepEqual(
      listeners.map(({ protocol, port }) => `${protocol} ${port}`),
      ["TCP 80", "UDP 53"],
    );
    assert.equal(pools[1]?.healthCheck.protocol, "UDP-CONNECT");
  });

  it("asks kube-proxy under the policy Local", () => {
    const [pool] = made({}, { externalTrafficPolicy: "Local", healthCheckNodePort: 30099 }).pools;
    const { protocol, port, path, matcher } = pool?.healthCheck ?? {};
    assert.deepEqual([protocol, port, path, matcher], ["HTTP", 30099, "/healthz", "200"]);
  });

  it("has members by the node selector and without excluded nodes, and none without node ports", () => {
    const [first, second, third] = cluster.nodes;
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    const nodes = [
      { ...first, labels: { role: "edge" } },
      { ...second, labels: { role: "inner" } },
      { ...third, labels: { role: "edge", "node.kubernetes.io/exclude-from-external-load-balancers": "" } },
    ];
    const addresses = (annotations: Readonly<Record<string, string>>) =>
      made(annotations, {}, { ...cluster, nodes }).pools[0]?.members.map(({ id }) => id);
    assert.deepEqual(addresses({ "node-selector": "role=edge" }), [first.address]);
    assert.deepEqual(addresses({ "node-selector": "role" }), [first.address, second.address]);
    const { nodePort: _, ...port } = service.ports[0] ?? assert.fail();
    assert.deepEqual(made({}, { ports: [port] }).pools[0]?.members, []);
  });

  it("opens the node ports and the port for health checks to the nodes' subnet", () => {
    const others = { ports: [udp], healthCheckNodePort: 30099, externalTrafficPolicy: "Local" };
    const prediction = controller.predict(annotated({}, others), cluster);
    assert.ok(prediction.kind === "made");
    assert.deepEqual(
      (prediction.firewall.nodes as unknown as readonly Record<string, unknown>[]).map(
        ({ protocol, fromPort, source }) => [protocol, fromPort, source].join(" "),
      ),
      ["udp 30053 10.0.0.0/24", "tcp 30099 10.0.0.0/24"],
    );
  });

  const refused: readonly [string, Readonly<Record<string, string>>, Partial<ServiceFacts>, RegExp][] = [
    [
      "both ways to show the client's address",
      { "proxy-protocol": "true", "x-forwarded-for": "true" },
      {},
      /^annotation loadbalancer\.openstack\.org\/proxy-protocol and .* cannot be used together$/,
    ],
    [
      "the proxy protocol for UDP",
      { "proxy-protocol": "v2" },
      { ports: [udp] },
      /no pool of the protocol PROXYV2/,
    ],
    ["an unknown method", { "lb-method": "RANDOM" }, {}, /no lb-method "RANDOM"; allowed are ROUND_ROBIN/],
    ["too many retries", { "health-monitor-max-retries": "11" }, {}, /max-retries of 11; allowed is 1 to 10/],
    [
      "a fast monitor of UDP",
      { "health-monitor-delay": "2" },
      { ports: [udp] },
      /every 2 s; allowed is 3 s or more/,
    ],
    ["an HTTP header for UDP", { "x-forwarded-for": "true" }, { ports: [udp] }, /no UDP-CONNECT monitor/],
    ["a negative limit", { "connection-limit": "-2" }, {}, /no connection-limit of -2/],
    ["a negative time-out", { "timeout-client-data": "-1" }, {}, /no time-out clientData of -1/],
  ];
  for (const [name, annotations, others, reason] of refused)
    it(`refuses ${name}`, () => {
      const prediction = controller.predict(annotated(annotations, others), cluster);
      assert.ok(prediction.kind === "refused", JSON.stringify(prediction));
      assert.match(prediction.reason, reason);
      assert.match(controller.whyNone(annotated(annotations, others), cluster) ?? "", /^refused: /);
    });

  it("refuses a cluster without nodes, and gives every reason in its order", () => {
    const prediction = controller.predict(annotated({ "lb-method": "RANDOM" }), { ...cluster, nodes: [] });
    assert.ok(prediction.kind === "refused");
    assert.match(prediction.reason, /^there are no available nodes for LoadBalancer service loadbalancer/);
    assert.match(prediction.others.join(), /RANDOM/);
  });

  it("leaves a Service with a class to others, and says what it has no model of", () => {
    assert.equal(
      controller.predict({ ...service, loadBalancerClass: "example.com/x" }, cluster).kind,
      "not its own",
    );
    for (const name of ["class", "default-tls-container-ref", "port-id", "network-id", "load-balancer-id"])
      assert.equal(controller.predict(annotated({ [name]: "x" }), cluster).kind, "not modelled", name);
    // The controller writes both of its own.
    made({ "load-balancer-id": "x", "load-balancer-address": "203.0.113.9" });
  });

  const ineffective: readonly [Readonly<Record<string, string>>, RegExp][] = [
    [{ "enable-health-monitor": "yes" }, /only "true" and "false" are read/],
    [{ "connection-limit": "1k" }, /not a whole number/],
    [{ "proxy-protocol": "V2" }, /only "true", "v1" and "v2" are read/],
    [{ "enable-health-monitor": "false", "health-monitor-delay": "9" }, /there is no health monitor/],
    [{ "health-monitor-dealy": "9" }, /no annotation of this name/],
    [
      {
        "service.beta.kubernetes.io/openstack-internal-load-balancer": "true",
        "floating-network-id": "x",
      },
      /an internal load balancer has no floating IP/,
    ],
    [{ "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8" }, /wins/],
  ];
  for (const [annotations, why] of ineffective)
    it(`knows that an annotation has no effect: ${JSON.stringify(annotations)}`, () => {
      const found = controller.withoutEffect(annotated(annotations), cluster);
      assert.equal(found.length, 1, JSON.stringify(found));
      assert.match(found[0]?.why ?? "", why);
    });

  it("finds nothing without effect in what the component writes", async () => {
    const facts = await planned({ scheme: "internal", clientAddress: "PROXYV2", flavorId: "two" });
    const written = factsIn(facts.right.service) ?? assert.fail();
    assert.ok(Object.keys(written.annotations).length > 8);
    assert.deepEqual(
      controller.withoutEffect(written, cluster).map(({ name }) => name),
      ["loadbalancer.openstack.org/keep-floatingip"].filter((name) => written.annotations[name] === "true"),
    );
  });

  it("suggests the name that was probably meant", () => {
    const [row] = controller.withoutEffect(annotated({ "health-monitor-dealy": "9" }), cluster);
    assert.equal(row?.instead, `${prefix}health-monitor-delay`);
  });
});
