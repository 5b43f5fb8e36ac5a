/** The data plane as a process: what continues without it, and what it cleans up. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import * as elbv2 from "@aws-sdk/client-elastic-load-balancing-v2";
import { eventually } from "../../../eventually.ts";
import { allHealthy, Balancing, nodesOf } from "./balancing.ts";

describe("the load balancers' data plane", function () {
  this.timeout(90_000);
  const lab = Balancing.forSuite();

  it("continues while its process is down, and restores addresses and health when it is back", async () => {
    await lab.serve(30001);
    await lab.open(30001);
    const { addresses, groupArn } = await lab.provision({ nodePort: 30001 });
    const [address = ""] = addresses;
    await lab.healthIs(groupArn, allHealthy);
    const before = lab.state();
    await lab.killDataPlane();
    assert.deepEqual(nodesOf(await lab.client.ask("tcp", address, 80, 20)), ["node-a"]);
    const lines = lab.log.length;
    lab.startDataPlane();
    await eventually("it is back", () =>
      lab.log.slice(lines).some((line) => line.includes("load balancer nlb")),
    );
    assert.deepEqual(lab.state(), before);
    assert.deepEqual(await lab.health(groupArn), allHealthy);
    assert.deepEqual(nodesOf(await lab.client.ask("tcp", address, 80, 20)), ["node-a"]);
  });

  it("continues while the AWS API is down, says so once, and reports afterwards what has changed", async () => {
    await lab.serve(30002);
    await lab.open(30002);
    const { addresses, groupArn } = await lab.provision({ nodePort: 30002, crossZone: true });
    await lab.healthIs(groupArn, allHealthy);
    const lines = lab.log.length;
    const logged = (text: string): number =>
      lab.log.slice(lines).filter((line) => line.includes(text)).length;
    await lab.killApi();
    await lab.testbed.host("node-b").close(30002);
    await eventually(
      "flows avoid the dead node",
      async () => !nodesOf(await lab.client.ask("tcp", addresses[0] ?? "", 80, 30)).includes("ECONNREFUSED"),
    );
    await eventually("the failure is logged", () => logged("read failed, the rules stay as they are") > 0);
    lab.startApi();
    await eventually("the recovery is logged", () => logged("works again") > 0, 60_000);
    await lab.healthIs(groupArn, { ...allHealthy, "node-b": "unhealthy" });
    assert.equal(logged("read failed"), 1);
  });

  it("frees everything that a deleted load balancer used", async () => {
    const { arn } = await lab.provision({ nodePort: 30003, targets: [] });
    assert.match(await lab.testbed.output("ip", "-brief", "address", "show", "dev", "lo"), /10\.0\.8\./);
    await lab.elb.send(new elbv2.DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
    await eventually("no addresses are kept", () => lab.state().loadBalancers.length === 0);
    await eventually("none are on the loopback interface", async () => {
      const addresses = await lab.testbed.output("ip", "-brief", "address", "show", "dev", "lo");
      return !/10\.0\.(8|24|40)\./.test(addresses);
    });
    const listed = await lab.testbed.output("nft", "list", "map", "ip", "nlb", "listeners");
    assert.ok(!listed.includes("elements"), listed);
  });

  it("reports invalid flags", async () => {
    const complaints: string[] = [];
    await assert.rejects(lab.testbed.finish(lab.testbed.startDataPlane(complaints, "--time-scale", "0")));
    assert.match(complaints.join("\n"), /--time-scale is 0; it must be a number greater than 0/);
  });

  it("leaves no process behind", async () => {
    const namespace = lab.testbed.pidNamespace();
    lab.testbed.stop();
    const alive = (): string[] =>
      readdirSync("/proc").filter((entry) => {
        try {
          return /^\d+$/.test(entry) && readlinkSync(`/proc/${entry}/ns/pid`) === namespace;
        } catch {
          return false; // Ended meanwhile, or another user's.
        }
      });
    await eventually("all have ended", () => alive().length === 0);
    assert.ok(!existsSync(lab.testbed.directory));
  });
});
