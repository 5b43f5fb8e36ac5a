import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { DeleteSubnetCommand, DescribeInstanceTopologyCommand } from "@aws-sdk/client-ec2";
import {
  DeregisterTargetsCommand,
  DescribeTargetGroupsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { seedAccount } from "../../../../../lab/clouds/aws/account/account.ts";
import { prefixesOf } from "../../../../../lab/clouds/aws/account/prefixes.ts";
import type { AwsFacts } from "../../../../../lab/clouds/aws/balancer/facts.ts";
import { nodes } from "../../../../../lab/layout.ts";
import { eventually } from "../../../eventually.ts";
import { RunningEmulator, timeScale } from "./runningEmulator.ts";
import { emulatedAccount } from "./emulatedAccount.ts";

describe("the emulated AWS API", function () {
  this.timeout(20_000);
  const emulated = emulatedAccount();
  const {
    arn,
    groupArn,
    subnets,
    instances,
    loadBalancer,
    targetGroup,
    listener,
    described,
    activate,
    healths,
    register,
    reportHealth,
    attributes,
    setAttribute,
  } = emulated;

  describe("the server", () => {
    it("changes its revision with each change, including the end of a target's draining", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const revision = async (): Promise<string> =>
        (await fetch(`${emulated.aws.endpoint}/lab/revision`)).text();
      await setAttribute(group, "deregistration_delay.timeout_seconds", "2000");
      await listener(balancer, group);
      const before = await revision();
      await described(balancer);
      await activate(balancer);
      assert.equal(await revision(), before);
      await register(group);
      const registered = await revision();
      assert.notEqual(registered, before);
      const Targets = instances();
      await emulated.aws.elb.send(new DeregisterTargetsCommand({ TargetGroupArn: groupArn(group), Targets }));
      const draining = await revision();
      assert.notEqual(draining, registered);
      await setTimeout((2000 / timeScale) * 1000);
      assert.notEqual(await revision(), draining);
    });

    it("gives the data plane all facts in one answer", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      await listener(balancer, group);
      await register(group);
      await activate(balancer);
      const unused = await targetGroup();
      const facts = (await (await fetch(`${emulated.aws.endpoint}/lab/facts`)).json()) as AwsFacts;
      const found = facts.loadBalancers.find((each) => each.arn === arn(balancer));
      assert.deepEqual(
        { ...found, attributes: undefined, listeners: undefined },
        {
          arn: arn(balancer),
          name: balancer.LoadBalancerName,
          dnsName: balancer.DNSName,
          scheme: "internet-facing",
          state: "active",
          zones: emulated.account.nodes.map(({ zone, subnetId }) => ({ zone, subnetId })),
          securityGroups: [],
          attributes: undefined,
          listeners: undefined,
        },
      );
      assert.equal(found?.attributes["load_balancing.cross_zone.enabled"], "false");
      assert.deepEqual(
        found.listeners.map(({ arn: _arn, ...rest }) => rest),
        [
          {
            protocol: "TCP",
            port: 80,
            targetGroupArn: groupArn(group),
            attributes: { "tcp.idle_timeout.seconds": "350" },
          },
        ],
      );
      const shown = facts.targetGroups.find((each) => each.arn === groupArn(group));
      assert.deepEqual(
        { ...shown, attributes: undefined },
        {
          arn: groupArn(group),
          protocol: "TCP",
          port: 30080,
          targetType: "instance",
          healthCheck: {
            protocol: "TCP",
            port: "traffic-port",
            path: "/",
            matcher: "200-399",
            intervalSeconds: 30,
            timeoutSeconds: 10,
            healthyThreshold: 5,
            unhealthyThreshold: 2,
          },
          attributes: undefined,
          targets: emulated.account.nodes.map(({ instanceId }) => ({
            id: instanceId,
            port: 30080,
            zone: null,
            state: "initial",
            reason: "Elb.RegistrationInProgress",
          })),
        },
      );
      assert.deepEqual(shown?.attributes, await attributes(group));
      assert.ok(!facts.targetGroups.some((each) => each.arn === groupArn(unused)));
      assert.deepEqual(
        emulated.account.nodes.map(({ instanceId }) => facts.instances.find(({ id }) => id === instanceId)),
        emulated.account.nodes.map(({ instanceId, address, zone }) => ({
          id: instanceId,
          address,
          prefixes: prefixesOf(nodes.find((node) => node.address === address)?.podCidr ?? ""),
          zone,
          securityGroups: [emulated.account.nodeSecurityGroupId],
        })),
      );
      const guarding = facts.securityGroups.find(({ id }) => id === emulated.account.nodeSecurityGroupId);
      const everything = { protocol: "-1", fromPort: -1, toPort: -1 };
      assert.deepEqual(guarding?.ingress[0], {
        ...everything,
        cidrs: [],
        groups: [emulated.account.nodeSecurityGroupId],
      });
      assert.deepEqual(guarding.egress, [{ ...everything, cidrs: ["0.0.0.0/0"], groups: [] }]);
    });

    it("survives being killed at any moment", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const [first = assert.fail()] = instances();
      await listener(balancer, group);
      await register(group, [first]);
      await activate(balancer);
      await reportHealth(group, first, "healthy");
      const beforehand = [await described(balancer), await healths(group), await attributes(group)];
      await emulated.aws.killAndRestart();
      assert.deepEqual(
        [await described(balancer), await healths(group), await attributes(group)],
        beforehand,
      );
      assert.deepEqual(await seedAccount(emulated.aws.endpoint), emulated.account);
      // Still one account: EC2 and the load balancers share subnets.
      await assert.rejects(emulated.aws.ec2.send(new DeleteSubnetCommand({ SubnetId: subnets()[0] })), {
        name: "DependencyViolation",
      });
    });

    it("keeps everything that it confirmed before it was killed during calls", async () => {
      const answered: string[] = [];
      const working = (async () => {
        for (;;) answered.push(groupArn(await targetGroup()));
      })();
      const interrupted = assert.rejects(working);
      await eventually("some calls are answered", () => answered.length > 2);
      await emulated.aws.killAndRestart();
      await interrupted;
      const { TargetGroups } = await emulated.aws.elb.send(
        new DescribeTargetGroupsCommand({ TargetGroupArns: answered }),
      );
      assert.equal(TargetGroups?.length, answered.length);
    });

    it("refuses a damaged state, and names the file and the remedy", async () => {
      const stateDirectory = mkdtempSync(join(tmpdir(), "emulator-test-"));
      writeFileSync(join(stateDirectory, "account.pickle"), "no pickle");
      const emulator = RunningEmulator.start(emulated.python, stateDirectory);
      await assert.rejects(
        emulator,
        /exit code 1:.*cannot read the account's state in .*\/account\.pickle.* Remove the file/s,
      );
      rmSync(stateDirectory, { recursive: true });
    });

    it("answers calls that it does not support as AWS does", async () => {
      assert.deepEqual((await emulated.aws.ec2.send(new DescribeInstanceTopologyCommand({}))).Instances, []);
      const answer = await emulated.aws.query("ec2", { Action: "MakeCoffee", Version: "2016-11-15" });
      assert.equal(answer.status, 400);
      assert.match(await answer.text(), /<Code>InvalidAction<\/Code>/);
    });

    it("logs a line per call that changes something, and none for reading", async () => {
      const balancer = await loadBalancer();
      await described(balancer);
      await assert.rejects(loadBalancer({ Name: balancer.LoadBalancerName, Scheme: "internal" }));
      const name = balancer.LoadBalancerName ?? "";
      await emulated.aws.logged(`CreateLoadBalancer ${name} 200\n`);
      await emulated.aws.logged(`CreateLoadBalancer ${name} 400 DuplicateLoadBalancerName\n`);
      assert.doesNotMatch(emulated.aws.log, /Describe/);
    });
  });
});
