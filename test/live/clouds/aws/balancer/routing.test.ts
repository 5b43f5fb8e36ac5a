/**
 * Where the data plane sends new flows, on real nftables: the lab's network and AWS API, servers on nodes, and a client outside.
 *
 * These tests do not prove that AWS balances the same way. docs/fidelity.md lists what AWS documents, with sources.
 */
import assert from "node:assert/strict";
import { RegisterTargetsCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TargetDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { internet, nodes } from "../../../../../lab/layout.ts";
import { eventually } from "../../../eventually.ts";
import { allHealthy, allUnhealthy, Balancing, nodesOf } from "./balancing.ts";

const names = nodes.map(({ name }) => name);

describe("new flows through a load balancer", function () {
  this.timeout(90_000);
  const lab = Balancing.forSuite();

  it("go from each zone's address to that zone's node, and keep the client's address", async () => {
    await lab.serve(30001);
    await lab.open(30001);
    const { addresses, groupArn } = await lab.provision({ nodePort: 30001 });
    await lab.healthIs(groupArn, allHealthy);
    assert.equal(addresses.length, 3);
    for (const [index, address] of addresses.entries()) {
      const answers = await lab.client.ask("tcp", address, 80, 20);
      assert.deepEqual(nodesOf(answers), [names[index]]);
      assert.deepEqual([...new Set(answers.map(({ from }) => from))], [internet.client]);
    }
  });

  it("spread over the nodes of all zones with cross-zone load balancing", async () => {
    await lab.serve(30002);
    await lab.open(30002);
    // The load balancer's setting, and the target group's in its place.
    for (const setting of [
      { crossZone: true },
      { attributes: { "load_balancing.cross_zone.enabled": "true" } },
    ]) {
      const { addresses, groupArn } = await lab.provision({ nodePort: 30002, ...setting });
      await lab.healthIs(groupArn, allHealthy);
      const answers = await lab.client.ask("tcp", addresses[0] ?? "", 80, 300);
      for (const name of names) {
        const share = answers.filter(({ node }) => node === name).length;
        // 300 trials at 1/3: mean 100, standard deviation 8.2. Five deviations fail once in a million runs.
        assert.ok(share > 58 && share < 142, `${name} answered ${share} of 300`);
      }
    }
  });

  it("come from the load balancer's address if the client's is not preserved", async () => {
    await lab.serve(30003);
    await lab.open(30003);
    const { addresses, groupArn, arn } = await lab.provision({
      nodePort: 30003,
      attributes: { "preserve_client_ip.enabled": "false" },
    });
    await lab.healthIs(groupArn, allHealthy);
    const zones = lab.stateOf(arn).addresses;
    for (const [index, address] of addresses.entries()) {
      const answers = await lab.client.ask("tcp", address, 80, 1);
      assert.deepEqual(answers, [{ node: names[index], from: zones[index]?.privateAddress }]);
    }
  });

  it("go to addresses: those of nodes' pods in their zone, others in all zones, and hide the client unless told otherwise", async () => {
    await lab.serve(30009);
    await lab.open(30009);
    const { addresses, groupArn, arn } = await lab.provision({
      nodePort: 30009,
      targets: [],
      group: { TargetType: "ip" },
    });
    const pod = "10.0.17.5";
    const elsewhere = "192.168.0.7";
    await lab.hold("node-b", pod);
    await lab.hold("node-c", elsewhere);
    const register = (target: TargetDescription) =>
      lab.elb.send(new RegisterTargetsCommand({ TargetGroupArn: groupArn, Targets: [target] }));
    await register({ Id: pod });
    await lab.healthOf(groupArn, { [pod]: "healthy" });
    const [, zone] = lab.stateOf(arn).addresses;
    const inZone = await lab.client.ask("tcp", addresses[1] ?? "", 80, 5);
    assert.deepEqual(nodesOf(inZone), ["node-b"]);
    assert.deepEqual([...new Set(inZone.map(({ from }) => from))], [zone?.privateAddress]);
    await register({ Id: elsewhere, AvailabilityZone: "all" });
    await lab.healthOf(groupArn, { [pod]: "healthy", [elsewhere]: "healthy" });
    for (const [index, both] of [["node-c"], ["node-b", "node-c"], ["node-c"]].entries())
      assert.deepEqual(nodesOf(await lab.client.ask("tcp", addresses[index] ?? "", 80, 40)), both);
    await lab.setAttribute(groupArn, "preserve_client_ip.enabled", "true");
    await eventually("the client's address is kept", async () => {
      const answers = await lab.client.ask("tcp", addresses[1] ?? "", 80, 5);
      return answers.every(({ from }) => from === internet.client);
    });
    await lab.setAttribute(groupArn, "preserve_client_ip.enabled", "false");
  });

  it("come to a pod's address only if a rule of its node's security group lets them in", async () => {
    await lab.serve(30010);
    const { groupArn } = await lab.provision({ nodePort: 30010, targets: [], group: { TargetType: "ip" } });
    const pod = "10.0.33.5";
    await lab.hold("node-c", pod);
    await lab.elb.send(new RegisterTargetsCommand({ TargetGroupArn: groupArn, Targets: [{ Id: pod }] }));
    await lab.healthOf(groupArn, { [pod]: "unhealthy" });
    await lab.open(30010);
    await lab.healthOf(groupArn, { [pod]: "healthy" });
  });

  it("from one client go to one target with stickiness", async () => {
    await lab.serve(30004);
    await lab.open(30004);
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30004,
      crossZone: true,
      attributes: { "stickiness.enabled": "true", "stickiness.type": "source_ip" },
    });
    await lab.healthIs(groupArn, allHealthy);
    assert.equal(nodesOf(await lab.client.ask("tcp", addresses[0] ?? "", 80, 40)).length, 1);
  });

  it("use TCP and UDP on one port if the listener supports both", async () => {
    await lab.serve(30005);
    await lab.open(30005);
    const { addresses, groupArn } = await lab.provision({
      nodePort: 30005,
      protocol: "TCP_UDP",
      crossZone: true,
    });
    await lab.healthIs(groupArn, allHealthy);
    for (const protocol of ["tcp", "udp"] as const) {
      const answers = await lab.client.ask(protocol, addresses[0] ?? "", 80, 60);
      assert.deepEqual(nodesOf(answers), names);
      assert.deepEqual([...new Set(answers.map(({ from }) => from))], [internet.client]);
    }
    const tcp = await lab.provision({ nodePort: 30005 });
    await lab.healthIs(tcp.groupArn, allHealthy);
    assert.deepEqual(await lab.client.ask("udp", tcp.addresses[0] ?? "", 80, 1, 500), [{ error: "timeout" }]);
  });

  it("go to unhealthy targets if none is healthy, in the zone or across zones", async () => {
    await lab.serve(30006);
    await lab.open(30006, 30999);
    for (const crossZone of [false, true]) {
      const { addresses, groupArn } = await lab.provision({
        nodePort: 30006,
        crossZone,
        group: { HealthCheckPort: "30999" },
      });
      await lab.healthIs(groupArn, allUnhealthy);
      const answers = await lab.client.ask("tcp", addresses[0] ?? "", 80, 60);
      assert.deepEqual(nodesOf(answers), crossZone ? names : ["node-a"]);
    }
  });

  it("are refused without registered targets, and lost in a zone without targets and at ports without a listener", async () => {
    const empty = await lab.provision({ nodePort: 30007, targets: [] });
    const [address = ""] = empty.addresses;
    assert.deepEqual(await lab.client.ask("tcp", address, 80, 1), [{ error: "ECONNREFUSED" }]);
    assert.deepEqual(await lab.client.ask("tcp", address, 81, 1, 500), [{ error: "timeout" }]);
    await lab.serve(30007, "node-a");
    await lab.open(30007);
    const partial = await lab.provision({ nodePort: 30007, targets: [0] });
    await lab.healthIs(partial.groupArn, { "node-a": "healthy" });
    const [here = "", elsewhere = ""] = partial.addresses;
    assert.deepEqual(nodesOf(await lab.client.ask("tcp", here, 80, 5)), ["node-a"]);
    assert.deepEqual(await lab.client.ask("tcp", elsewhere, 80, 1, 500), [{ error: "timeout" }]);
  });

  it("from a target to itself get an answer only if the client's address is not preserved", async () => {
    await lab.serve(30008);
    await lab.open(30008);
    const { addresses, groupArn } = await lab.provision({ nodePort: 30008 });
    await lab.healthIs(groupArn, allHealthy);
    const node = lab.testbed.host("node-a");
    const [own = "", other = ""] = addresses;
    assert.deepEqual(await node.ask("tcp", own, 80, 1, 500), [{ error: "timeout" }]);
    assert.deepEqual(nodesOf(await node.ask("tcp", other, 80, 1)), ["node-b"]);
    const hiding = await lab.provision({
      nodePort: 30008,
      attributes: { "preserve_client_ip.enabled": "false" },
    });
    await lab.healthIs(hiding.groupArn, allHealthy);
    assert.deepEqual(nodesOf(await node.ask("tcp", hiding.addresses[0] ?? "", 80, 1)), ["node-a"]);
  });

  it("exclude pings, which the load balancer drops", async () => {
    await lab.serve(30009);
    const { addresses } = await lab.provision({ nodePort: 30009 });
    const ping = ["ip", "netns", "exec", "client", "ping", "-c", "1", "-W", "1", addresses[0] ?? ""] as const;
    await assert.rejects(lab.testbed.output(...ping), /ended with 1/);
  });
});
