/** Long-lived flows: draining targets, dead targets and idle timeouts. docs/fidelity.md lists what AWS documents. */
import assert from "node:assert/strict";
import { internet } from "../../../../../lab/layout.ts";
import { eventually } from "../../../eventually.ts";
import { allHealthy, Balancing, nodesOf, pause, timeScale } from "./balancing.ts";

/** AWS's seconds in real milliseconds, and more than a second on top because the kernel counts whole seconds. */
const longerThan = (awsSeconds: number): number => (awsSeconds * 1000) / timeScale + 1500;

describe("long-lived flows", function () {
  this.timeout(90_000);
  const lab = Balancing.forSuite();

  /** Resolves once the target is deregistered. Requests over the open flows that were answered before came from it. */
  const staysWhileDraining = async (groupArn: string, node: string): Promise<void> => {
    let answered = 0;
    for (;;) {
      const answers = nodesOf(await lab.client.again());
      if ((await lab.health(groupArn))[node]?.startsWith("draining") !== true) break;
      assert.deepEqual(answers, [node]);
      answered++;
      await pause(100);
    }
    assert.ok(answered > 0, "no request was answered while the target drained");
  };

  it("continue while their target drains and afterwards, and the target gets no new ones", async () => {
    await lab.serve(30001, "node-a", "node-b");
    await lab.open(30001);
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30001,
      crossZone: true,
      targets: [0, 1],
      attributes: { "deregistration_delay.timeout_seconds": "300" },
    });
    await lab.healthIs(groupArn, { "node-a": "healthy", "node-b": "healthy" });
    const [address = ""] = addresses;
    const [kept] = await lab.client.keep("tcp", address, 80);
    const { node = "" } = kept ?? {};
    const other = node === "node-a" ? "node-b" : "node-a";
    await lab.deregister(groupArn, node);
    await lab.healthIs(groupArn, { [node]: "draining", [other]: "healthy" });
    await eventually(
      "new flows avoid it",
      async () => nodesOf(await lab.client.ask("tcp", address, 80, 30)).join() === other,
    );
    assert.deepEqual(nodesOf(await lab.client.again()), [node]);
    await lab.healthIs(groupArn, { [other]: "healthy" });
    await pause(1500);
    assert.deepEqual(nodesOf(await lab.client.again()), [node]);
  });

  it("are reset at the end of the deregistration delay, not before, if the target group says so", async () => {
    await lab.serve(30002, "node-a", "node-b");
    await lab.open(30002);
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30002,
      targets: [0, 1],
      attributes: {
        "deregistration_delay.timeout_seconds": "180",
        "deregistration_delay.connection_termination.enabled": "true",
      },
    });
    await lab.healthIs(groupArn, { "node-a": "healthy", "node-b": "healthy" });
    await lab.client.keep("tcp", addresses[0] ?? "", 80);
    await lab.deregister(groupArn, "node-a");
    await staysWhileDraining(groupArn, "node-a");
    await eventually(
      "the connection is reset",
      async () => nodesOf(await lab.client.again()).join() === "ECONNRESET",
    );
  });

  it("over UDP stay on their target, and move when it dies", async () => {
    await lab.serve(30003);
    await lab.open(30003);
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30003,
      protocol: "UDP",
      crossZone: true,
    });
    await lab.healthIs(groupArn, allHealthy);
    const [kept] = await lab.client.keep("udp", addresses[0] ?? "", 80);
    const { node = "" } = kept ?? {};
    for (let count = 0; count < 5; count++) assert.deepEqual(nodesOf(await lab.client.again()), [node]);
    await lab.testbed.host(node).close(30003);
    await lab.healthIs(groupArn, { ...allHealthy, [node]: "unhealthy" });
    const [next = ""] = nodesOf(await lab.client.again());
    assert.ok(next.startsWith("node-") && next !== node, `${node}, then ${next}`);
  });

  it("over UDP stay on a draining target, and move at the end of the delay", async () => {
    await lab.serve(30004);
    await lab.open(30004);
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30004,
      protocol: "UDP",
      crossZone: true,
      attributes: { "deregistration_delay.timeout_seconds": "180" },
    });
    await lab.healthIs(groupArn, allHealthy);
    const [kept] = await lab.client.keep("udp", addresses[0] ?? "", 80);
    const { node = "" } = kept ?? {};
    await lab.deregister(groupArn, node);
    await staysWhileDraining(groupArn, node);
    await eventually("the flow has moved", async () => {
      const [next = ""] = nodesOf(await lab.client.again(300));
      return next.startsWith("node-") && next !== node;
    });
  });

  it("over TCP are dropped after the listener's idle timeout: the next packet gets a reset", async () => {
    await lab.serve(30005);
    await lab.open(30005);
    // Long enough for a request each half second, even on a busy machine.
    const idleTimeoutSeconds = 120;
    const { addresses, groupArn } = await lab.provision({ nodePort: 30005, idleTimeoutSeconds });
    await lab.healthIs(groupArn, allHealthy);
    const [address = ""] = addresses;
    await lab.client.keep("tcp", address, 80);
    const begin = performance.now();
    while (performance.now() - begin < longerThan(idleTimeoutSeconds)) {
      await pause(500);
      assert.deepEqual(nodesOf(await lab.client.again()), ["node-a"]);
    }
    await pause(longerThan(idleTimeoutSeconds));
    assert.deepEqual(await lab.client.again(), [{ error: "ECONNRESET" }]);
  });

  it("over TCP outlive the idle timeout with keep-alive packets, or if the timeout is longer", async () => {
    await lab.serve(30006);
    await lab.open(30006);
    const short = await lab.provision({ nodePort: 30006, idleTimeoutSeconds: 60 });
    await lab.healthIs(short.groupArn, allHealthy);
    await lab.client.keep("tcp", short.addresses[0] ?? "", 80, { keepAliveMs: 1000 });
    await pause(longerThan(60));
    assert.deepEqual(nodesOf(await lab.client.again()), ["node-a"]);
    const usual = await lab.provision({ nodePort: 30006 });
    await lab.healthIs(usual.groupArn, allHealthy);
    await lab.client.keep("tcp", usual.addresses[0] ?? "", 80);
    await pause(longerThan(60));
    assert.deepEqual(nodesOf(await lab.client.again()), ["node-a"]);
  });

  it("over TCP that got no answer are dropped after 10 s, so that the client can reuse its port", async () => {
    await lab.serve(30008, "node-b");
    await lab.open(30008);
    const { addresses, groupArn } = await lab.provision({ nodePort: 30008, targets: [1], crossZone: true });
    await lab.healthIs(groupArn, { "node-b": "healthy" });
    const [address = ""] = addresses;
    // Outside of the range that the kernel takes ports from: a port of a recently closed connection cannot be chosen.
    const lostPorts = [20_001, 20_002] as const;
    const unusedPort = 20_003;
    const ask = async (localPort: number, timeoutMs?: number) =>
      nodesOf(await lab.client.askFrom(localPort, address, 80, timeoutMs));
    const isLost = async (localPort: number) => assert.deepEqual(await ask(localPort, 400), ["timeout"]);
    const nft = (...rule: string[]) => lab.testbed.output("ip", "netns", "exec", "node-b", "nft", ...rule);
    await nft("add table ip pods");
    await nft("add chain ip pods prerouting { type nat hook prerouting priority dstnat; }");
    // kube-proxy's rules may lead to a pod on another node that is gone.
    await nft(`add rule ip pods prerouting ip saddr ${internet.client} tcp dport 30008 dnat to 10.244.1.250`);
    for (const port of lostPorts) await isLost(port);
    await nft("delete table ip pods");
    assert.deepEqual(await ask(unusedPort), ["node-b"]);
    // The node still sends it where it sent the one before.
    await isLost(lostPorts[0]);
    await pause(10_500);
    for (const port of lostPorts) assert.deepEqual(await ask(port), ["node-b"]);
  });

  it("over UDP become new flows after 120 idle seconds on AWS, and keep their target before", async () => {
    await lab.serve(30007);
    await lab.open(30007);
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30007,
      protocol: "UDP",
      crossZone: true,
      targets: [0],
    });
    await lab.healthIs(groupArn, { "node-a": "healthy" });
    // With 60 flows, one of three nodes gets none of them by chance once in 10^10 runs.
    await lab.client.keep("udp", addresses[0] ?? "", 80, { count: 60 });
    await lab.register(groupArn, 1, 2);
    await eventually("all are healthy", async () => {
      assert.deepEqual(nodesOf(await lab.client.again()), ["node-a"]);
      return Object.values(await lab.health(groupArn)).join() === "healthy,healthy,healthy";
    });
    assert.deepEqual(nodesOf(await lab.client.again()), ["node-a"]);
    await pause(longerThan(120));
    assert.deepEqual(nodesOf(await lab.client.again()), ["node-a", "node-b", "node-c"]);
  });
});
