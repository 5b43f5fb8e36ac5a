import assert from "node:assert/strict";
import { internalAnnotation } from "../../../../../comparison/clouds/openstack/cloudControllerManager/annotations.ts";
import { sourceRangesAnnotation as rangesAnnotation } from "../../../../../comparison/model/service.ts";
import { cloudControllerManager as controller } from "../../../../../comparison/clouds/openstack/cloudControllerManager/index.ts";
import { openstack } from "../../../../../comparison/clouds/openstack/index.ts";
import type {
  ControllerSettings,
  OctaviaFacts,
  OpenStackClusterFacts,
  RuleFacts,
} from "../../../../../comparison/clouds/openstack/model.ts";
import type { Exposure } from "../../../../../comparison/model/exposure.ts";
import { later } from "../../../../../comparison/model/later.ts";
import type { ServiceFacts } from "../../../../../comparison/model/service.ts";
import { factsIn, known } from "../../../../../comparison/model/sourceResult.ts";
import { planned } from "./planned.ts";

const prefix = "loadbalancer.openstack.org/";

/** As LoadBalancerExposure writes them, so that cloud.conf decides none of them. */
const decided = {
  "flavor-id": "",
  "availability-zone": "",
  "node-selector": "",
  "default-tls-container-ref": "",
  "lb-method": "ROUND_ROBIN",
  "health-monitor-delay": "5",
  "health-monitor-timeout": "3",
  "health-monitor-max-retries": "1",
  "health-monitor-max-retries-down": "3",
};

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
  const complete: typeof annotated = (annotations, others) =>
    annotated({ ...decided, ...annotations }, others);
  const withSettings = (changes: Partial<ControllerSettings>): OpenStackClusterFacts => ({
    ...cluster,
    controllerSettings: { ...(cluster.controllerSettings ?? assert.fail()), ...changes },
  });
  const made = (
    annotations: Readonly<Record<string, string>> = {},
    others: Partial<ServiceFacts> = {},
    on: OpenStackClusterFacts = cluster,
  ): OctaviaFacts => {
    const prediction = controller.predict(complete(annotations, others), on);
    assert.equal(prediction.kind, "made", JSON.stringify(prediction));
    return prediction.loadBalancer as OctaviaFacts;
  };
  /** What there is for a Service that had these annotations. */
  const existing = (
    annotations: Readonly<Record<string, string>> = {},
    others: Partial<ServiceFacts> = {},
  ): OctaviaFacts => made(annotations, others);
  const sctp = { name: "sctp", protocol: "SCTP", port: 9000, targetPort: 9000, nodePort: 30090 };
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
    const { scheme, provider, listeners, pools } = made({}, { loadBalancerSourceRanges: [] });
    // The provider is that of the stack's cloud.conf.
    assert.deepEqual([scheme, provider], ["internet-facing", "lab"]);
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
    const plain = withSettings({ createMonitor: false });
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

  it("checks SCTP by SCTP, and opens the node port for it", () => {
    assert.equal(made({}, { ports: [sctp] }).pools[0]?.healthCheck.protocol, "SCTP");
    const prediction = controller.predict(complete({}, { ports: [sctp] }), cluster);
    assert.ok(prediction.kind === "made");
    const exposure = { loadBalancer: known(prediction.loadBalancer), firewall: known(prediction.firewall) };
    assert.deepEqual(openstack.admission.shutOut(exposure as Exposure, cluster), []);
  });

  it("finds a monitor shut out unless a rule lets the load balancer's subnet in to its port", () => {
    const ports = [{ name: "http", protocol: "TCP", port: 80, targetPort: 8080, nodePort: 30080 }];
    const prediction = controller.predict(complete({}, { ports }), cluster);
    assert.ok(prediction.kind === "made");
    const [rule] = prediction.firewall.nodes;
    assert.ok(rule !== undefined);
    const shutOut = (changes: Partial<RuleFacts>): number => {
      const firewall = known({ nodes: [{ ...rule, ...changes }], loadBalancer: [] });
      const exposure = { loadBalancer: known(prediction.loadBalancer), firewall };
      return openstack.admission.shutOut(exposure as unknown as Exposure, cluster).length;
    };
    assert.equal(shutOut({ fromPort: 30000, toPort: 32767, source: "0.0.0.0/0" }), 0);
    assert.equal(shutOut({ protocol: "any", fromPort: 1, toPort: 65535 }), 0);
    assert.equal(shutOut({ fromPort: 30000, toPort: 30001 }), 1);
    assert.equal(shutOut({ protocol: "udp" }), 1);
    assert.equal(shutOut({ source: "192.0.2.0/24" }), 1);
    assert.equal(shutOut({ source: "a-security-group" }), 1);
  });

  it("takes each network of the source ranges once, by its address", () => {
    const text = " 10.1.2.3/8, 192.0.2.0/24  10.0.0.0/8,";
    assert.deepEqual(
      made({ [rangesAnnotation]: text }, { loadBalancerSourceRanges: [] }).listeners[0]?.allowedCidrs,
      ["10.0.0.0/8", "192.0.2.0/24"],
    );
  });

  it("makes every load balancer internal with internal-lb, whatever the annotation says", () => {
    const on = withSettings({ internalLb: true });
    const { scheme, floatingNetwork } = made({ [internalAnnotation]: "false" }, {}, on);
    assert.deepEqual([scheme, floatingNetwork], ["internal", "none"]);
    const [row] = controller.withoutEffect(annotated({ [internalAnnotation]: "false" }), on);
    assert.match(row?.why ?? "", /internal-lb=true/);
    assert.equal(made({ [internalAnnotation]: "true" }).scheme, "internal");
  });

  it("has the floating network of the annotation, then of cloud.conf, and never the program's", () => {
    const on = withSettings({ floatingNetworkId: "theirs" });
    assert.equal(made({}, {}, on).floatingNetwork, "theirs");
    assert.equal(made({ "floating-network-id": "mine" }, {}, on).floatingNetwork, "mine");
  });

  it("has the subnet of the annotation, then of cloud.conf, then of the nodes; members have cloud.conf's first", () => {
    const { subnet } = cluster;
    const subnets = (
      annotations: Readonly<Record<string, string>>,
      settings: Partial<ControllerSettings>,
    ) => {
      const { vipSubnet, pools } = made(annotations, {}, withSettings(settings));
      return [vipSubnet, pools[0]?.memberSubnet];
    };
    assert.deepEqual(subnets({}, {}), [subnet, subnet]);
    assert.deepEqual(subnets({ "subnet-id": "x" }, { subnetId: subnet }), ["x", subnet]);
    assert.deepEqual(subnets({ "subnet-id": "x", "member-subnet-id": subnet }, {}), ["x", subnet]);
    assert.deepEqual(subnets({}, { subnetId: "x", memberSubnetId: subnet }), ["x", subnet]);
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
    const prediction = controller.predict(complete({}, others), cluster);
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
    [
      "the proxy protocol for SCTP",
      { "proxy-protocol": "v1" },
      { ports: [sctp] },
      /no pool of the protocol PROXY for a listener of SCTP \(port 9000\)/,
    ],
    ["an HTTP header for SCTP", { "x-forwarded-for": "true" }, { ports: [sctp] }, /no SCTP monitor/],
    [
      "what is no range",
      { [rangesAnnotation]: "10.0.0.0/8,10.0.0.1" },
      { loadBalancerSourceRanges: [] },
      /^failed to get source ranges for loadbalancer service .*load-balancer-source-ranges has "10\.0\.0\.1"; allowed are/,
    ],
    [
      "a range with leading zeros",
      {},
      { loadBalancerSourceRanges: ["010.0.0.0/8"] },
      /spec\.loadBalancerSourceRanges has "010\.0\.0\.0\/8"/,
    ],
    [
      "a range of IPv6",
      {},
      { loadBalancerSourceRanges: ["2001:db8::/32"] },
      /no range of IPv6 .*: "2001:db8::\/32"/,
    ],
    [
      "two HTTP listeners on one port",
      { "x-forwarded-for": "true", "enable-health-monitor": "false" },
      { ports: [udp, { ...udp, name: "dns-tcp", protocol: "TCP", nodePort: 30054 }] },
      /no second HTTP listener on port 53/,
    ],
    ["checks without a pause", { "health-monitor-delay": "0" }, {}, /sends no health-monitor-delay of 0/],
    [
      "no success that counts",
      { "health-monitor-max-retries": "0" },
      {},
      /sends no .*-retries of 0; allowed is 1 to 10/,
    ],
    [
      "less than no failure",
      { "health-monitor-max-retries-down": "-1" },
      {},
      /no .*-retries-down of -1; allowed is 1/,
    ],
    ["checks without time", { "health-monitor-timeout": "0" }, {}, /sends no health-monitor-timeout of 0/],
    [
      "a negative delay",
      { "health-monitor-delay": "-1" },
      {},
      /Octavia allows no health-monitor-delay of -1/,
    ],
    ["a negative time-out", { "timeout-client-data": "-1" }, {}, /no time-out clientData of -1/],
  ];
  for (const [name, annotations, others, reason] of refused)
    it(`refuses ${name}`, () => {
      const prediction = controller.predict(complete(annotations, others), cluster);
      assert.ok(prediction.kind === "refused", JSON.stringify(prediction));
      assert.match(prediction.reason, reason);
      assert.match(controller.whyNone(complete(annotations, others), cluster) ?? "", /^refused: /);
    });

  const failures = "health-monitor-max-retries-down";

  it("has Octavia's default in the place of 0 failures, which the controller's client leaves out", () => {
    const countOf = (of: OctaviaFacts) => of.pools[0]?.healthCheck.unhealthyThresholdCount;
    for (const zero of ["0", "+0", "-0"]) assert.equal(countOf(made({ [failures]: zero })), 3, zero);
    const { [failures]: _, ...others } = decided;
    const on = withSettings({ monitorMaxRetriesDown: 0 });
    const prediction = controller.predict(annotated(others), on);
    assert.ok(prediction.kind === "made");
    assert.equal(countOf(prediction.loadBalancer as OctaviaFacts), 3);
  });

  const keeps = (
    field: string,
    annotations: Readonly<Record<string, string>>,
    { on, unlike = [] }: { readonly on?: OpenStackClusterFacts; readonly unlike?: readonly string[] } = {},
  ): boolean => controller.isSetOnce(`loadBalancer / ${field}`, annotated(annotations), new Set(unlike), on);

  it("knows that a pool keeps its name and a load balancer its subnet, and that the rest follows", () => {
    const pool = "pools / <pool of TCP 80>";
    for (const field of ["vipSubnet", "flavor", `${pool} / name`, `${pool} / sessionPersistence`])
      assert.ok(keeps(field, {}), field);
    for (const field of ["scheme", "tags", `${pool} / protocol`, "listeners / TCP 80 / allowedCidrs"])
      assert.ok(!keeps(field, {}), field);
  });

  it("knows that a floating IP stays whichever network is asked for, unless the scheme changes", () => {
    assert.ok(keeps("floatingNetwork", {}));
    assert.ok(!keeps("floatingNetwork", {}, { unlike: ["loadBalancer / scheme"] }));
  });

  it("knows that a pool keeps its method if Octavia has no such one", () => {
    const field = "pools / <pool of TCP 80> / lbMethod";
    assert.ok(keeps(field, { "lb-method": "RANDOM" }));
    assert.ok(!keeps(field, { "lb-method": "SOURCE_IP" }));
    assert.ok(keeps(field, {}, { on: withSettings({ lbMethod: "RANDOM" }) }));
  });

  const ofMonitor: readonly [string, string, keyof ControllerSettings][] = [
    ["health-monitor-delay", "intervalSeconds", "monitorDelaySeconds"],
    ["health-monitor-timeout", "timeoutSeconds", "monitorTimeoutSeconds"],
    ["health-monitor-max-retries", "healthyThresholdCount", "monitorMaxRetries"],
    [failures, "unhealthyThresholdCount", "monitorMaxRetriesDown"],
  ];
  for (const [name, field, setting] of ofMonitor)
    it(`knows that a monitor keeps its ${field} if 0 is asked for, by the annotation or by cloud.conf`, () => {
      const path = `pools / <pool of TCP 80> / healthCheck / ${field}`;
      assert.ok(keeps(path, { [name]: "0" }));
      assert.ok(!keeps(path, { [name]: "4" }));
      assert.ok(keeps(path, {}, { on: withSettings({ [setting]: 0 }) }));
      const before = existing();
      assert.equal(controller.predict(complete({ [name]: "0" }), cluster, before).kind, "made");
      // A new monitor needs a value, but for the one that Octavia has a default of.
      const unmonitored = existing({ "enable-health-monitor": "false" });
      const anew = controller.predict(complete({ [name]: "0" }), cluster, unmonitored).kind;
      assert.equal(anew, name === failures ? "made" : "refused");
    });

  it("needs a value for a monitor of another type, which is a new one", () => {
    const local = { externalTrafficPolicy: "Local", healthCheckNodePort: 30099 };
    const asked = complete({ "health-monitor-delay": "0" }, local);
    assert.equal(controller.predict(asked, cluster, existing()).kind, "refused");
    assert.equal(controller.predict(asked, cluster, existing({}, local)).kind, "made");
  });

  it("leaves a UDP monitor as it is if it is to pause for 0 s", () => {
    const asked = complete({ "health-monitor-delay": "0" }, { ports: [udp] });
    assert.equal(controller.predict(asked, cluster, existing({}, { ports: [udp] })).kind, "made");
  });

  it("leaves an existing pool its method if Octavia has no such one, and refuses a new one", () => {
    const asked = complete({ "lb-method": "RANDOM" });
    assert.equal(controller.predict(asked, cluster, existing()).kind, "made");
    const another = existing({ "proxy-protocol": "v2" });
    assert.equal(controller.predict(asked, cluster, another).kind, "refused");
  });

  for (const [from, to] of [
    ["false", "true"],
    ["true", "false"],
  ] as const)
    it(`is refused a listener of another protocol on a port: x-forwarded-for ${from}, then ${to}`, () => {
      const header = "x-forwarded-for";
      const before = existing({ [header]: from });
      const after = controller.predict(complete({ [header]: to }), cluster, before);
      assert.ok(after.kind === "refused");
      assert.match(after.reason, /^Octavia has a listener of (TCP|HTTP) on port 80, and no second one/);
      assert.equal(controller.predict(complete({ [header]: from }), cluster, before).kind, "made");
    });

  it("adds a listener of UDP on a port that TCP has", () => {
    const [http] = service.ports;
    assert.ok(http !== undefined);
    const ports = [http, { ...udp, port: http.port }];
    assert.equal(controller.predict(complete({}, { ports }), cluster, existing()).kind, "made");
  });

  it("tells of a pool without members what can be read of it", () => {
    const local = { externalTrafficPolicy: "Local", healthCheckNodePort: 30099 };
    const [pool] = made({ "node-selector": "role=none" }, local).pools;
    assert.deepEqual(
      [pool?.members, pool?.port, pool?.memberSubnet, pool?.healthCheck.port, pool?.healthCheck.path],
      [[], later, "none", "traffic-port", "/healthz"],
    );
  });

  it("takes no word of JavaScript for a label or a version of the proxy protocol", () => {
    assert.deepEqual(made({ "node-selector": "constructor" }).pools[0]?.members, []);
    assert.equal(made({ "proxy-protocol": "constructor" }).pools[0]?.protocol, "TCP");
  });

  it("leaves the provider to Octavia if cloud.conf has an empty one", () => {
    assert.equal(made({}, {}, withSettings({ lbProvider: "" })).provider, later);
  });

  it("refuses a cluster without nodes, and gives every reason in its order", () => {
    const prediction = controller.predict(complete({ "lb-method": "RANDOM" }), { ...cluster, nodes: [] });
    assert.ok(prediction.kind === "refused");
    assert.match(prediction.reason, /^there are no available nodes for LoadBalancer service loadbalancer/);
    assert.match(prediction.others.join(), /RANDOM/);
  });

  it("leaves a Service with a class to others, and says what it has no model of", () => {
    assert.equal(
      controller.predict({ ...service, loadBalancerClass: "example.com/x" }, cluster).kind,
      "not its own",
    );
    assert.equal(controller.predict(complete({}), withSettings({ enabled: false })).kind, "not its own");
    for (const name of [
      "class",
      "default-tls-container-ref",
      "port-id",
      "network-id",
      "load-balancer-id",
      "floating-subnet",
    ])
      assert.match(unmodelled({ [name]: "x" }), new RegExp(`^the annotation ${prefix}${name} `));
    // The controller writes both of its own.
    made({ "load-balancer-id": "x", "load-balancer-address": "203.0.113.9" });
  });

  it("has no model of a load balancer that several Services name", () => {
    const annotations = { "load-balancer-id": "x", "load-balancer-address": "203.0.113.9" };
    assert.match(unmodelled(annotations, { ...cluster, sharedLoadBalancers: ["x"] }), /several Services/);
    made(annotations, {}, { ...cluster, sharedLoadBalancers: ["y"] });
  });

  it("has no model of SOURCE_IP_PORT with amphorae, which do not have it, and knows no other provider's methods", () => {
    const method = { "lb-method": "SOURCE_IP_PORT" };
    for (const lbProvider of ["amphora", "octavia"])
      assert.match(unmodelled(method, withSettings({ lbProvider })), /SOURCE_IP_PORT/);
    assert.equal(made(method, {}, withSettings({ lbProvider: "lab" })).pools[0]?.lbMethod, "SOURCE_IP_PORT");
  });

  it("has the first external network where nothing names one, even if an empty annotation is in the place of cloud.conf's", () => {
    const on = { ...withSettings({ floatingNetworkId: "theirs" }), firstExternalNetwork: "first" };
    assert.equal(made({ "floating-network-id": "" }, {}, on).floatingNetwork, "first");
    assert.equal(made({}, {}, on).floatingNetwork, "theirs");
    const without = { ...withSettings({ floatingNetworkId: "" }), firstExternalNetwork: "first" };
    assert.equal(made({}, {}, without).floatingNetwork, "first");
  });

  it("reads a number as Go does, with 64 bits, and the last of two values of a label", () => {
    const limitOf = (limit: string) => made({ "connection-limit": limit }).listeners[0]?.connectionLimit;
    assert.deepEqual([limitOf("99999999999999999999"), limitOf("+7")], [-1, 7]);
    assert.equal(limitOf("9223372036854775808"), -1);
    const [first] = cluster.nodes;
    assert.ok(first !== undefined);
    const nodes = ["1", "2"].map((a) => ({ ...first, address: `10.0.0.${a}`, labels: { a } }));
    const { members = [] } = made({ "node-selector": "a=1,a=2" }, {}, { ...cluster, nodes }).pools[0] ?? {};
    assert.deepEqual(
      members.map(({ id }) => id),
      ["10.0.0.2"],
    );
  });

  const unmodelled = (
    annotations: Readonly<Record<string, string>>,
    on: OpenStackClusterFacts = cluster,
  ): string => {
    const prediction = controller.predict(complete(annotations), on);
    assert.ok(prediction.kind === "not modelled", JSON.stringify(prediction));
    assert.equal(controller.whyNone(complete(annotations), on), prediction.reason);
    return prediction.reason;
  };

  it("has what cloud.conf says without an annotation, or with one that is no number", () => {
    const on = withSettings({
      lbMethod: "LEAST_CONNECTIONS",
      flavorId: "two",
      availabilityZone: "az",
      monitorDelaySeconds: 9,
      monitorTimeoutSeconds: 8,
      monitorMaxRetries: 7,
      monitorMaxRetriesDown: 6,
      nodeSelector: "role=edge",
    });
    const of = (annotations: Readonly<Record<string, string>>) => {
      const prediction = controller.predict(annotated(annotations), on);
      assert.ok(prediction.kind === "made", JSON.stringify(prediction));
      const { flavor, availabilityZone, pools } = prediction.loadBalancer as OctaviaFacts;
      const { lbMethod, healthCheck, members } = pools[0] ?? assert.fail();
      const { intervalSeconds, timeoutSeconds, healthyThresholdCount, unhealthyThresholdCount } = healthCheck;
      const timing = [intervalSeconds, timeoutSeconds, healthyThresholdCount, unhealthyThresholdCount];
      return [flavor, availabilityZone, lbMethod, ...timing, members.length];
    };
    const all = ["two", "az", "LEAST_CONNECTIONS", 9, 8, 7, 6, 0];
    assert.deepEqual(of({}), all);
    assert.deepEqual(of({ "health-monitor-delay": "soon", "lb-method": "" }), all);
    // An empty one wins.
    assert.deepEqual(of({ "flavor-id": "", "availability-zone": "", "node-selector": "" }), [
      "default",
      "default",
      ...all.slice(2, -1),
      cluster.nodes.length,
    ]);
  });

  it("has no model of TLS by a certificate that cloud.conf names", () => {
    const on = withSettings({ defaultTlsContainerRef: "https://keys/v1/containers/x" });
    const prediction = controller.predict(annotated({}), on);
    assert.ok(prediction.kind === "not modelled");
    assert.match(prediction.reason, /has default-tls-container-ref, /);
    made({ "default-tls-container-ref": "" }, {}, on);
  });

  it("does not know what it makes without cloud.conf", () => {
    const { controllerSettings: _, ...unknown } = cluster;
    assert.match(unmodelled({}, unknown), /^the controller's cloud\.conf is not known/);
  });

  const settings: readonly [Partial<ControllerSettings>, RegExp][] = [
    [{ lbProvider: "ovn" }, /lb-provider=ovn, .*no allowed CIDRs, time-outs or flavors/],
    [{ networkId: "x" }, /network-id, /],
    [{ floatingSubnetId: "x" }, /floating-subnet-id, /],
    [{ floatingSubnet: "x" }, /floating-subnet, /],
    [{ floatingSubnetTags: "x" }, /floating-subnet-tags, /],
    [{ providerRequiresSerialApiCalls: true }, /provider-requires-serial-api-calls=true, /],
    [{ floatingNetworkId: "" }, /takes the first external network/],
    [{ subnetId: "x" }, /the members are in the subnet x, not in that of the nodes/],
    [{ memberSubnetId: "x" }, /the members are in the subnet x, not in that of the nodes/],
  ];
  for (const [changes, reason] of settings)
    it(`has no model of ${JSON.stringify(changes)}`, () => {
      assert.match(unmodelled({}, withSettings(changes)), reason);
    });

  it("has no model of members in another subnet, nor of a name in the place of the address", () => {
    const nodesSubnet = withSettings({ subnetId: "" });
    assert.match(unmodelled({ "subnet-id": "x" }, nodesSubnet), /the members are in the subnet x/);
    assert.match(unmodelled({ "member-subnet-id": "x" }), /the members are in the subnet x/);
    const named = withSettings({ enableIngressHostname: true });
    assert.match(unmodelled({ "proxy-protocol": "v2" }, named), /enable-ingress-hostname=true/);
    made({}, {}, named);
    made({ "proxy-protocol": "v2", hostname: "web.example.com" }, {}, named);
  });

  it("needs no floating network for an internal load balancer", () => {
    made({ [internalAnnotation]: "true" }, {}, withSettings({ floatingNetworkId: "", floatingSubnet: "x" }));
  });

  const ineffective: readonly [Readonly<Record<string, string>>, RegExp][] = [
    [{ "enable-health-monitor": "yes" }, /only "true" and "false" are read/],
    [{ "connection-limit": "1k" }, /not a whole number/],
    [{ "proxy-protocol": "V2" }, /only "true", "v1" and "v2" are read/],
    [{ "enable-health-monitor": "false", "health-monitor-delay": "9" }, /there is no health monitor/],
    [{ "health-monitor-max-retries-down": "0" }, /the controller's client leaves 0 out/],
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
