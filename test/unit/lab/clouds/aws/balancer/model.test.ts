import assert from "node:assert/strict";
import { allocate } from "../../../../../../lab/clouds/aws/balancer/addresses.ts";
import type { AwsFacts, TlsFacts } from "../../../../../../lab/clouds/aws/balancer/facts.ts";
import {
  checking,
  healthy,
  registering,
  unhealthy,
  unhealthyDraining,
} from "../../../../../../lab/clouds/aws/balancer/health.ts";
import type { TargetHealth } from "../../../../../../lab/clouds/aws/balancer/health.ts";
import {
  buildModel,
  hidesClient,
  markOf,
  zoneHealthy,
} from "../../../../../../lab/clouds/aws/balancer/model.ts";
import type { Model } from "../../../../../../lab/clouds/aws/balancer/model.ts";
import { lingeringAfter, terminated } from "../../../../../../lab/clouds/aws/balancer/termination.ts";
import { account, listener, loadBalancer, publicCidr, targetGroup, tls } from "./facts.ts";

const crossZone = { "load_balancing.cross_zone.enabled": "true" };

/** The model of an account whose targets are healthy unless told otherwise, by instance. */
function model(facts: AwsFacts, health: Readonly<Record<string, TargetHealth>> = {}): Model {
  return buildModel(
    facts,
    allocate([], facts, publicCidr),
    (key) => health[key.split("|")[1] ?? ""] ?? healthy,
  );
}

/** The instances behind each address, or what happens without any. */
function routes({ loadBalancers }: Model): Record<string, string> {
  return Object.fromEntries(
    loadBalancers.flatMap(({ listeners }) =>
      listeners.map(({ address, protocol, targets, otherwise }) => [
        `${address} ${protocol}`,
        targets.map(({ id }) => id).join(" ") || otherwise,
      ]),
    ),
  );
}

const tcp = (a: string, b: string, c: string): Record<string, string> => ({
  "203.0.113.1 tcp": a,
  "203.0.113.2 tcp": b,
  "203.0.113.3 tcp": c,
});

describe("routing of a load balancer", () => {
  it("stays in the zone", () => {
    assert.deepEqual(routes(model(account())), tcp("i-a", "i-b", "i-c"));
  });

  it("crosses zones if the load balancer says so", () => {
    const facts = account({ loadBalancers: [loadBalancer({ attributes: crossZone })] });
    assert.deepEqual(routes(model(facts)), tcp("i-a i-b i-c", "i-a i-b i-c", "i-a i-b i-c"));
  });

  it("lets the target group override cross-zone balancing", () => {
    const loadBalancers = [loadBalancer({ attributes: crossZone })];
    const own = (value: string): AwsFacts =>
      account({
        loadBalancers,
        targetGroups: [targetGroup({ attributes: { "load_balancing.cross_zone.enabled": value } })],
      });
    assert.deepEqual(routes(model(own("false"))), tcp("i-a", "i-b", "i-c"));
    assert.equal(routes(model(own("use_load_balancer_configuration")))["203.0.113.1 tcp"], "i-a i-b i-c");
  });

  it("leaves out unhealthy targets, and those not yet healthy", () => {
    const facts = account({ loadBalancers: [loadBalancer({ attributes: crossZone })] });
    const health = { "i-a": unhealthy, "i-b": checking };
    assert.equal(routes(model(facts, health))["203.0.113.1 tcp"], "i-c");
  });

  it("fails open to all targets of the zone, or of all zones across zones", () => {
    const health = { "i-a": unhealthy, "i-b": unhealthy, "i-c": unhealthy };
    assert.deepEqual(routes(model(account(), health)), tcp("i-a", "i-b", "i-c"));
    const facts = account({ loadBalancers: [loadBalancer({ attributes: crossZone })] });
    assert.equal(routes(model(facts, health))["203.0.113.2 tcp"], "i-a i-b i-c");
  });

  it("never leads to a target that is being registered or drained, even when failing open", () => {
    const targets = targetGroup().targets.map((target) =>
      target.id === "i-b" ? { ...target, state: "draining" } : target,
    );
    const facts = account({ targetGroups: [targetGroup({ targets })] });
    const health = { "i-a": registering, "i-b": unhealthy, "i-c": unhealthy };
    assert.deepEqual(routes(model(facts, health)), tcp("drop", "drop", "i-c"));
  });

  it("refuses flows if no target is registered", () => {
    const facts = account({ targetGroups: [targetGroup({ targets: [] })] });
    assert.deepEqual(routes(model(facts)), tcp("refuse", "refuse", "refuse"));
  });

  it("omits targets in zones that are not enabled", () => {
    const facts = account({
      loadBalancers: [loadBalancer({ attributes: crossZone, zones: loadBalancer().zones.slice(0, 2) })],
    });
    assert.deepEqual(routes(model(facts)), { "203.0.113.1 tcp": "i-a i-b", "203.0.113.2 tcp": "i-a i-b" });
  });

  it("serves TCP and UDP on one port with TCP_UDP", () => {
    const listeners = [listener({ protocol: "TCP_UDP", port: 53, attributes: {} })];
    const zones = loadBalancer().zones.slice(0, 1);
    const facts = account({ loadBalancers: [loadBalancer({ listeners, zones })] });
    assert.deepEqual(routes(model(facts)), { "203.0.113.1 tcp": "i-a", "203.0.113.1 udp": "i-a" });
  });

  it("serves TLS by the proxy alone, if there is one and the certificates are there", () => {
    const served = (changes: Partial<TlsFacts>, hasProxy = true) => {
      const listeners = [
        listener({ protocol: "TLS", port: 443, attributes: {}, tls: { ...tls, ...changes } }),
      ];
      const facts = account({ loadBalancers: [loadBalancer({ listeners })] });
      const [balancer] = buildModel(
        facts,
        allocate([], facts, publicCidr),
        () => healthy,
        hasProxy,
      ).loadBalancers;
      return { proxied: balancer?.listeners.map(({ proxied }) => proxied?.entrance), lacks: balancer?.lacks };
    };
    assert.deepEqual(served({}), {
      proxied: ["100.64.8.0", "100.64.24.0", "100.64.40.0"],
      lacks: [],
    });
    assert.deepEqual(served({ certificates: [] }), {
      proxied: [],
      lacks: ["TLS 443 is not served: its certificates were deleted"],
    });
    assert.deepEqual(served({}, false), {
      proxied: [],
      lacks: [
        "TLS 443 is not served: the lab runs without the proxy for TLS; set lab:loadBalancerProxy to true, and start it again",
      ],
    });
  });

  it("adds proxy protocol headers by the proxy, not for UDP, and says what it cannot", () => {
    const served = (protocol: string, hasProxy: boolean) => {
      const facts = account({
        loadBalancers: [loadBalancer({ listeners: [listener({ protocol, attributes: {} })] })],
        targetGroups: [targetGroup({ protocol, attributes: { "proxy_protocol_v2.enabled": "true" } })],
      });
      const [balancer] = buildModel(
        facts,
        allocate([], facts, publicCidr),
        () => healthy,
        hasProxy,
      ).loadBalancers;
      const isProxied = balancer?.listeners.some(({ proxied }) => proxied?.addsHeader === true);
      return [isProxied, balancer?.lacks.length];
    };
    assert.deepEqual(served("TCP", true), [true, 0]);
    assert.deepEqual(served("TCP", false), [false, 1]);
    assert.deepEqual(served("UDP", true), [false, 1]);
  });

  it("names the features that it does not support", () => {
    const listeners = [listener({ protocol: "TLS", port: 443, attributes: {} })];
    const { loadBalancers } = model(account({ loadBalancers: [loadBalancer({ listeners })] }));
    const [balancer] = loadBalancers;
    assert.match(balancer?.lacks.join() ?? "", /^TLS 443 is not served/);
    assert.equal(balancer?.listeners.length, 0);
  });

  it("finds the zone of targets that are addresses", () => {
    const targets = [{ id: "10.0.16.77", port: 8080, zone: "b", state: "initial", reason: "" }];
    const facts = account({ targetGroups: [targetGroup({ targetType: "ip", targets })] });
    assert.deepEqual(routes(model(facts)), tcp("drop", "10.0.16.77", "drop"));
  });

  it("leads every zone to an address outside the VPC that is registered in all zones", () => {
    const targets = [{ id: "192.168.0.7", port: 8080, zone: "all", state: "initial", reason: "" }];
    const facts = account({ targetGroups: [targetGroup({ targetType: "ip", targets })] });
    assert.deepEqual(routes(model(facts)), tcp("192.168.0.7", "192.168.0.7", "192.168.0.7"));
  });
});

describe("the client's address", () => {
  const hides = (
    protocol: string,
    targetType: string,
    attributes: Record<string, string> = {},
  ): boolean | undefined => {
    const targets =
      targetType === "ip"
        ? [{ id: "10.0.0.77", port: 80, zone: "a", state: "", reason: "" }]
        : targetGroup().targets;
    const [target] = model(
      account({ targetGroups: [targetGroup({ protocol, targetType, targets, attributes })] }),
    ).targets;
    return target && hidesClient(target);
  };

  it("is kept for instances unless switched off, and for addresses only if switched on", () => {
    assert.equal(hides("TCP", "instance"), false);
    assert.equal(hides("TCP", "instance", { "preserve_client_ip.enabled": "false" }), true);
    assert.equal(hides("TCP", "ip"), true);
    assert.equal(hides("TCP", "ip", { "preserve_client_ip.enabled": "true" }), false);
  });

  it("is always kept with UDP", () => {
    assert.equal(hides("UDP", "ip"), false);
    assert.equal(hides("TCP_UDP", "instance", { "preserve_client_ip.enabled": "false" }), false);
  });
});

describe("connections that end", () => {
  const mark = (id: string): number => markOf(`group|${id}|30080`);
  const withTargets = (
    states: Readonly<Record<string, string>>,
    attributes: Record<string, string> = {},
  ): AwsFacts =>
    account({
      targetGroups: [
        targetGroup({
          attributes,
          targets: Object.entries(states).map(([id, state]) => ({
            id,
            port: 30080,
            zone: null,
            state,
            reason: "",
          })),
        }),
      ],
    });
  const all = { "i-a": "healthy", "i-b": "healthy" };
  const facts = (attributes = {}): AwsFacts => ({
    ...withTargets(all, attributes),
    loadBalancers: [loadBalancer({ attributes: crossZone })],
  });

  it("are those of a target that turned unhealthy", () => {
    assert.deepEqual(terminated(model(facts()), model(facts(), { "i-b": unhealthy })), [mark("i-b")]);
  });

  it("are none if the group says so, but for UDP", () => {
    const attributes = { "target_health_state.unhealthy.connection_termination.enabled": "false" };
    assert.deepEqual(
      terminated(model(facts(attributes)), model(facts(attributes), { "i-b": unhealthy })),
      [],
    );
    const udp = { ...facts(), targetGroups: [targetGroup({ protocol: "UDP", attributes })] };
    assert.deepEqual(terminated(model(udp), model(udp, { "i-b": unhealthy })), [mark("i-b")]);
  });

  it("are those of a target that drained before it was unhealthy, at the end of that", () => {
    const attributes = {
      "target_health_state.unhealthy.connection_termination.enabled": "false",
      "target_health_state.unhealthy.draining_interval_seconds": "60",
    };
    const [before, draining, after] = [healthy, unhealthyDraining, unhealthy].map((health) =>
      model(facts(attributes), { "i-b": health }),
    );
    assert.ok(before && draining && after);
    assert.deepEqual(terminated(before, draining), []);
    assert.deepEqual(terminated(draining, after), [mark("i-b")]);
    assert.deepEqual(terminated(after, after), []);
  });

  it("are none while failing open", () => {
    assert.deepEqual(terminated(model(facts()), model(facts(), { "i-a": unhealthy, "i-b": unhealthy })), []);
  });

  it("go on while a target drains, and after it unless the group ends them", () => {
    const draining = { ...all, "i-b": "draining" };
    const end = { "deregistration_delay.connection_termination.enabled": "true" };
    assert.deepEqual(terminated(model(withTargets(all, end)), model(withTargets(draining, end))), []);
    assert.deepEqual(
      terminated(model(withTargets(draining, end)), model(withTargets({ "i-a": "healthy" }, end))),
      [mark("i-b")],
    );
    assert.deepEqual(terminated(model(withTargets(draining)), model(withTargets({ "i-a": "healthy" }))), []);
  });

  it("are all of a load balancer that is deleted", () => {
    const gone = account({ loadBalancers: [], targetGroups: [] });
    assert.deepEqual(terminated(model(facts()), model(gone)), [mark("i-a"), mark("i-b")]);
  });

  it("are all of a load balancer that is deleted after its listeners, and none when those are", () => {
    const served = model(facts());
    const silent = model({ ...facts(), loadBalancers: [loadBalancer({ listeners: [] })] });
    const gone = model(account({ loadBalancers: [], targetGroups: [] }));
    assert.deepEqual(terminated(served, silent), []);
    const lingering = lingeringAfter(served, silent, new Map());
    assert.deepEqual(terminated(silent, silent, lingering), []);
    assert.deepEqual(terminated(silent, gone, lingering), [mark("i-a"), mark("i-b")]);
    assert.deepEqual([...lingeringAfter(silent, gone, lingering)], []);
  });

  it("are all of a load balancer that is deleted, even if another one has its target group by then", () => {
    const moved = model({ ...facts(), loadBalancers: [loadBalancer({ arn: "arn:other" })] });
    const silent = model({ ...facts(), loadBalancers: [loadBalancer({ listeners: [] })] });
    const marks = [mark("i-a"), mark("i-b")];
    assert.deepEqual(terminated(model(facts()), moved), marks);
    const lingering = lingeringAfter(model(facts()), silent, new Map());
    assert.deepEqual(terminated(silent, moved, lingering), marks);
    assert.deepEqual(terminated(moved, moved), []);
  });

  it("are none of a target that a listener leads to again", () => {
    const silent = model({ ...facts(), loadBalancers: [loadBalancer({ listeners: [] })] });
    const lingering = lingeringAfter(model(facts()), silent, new Map());
    assert.deepEqual([...lingeringAfter(silent, model(facts()), lingering)], []);
  });
});

describe("an idle time-out", () => {
  const idle = (attributes: Record<string, string>, protocol = "TCP"): (number | undefined)[] =>
    model(account({ loadBalancers: [loadBalancer({ listeners: [listener({ protocol, attributes })] })] }))
      .loadBalancers.flatMap(({ listeners }) => listeners)
      .map(({ idleTimeoutSeconds }) => idleTimeoutSeconds)
      .slice(0, 1);

  it("is a listener's own only if it is not the default", () => {
    assert.deepEqual(idle({ "tcp.idle_timeout.seconds": "350" }), [undefined]);
    assert.deepEqual(idle({ "tcp.idle_timeout.seconds": "6000" }), [6000]);
    assert.deepEqual(idle({}, "UDP"), [undefined]);
  });
});

describe("a zone in DNS", () => {
  it("is healthy if each of its groups has a healthy target there", () => {
    const { loadBalancers } = model(account(), { "i-b": unhealthy });
    const [balancer] = loadBalancers;
    assert.ok(balancer);
    assert.deepEqual(
      balancer.addresses.map((zone) => zoneHealthy(balancer, zone)),
      [true, false, true],
    );
  });
});
