/** The health of targets and its consequences. docs/fidelity.md lists what AWS documents. */
import assert from "node:assert/strict";
import * as elbv2 from "@aws-sdk/client-elastic-load-balancing-v2";
import { eventually } from "../../../eventually.ts";
import { allHealthy, allUnhealthy, Balancing, nodesOf } from "./balancing.ts";

/** A separate health check port, so that a node can fail its checks but still answer. */
const healthPort = 30900;
const apart: Partial<elbv2.CreateTargetGroupCommandInput> = { HealthCheckPort: healthPort.toString() };

describe("the health of targets", function () {
  this.timeout(90_000);
  const lab = Balancing.forSuite();
  before(() => lab.open(healthPort));

  it("has AWS's states and reasons", async () => {
    await lab.serve(30001);
    await lab.open(30001);
    const seen: string[] = [];
    const { arn, groupArn } = await lab.provision({
      nodePort: 30001,
      targets: [],
      attributes: { "deregistration_delay.timeout_seconds": "180" },
    });
    const reaches = (state: string): Promise<unknown> =>
      eventually(state, async () => {
        const now = (await lab.health(groupArn))["node-a"] ?? "gone";
        if (seen.at(-1) !== now) seen.push(now);
        return now === state;
      });
    // Registration is too short to be seen for certain: it takes until the data plane's next check.
    await lab.killDataPlane();
    await lab.register(groupArn, 0);
    await reaches("initial Elb.RegistrationInProgress");
    lab.startDataPlane();
    await reaches("healthy");
    await lab.testbed.host("node-a").close(30001);
    await reaches("unhealthy Target.FailedHealthChecks");
    await lab.serve(30001, "node-a");
    await reaches("healthy");
    await lab.deregister(groupArn, "node-a");
    await reaches("gone");
    assert.deepEqual(
      seen.filter((state) => state !== "initial Elb.InitialHealthChecking"),
      [
        "initial Elb.RegistrationInProgress",
        "healthy",
        "unhealthy Target.FailedHealthChecks",
        "healthy",
        "draining Target.DeregistrationInProgress",
        "gone",
      ],
    );
    const { Listeners } = await lab.elb.send(new elbv2.DescribeListenersCommand({ LoadBalancerArn: arn }));
    await lab.elb.send(new elbv2.DeleteListenerCommand({ ListenerArn: Listeners?.[0]?.ListenerArn }));
    await lab.register(groupArn, 0);
    assert.deepEqual(await lab.health(groupArn), { "node-a": "unused Target.NotInUse" });
  });

  it("removes a node whose checks fail from service, and restores it", async () => {
    await lab.serve(30002);
    await lab.open(30002);
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30002,
      crossZone: true,
      group: { HealthCheckProtocol: "HTTP", HealthCheckPath: "/healthz", Matcher: { HttpCode: "200" } },
    });
    await lab.healthIs(groupArn, allHealthy);
    await lab.testbed.host("node-b").close(30002);
    await lab.healthIs(groupArn, { ...allHealthy, "node-b": "unhealthy" });
    const ask = async (): Promise<string[]> =>
      nodesOf(await lab.client.ask("tcp", addresses[1] ?? "", 80, 60));
    assert.deepEqual(await ask(), ["node-a", "node-c"]);
    await lab.serve(30002, "node-b");
    await lab.healthIs(groupArn, allHealthy);
    assert.deepEqual(await ask(), ["node-a", "node-b", "node-c"]);
  });

  it("resets connections of a target that turned unhealthy", async () => {
    await lab.serve(30003);
    await lab.serve(healthPort);
    await lab.open(30003);
    const { addresses, groupArn } = await lab.provision({ nodePort: 30003, crossZone: true, group: apart });
    await lab.healthIs(groupArn, allHealthy);
    const [kept] = await lab.client.keep("tcp", addresses[0] ?? "", 80);
    const { node = "" } = kept ?? {};
    await lab.testbed.host(node).close(healthPort);
    await lab.healthIs(groupArn, { ...allHealthy, [node]: "unhealthy" });
    assert.deepEqual(await lab.client.again(), [{ error: "ECONNRESET" }]);
  });

  it("keeps them if the target group says so, or during unhealthy.draining", async () => {
    await lab.serve(30004);
    await lab.serve(healthPort);
    await lab.open(30004);
    const keeping = { "target_health_state.unhealthy.connection_termination.enabled": "false" };
    const draining = { ...keeping, "target_health_state.unhealthy.draining_interval_seconds": "60" };
    for (const [attributes, state] of [
      [keeping, "unhealthy"],
      [draining, "unhealthy.draining"],
    ] as const) {
      const { addresses, groupArn } = await lab.provision({
        nodePort: 30004,
        crossZone: true,
        group: apart,
        attributes,
      });
      await lab.healthIs(groupArn, allHealthy);
      const [address = ""] = addresses;
      const [kept] = await lab.client.keep("tcp", address, 80);
      const { node = "" } = kept ?? {};
      await lab.testbed.host(node).close(healthPort);
      await lab.healthIs(groupArn, { ...allHealthy, [node]: state });
      assert.ok(!nodesOf(await lab.client.ask("tcp", address, 80, 40)).includes(node));
      assert.deepEqual(nodesOf(await lab.client.again()), [node]);
      if (state === "unhealthy.draining") {
        await lab.healthIs(groupArn, { ...allHealthy, [node]: "unhealthy" });
        assert.deepEqual(await lab.client.again(), [{ error: "ECONNRESET" }]);
      }
      await lab.serve(healthPort, node);
    }
  });

  it("keeps connections while the load balancer fails open", async () => {
    await lab.serve(30005);
    await lab.serve(healthPort);
    await lab.open(30005);
    const { addresses, groupArn } = await lab.provision({ nodePort: 30005, group: apart });
    await lab.healthIs(groupArn, allHealthy);
    await lab.client.keep("tcp", addresses[0] ?? "", 80);
    for (const name of Object.keys(allHealthy)) await lab.testbed.host(name).close(healthPort);
    await lab.healthIs(groupArn, allUnhealthy);
    assert.deepEqual(nodesOf(await lab.client.again()), ["node-a"]);
  });

  it("changes some time after a node loses its link, and until then clients get no answer", async () => {
    await lab.serve(30006);
    await lab.open(30006);
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30006,
      crossZone: true,
      // Slow checks, because the test is about what the client sees before the target is unhealthy.
      group: { HealthCheckIntervalSeconds: 60 },
    });
    await lab.healthIs(groupArn, allHealthy);
    const [address = ""] = addresses;
    const ask = async (timeoutMs?: number): Promise<string[]> =>
      nodesOf(await lab.client.ask("tcp", address, 80, 60, timeoutMs));
    await lab.testbed.cutOff("node-b");
    try {
      // A third of the requests gets no answer, so wait less than usual.
      assert.deepEqual(await ask(400), ["node-a", "node-c", "timeout"]);
      await lab.healthIs(groupArn, { ...allHealthy, "node-b": "unhealthy" });
      assert.deepEqual(await ask(), ["node-a", "node-c"]);
    } finally {
      await lab.testbed.reconnect("node-b");
    }
    await lab.healthIs(groupArn, allHealthy);
  });

  it("decides which zones' addresses the DNS name has: the healthy zones, or all if none is healthy", async () => {
    await lab.testbed.startResolver();
    await lab.serve(30007);
    await lab.open(30007);
    const { addresses, groupArn, dnsName } = await lab.provision({ nodePort: 30007 });
    const resolves = (expected: readonly string[]): Promise<unknown> =>
      eventually(`${dnsName} is ${expected.join(", ")}`, async () => {
        const records = await lab.client.resolve(dnsName);
        assert.ok(records.every(({ ttl }) => ttl === 60));
        return (
          records
            .map(({ address }) => address)
            .sort()
            .join() === expected.join()
        );
      });
    await lab.healthIs(groupArn, allHealthy);
    await resolves(addresses);
    await lab.testbed.host("node-b").close(30007);
    await lab.healthIs(groupArn, { ...allHealthy, "node-b": "unhealthy" });
    await resolves([addresses[0] ?? "", addresses[2] ?? ""]);
    await lab.testbed.host("node-a").close(30007);
    await lab.testbed.host("node-c").close(30007);
    await lab.healthIs(groupArn, allUnhealthy);
    await resolves(addresses);
  });
});
