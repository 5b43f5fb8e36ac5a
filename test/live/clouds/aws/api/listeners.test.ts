import assert from "node:assert/strict";
import {
  DeleteTargetGroupCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  ModifyListenerCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { emulatedAccount } from "./emulatedAccount.ts";

describe("the emulated AWS API", function () {
  this.timeout(20_000);
  const emulated = emulatedAccount();
  const { arn, groupArn, loadBalancer, targetGroup, listener } = emulated;

  describe("a listener", () => {
    it("is TCP, UDP or TCP_UDP, with a target group of a matching protocol", async () => {
      const balancer = await loadBalancer();
      await listener(balancer, await targetGroup());
      await listener(balancer, await targetGroup({ Protocol: "UDP" }), { Protocol: "UDP", Port: 53 });
      const both = await targetGroup({ Protocol: "TCP_UDP" });
      await listener(balancer, both, { Protocol: "TCP_UDP", Port: 54 });
      await assert.rejects(listener(balancer, await targetGroup(), { Protocol: "UDP", Port: 55 }), {
        name: "IncompatibleProtocolsException",
      });
      await assert.rejects(listener(balancer, both, { Protocol: "TLS", Port: 443 }), {
        name: /IncompatibleProtocols|ValidationError/,
      });
      await assert.rejects(listener(balancer, await targetGroup(), { Protocol: "HTTP", Port: 56 }), {
        name: "ValidationError",
      });
    });

    it("has a default rule, which can be asked for its tags", async () => {
      const ListenerArn = await listener(await loadBalancer(), await targetGroup());
      const { Rules = [] } = await emulated.aws.elb.send(new DescribeRulesCommand({ ListenerArn }));
      const [rule] = Rules;
      assert.equal(rule?.IsDefault, true);
      const tags = (arn: string): Promise<{ TagDescriptions?: object[] | undefined }> =>
        emulated.aws.elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
      const arnOfRule = rule.RuleArn ?? assert.fail("no ARN");
      assert.deepEqual((await tags(arnOfRule)).TagDescriptions, [{ ResourceArn: arnOfRule, Tags: [] }]);
      await assert.rejects(tags(`${arnOfRule}0`), { name: "RuleNotFoundException" });
    });

    it("has TLS settings only with the protocol TLS, which needs a certificate", async () => {
      const balancer = await loadBalancer();
      await listener(balancer, await targetGroup());
      const { Listeners } = await emulated.aws.elb.send(
        new DescribeListenersCommand({ LoadBalancerArn: arn(balancer) }),
      );
      assert.equal(Listeners?.[0]?.SslPolicy, undefined);
      assert.equal(Listeners?.[0]?.Certificates, undefined);
      const tls = { Protocol: "TLS" as const, Port: 443 };
      await assert.rejects(listener(balancer, await targetGroup(), tls), { name: "ValidationError" });
      const CertificateArn =
        "arn:aws:acm:us-west-2:123456789012:certificate/00000000-0000-0000-0000-000000000000";
      await listener(balancer, await targetGroup(), { ...tls, Certificates: [{ CertificateArn }] });
    });

    it("cannot use the port of another listener, whatever the protocol", async () => {
      const [balancer, group] = [await loadBalancer(), await targetGroup()];
      const first = await listener(balancer, group);
      assert.equal(await listener(balancer, group), first);
      await assert.rejects(listener(balancer, await targetGroup()), { name: "DuplicateListenerException" });
      await assert.rejects(listener(balancer, await targetGroup({ Protocol: "UDP" }), { Protocol: "UDP" }), {
        name: "DuplicateListenerException",
      });
      const second = await listener(balancer, await targetGroup(), { Port: 81 });
      await assert.rejects(
        emulated.aws.elb.send(new ModifyListenerCommand({ ListenerArn: second, Port: 80 })),
        {
          name: "ValidationError",
        },
      );
    });

    it("moves to another target group and protocol, which frees the old group", async () => {
      const [balancer, old, next] = [
        await loadBalancer(),
        await targetGroup(),
        await targetGroup({ Protocol: "UDP" }),
      ];
      const ListenerArn = await listener(balancer, old);
      const { Listeners } = await emulated.aws.elb.send(
        new ModifyListenerCommand({
          ListenerArn,
          Protocol: "UDP",
          DefaultActions: [{ Type: "forward", TargetGroupArn: groupArn(next) }],
        }),
      );
      assert.equal(Listeners?.[0]?.Protocol, "UDP");
      assert.equal(Listeners[0].DefaultActions?.[0]?.TargetGroupArn, groupArn(next));
      const { TargetGroups } = await emulated.aws.elb.send(
        new DescribeTargetGroupsCommand({ TargetGroupArns: [groupArn(next)] }),
      );
      assert.deepEqual(TargetGroups?.[0]?.LoadBalancerArns, [arn(balancer)]);
      await emulated.aws.elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: groupArn(old) }));
    });

    it("cannot forward to another load balancer's target group", async () => {
      const group = await targetGroup();
      await listener(await loadBalancer(), group);
      await assert.rejects(listener(await loadBalancer(), group), {
        name: "TargetGroupAssociationLimitException",
      });
    });
  });
});
