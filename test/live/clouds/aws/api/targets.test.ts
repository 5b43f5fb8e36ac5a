import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { TargetDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { timeScale } from "./runningEmulator.ts";
import { emulatedAccount } from "./emulatedAccount.ts";

describe("the emulated AWS API", function () {
  this.timeout(20_000);
  const emulated = emulatedAccount();
  const {
    groupArn,
    subnets,
    instances,
    loadBalancer,
    targetGroup,
    listener,
    activate,
    healths,
    register,
    reportHealth,
    setAttribute,
  } = emulated;

  describe("a target", () => {
    it("must be a running instance that exists", async () => {
      const group = await targetGroup();
      await assert.rejects(register(group, [{ Id: "i-0123456789abcdef0" }]), {
        name: "InvalidTargetException",
        message: "The following instances do not exist: 'i-0123456789abcdef0'",
      });
      await assert.rejects(register(group, [{ Id: "10.0.0.10" }]), { name: "ValidationError" });
      assert.deepEqual(await healths(group), []);
    });

    it("may be an address of the VPC, whose subnet gives its zone", async () => {
      const group = await targetGroup({ TargetType: "ip", Port: 8080 });
      await register(group, [{ Id: "10.0.17.5" }]);
      const { TargetHealthDescriptions } = await emulated.aws.elb.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: groupArn(group) }),
      );
      assert.deepEqual(TargetHealthDescriptions?.[0]?.Target, {
        Id: "10.0.17.5",
        Port: 8080,
        AvailabilityZone: "us-west-2b",
      });
      await assert.rejects(register(group, [{ Id: "10.0.17.6", AvailabilityZone: "all" }]), {
        name: "ValidationError",
        message:
          "The IP address '10.0.17.6' is within the VPC, and cannot have its Availability Zone overridden to 'all' from 'us-west-2b'",
      });
    });

    it("may be a private address outside the VPC, with its zone or all zones", async () => {
      const group = await targetGroup({ TargetType: "ip" });
      const refused = async (target: TargetDescription, message: RegExp): Promise<void> => {
        await assert.rejects(register(group, [target]), { name: "ValidationError", message });
      };
      await refused({ Id: "192.168.0.7" }, /The Availability Zone is required for IP address '192.168.0.7'/);
      await refused({ Id: "8.8.8.8", AvailabilityZone: "all" }, /'8.8.8.8' is neither within the VPC/);
      await refused({ Id: "192.168.0.7", AvailabilityZone: "mars" }, /'mars' is not valid/);
      await refused({ Id: "i-0123456789abcdef0" }, /is not a valid IPv4 address/);
      assert.deepEqual(await healths(group), []);
      const [balancer] = [await loadBalancer({ Subnets: subnets().slice(0, 1) })];
      await listener(balancer, group);
      await register(group, [
        { Id: "192.168.0.7", AvailabilityZone: "all" },
        { Id: "100.64.0.7", AvailabilityZone: "us-west-2b" },
      ]);
      assert.deepEqual(await healths(group), [
        "initial Elb.RegistrationInProgress",
        "unused Target.NotInUse",
      ]);
    });

    it("is unused until a listener forwards to its group, then initial until the data plane reports its health", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const [first = assert.fail()] = instances();
      await register(group, [first]);
      assert.deepEqual(await healths(group), ["unused Target.NotInUse"]);
      await listener(balancer, group);
      assert.deepEqual(await healths(group), ["initial Elb.RegistrationInProgress"]);
      await activate(balancer);
      assert.equal((await reportHealth(group, first, "initial", "Elb.InitialHealthChecking")).status, 204);
      assert.deepEqual(await healths(group), ["initial Elb.InitialHealthChecking"]);
      await reportHealth(group, first, "healthy");
      assert.deepEqual(await healths(group), ["healthy"]);
      await reportHealth(group, first, "unhealthy", "Target.FailedHealthChecks");
      const { TargetHealthDescriptions } = await emulated.aws.elb.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: groupArn(group) }),
      );
      assert.deepEqual(TargetHealthDescriptions, [
        {
          Target: { Id: first.Id, Port: 30080 },
          HealthCheckPort: "30080",
          TargetHealth: {
            State: "unhealthy",
            Reason: "Target.FailedHealthChecks",
            Description: "Health checks failed",
          },
        },
      ]);
    });

    it("is unused in a zone that the load balancer does not have", async () => {
      const [balancer, group] = [await loadBalancer({ Subnets: subnets().slice(0, 2) }), await targetGroup()];
      await listener(balancer, group);
      await register(group);
      assert.deepEqual(await healths(group), [
        "initial Elb.RegistrationInProgress",
        "initial Elb.RegistrationInProgress",
        "unused Target.NotInUse",
      ]);
    });

    it("drains for the deregistration delay after it is deregistered, and can be registered again meanwhile", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const targets = instances().slice(0, 1);
      await listener(balancer, group);
      await register(group, targets);
      await reportHealth(group, targets[0] ?? assert.fail(), "healthy");
      const deregister = (): Promise<unknown> =>
        emulated.aws.elb.send(
          new DeregisterTargetsCommand({ TargetGroupArn: groupArn(group), Targets: targets }),
        );
      await setAttribute(group, "deregistration_delay.timeout_seconds", "3600");
      await deregister();
      assert.deepEqual(await healths(group), ["draining Target.DeregistrationInProgress"]);
      await register(group, targets);
      assert.deepEqual(await healths(group), ["initial Elb.RegistrationInProgress"]);
      await setAttribute(group, "deregistration_delay.timeout_seconds", "100");
      await deregister();
      await setTimeout((100 / timeScale) * 1000);
      assert.deepEqual(await healths(group), []);
      assert.deepEqual(await healths(group, targets), ["unused Target.NotRegistered"]);
      await deregister();
    });

    it("may be registered on several ports", async () => {
      const group = await targetGroup();
      const [first = assert.fail()] = instances();
      await register(group, [
        { ...first, Port: 30001 },
        { ...first, Port: 30002 },
      ]);
      assert.equal((await healths(group)).length, 2);
      await emulated.aws.elb.send(
        new DeregisterTargetsCommand({
          TargetGroupArn: groupArn(group),
          Targets: [{ ...first, Port: 30001 }],
        }),
      );
      assert.equal((await healths(group)).length, 1);
    });

    it("that no longer exists is named to the data plane, and the other reports are kept", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const [first = assert.fail(), second = assert.fail()] = instances();
      await listener(balancer, group);
      await activate(balancer);
      await register(group, [second]);
      const report = ({ Id }: TargetDescription, targetGroupArn: string): object => ({
        targetGroupArn,
        targetId: Id,
        port: 30080,
        state: "healthy",
      });
      const answer = await emulated.aws.report("target-health", [
        report(first, groupArn(group)),
        report(second, groupArn(group)),
        report(first, "arn:gone"),
      ]);
      assert.equal(answer.status, 404);
      assert.equal(
        await answer.text(),
        `no longer there: target ${first.Id ?? ""}:30080 of ${groupArn(group)}, arn:gone`,
      );
      assert.deepEqual(await healths(group), ["healthy"]);
      assert.equal(
        (await emulated.aws.report("load-balancers", [{ loadBalancerArn: "arn:gone", addresses: [] }]))
          .status,
        404,
      );
      assert.equal((await reportHealth(group, second, "cheerful")).status, 400);
    });
  });
});
