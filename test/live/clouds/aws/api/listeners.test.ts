import assert from "node:assert/strict";
import {
  AddListenerCertificatesCommand,
  DeleteTargetGroupCommand,
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  ModifyListenerCommand,
  RemoveListenerCertificatesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { importCertificate } from "../../../../../lab/clouds/aws/certificates.ts";
import { certificateFor } from "../certificate.ts";
import { emulatedAccount } from "./emulatedAccount.ts";

describe("the emulated AWS API", function () {
  this.timeout(20_000);
  const emulated = emulatedAccount();
  const { arn, groupArn, loadBalancer, targetGroup, listener } = emulated;
  const certificate = async (): Promise<string> =>
    importCertificate(emulated.aws.endpoint, await certificateFor("web.example.com"));

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
      const CertificateArn = await certificate();
      await listener(balancer, await targetGroup(), { ...tls, Certificates: [{ CertificateArn }] });
    });

    it("needs a certificate, a security policy and an ALPN policy that exist", async () => {
      const balancer = await loadBalancer();
      const group = await targetGroup();
      const CertificateArn = await certificate();
      const tls = { Protocol: "TLS" as const, Port: 443, Certificates: [{ CertificateArn }] };
      const missing = CertificateArn.replace(/.{12}$/, "0".repeat(12));
      await assert.rejects(
        listener(balancer, group, { ...tls, Certificates: [{ CertificateArn: missing }] }),
        {
          name: "CertificateNotFoundException",
          message: `Certificate '${missing}' not found`,
        },
      );
      await assert.rejects(listener(balancer, group, { ...tls, SslPolicy: "ELBSecurityPolicy-TLS99" }), {
        name: "SSLPolicyNotFoundException",
      });
      await assert.rejects(listener(balancer, group, { ...tls, AlpnPolicy: ["h2"] }), {
        name: "ALPNPolicyNotSupportedException",
      });
      const ListenerArn = await listener(balancer, group, { ...tls, AlpnPolicy: ["HTTP2Only"] });
      const change = { ListenerArn, SslPolicy: "ELBSecurityPolicy-FS-1-2-2019-08", AlpnPolicy: ["None"] };
      const { Listeners } = await emulated.aws.elb.send(new ModifyListenerCommand(change));
      assert.deepEqual(
        [Listeners?.[0]?.SslPolicy, Listeners?.[0]?.AlpnPolicy],
        ["ELBSecurityPolicy-FS-1-2-2019-08", ["None"]],
      );
    });

    it("shows its default certificate, and others only if asked for them, also after a restart", async () => {
      const certificates = [await certificate(), await certificate(), await certificate()];
      const [first, second, third] = certificates.map((CertificateArn) => ({ CertificateArn }));
      const ListenerArn = await listener(await loadBalancer(), await targetGroup(), {
        Protocol: "TLS",
        Port: 443,
        Certificates: [first ?? {}],
      });
      const { elb } = emulated.aws;
      const all = async (): Promise<[string, boolean][]> =>
        ((await elb.send(new DescribeListenerCertificatesCommand({ ListenerArn }))).Certificates ?? []).map(
          ({ CertificateArn = "", IsDefault = false }) => [CertificateArn, IsDefault],
        );
      await elb.send(
        new AddListenerCertificatesCommand({ ListenerArn, Certificates: [second ?? {}, third ?? {}] }),
      );
      const expected = certificates.map((arn, index): [string, boolean] => [arn, index === 0]);
      assert.deepEqual(await all(), expected);
      await emulated.aws.killAndRestart();
      assert.deepEqual(await all(), expected);
      const { Listeners } = await elb.send(new DescribeListenersCommand({ ListenerArns: [ListenerArn] }));
      assert.deepEqual(Listeners?.[0]?.Certificates, [first]);
      await assert.rejects(
        elb.send(new RemoveListenerCertificatesCommand({ ListenerArn, Certificates: [first ?? {}] })),
        { name: "OperationNotPermittedException" },
      );
      await elb.send(new ModifyListenerCommand({ ListenerArn, Certificates: [second ?? {}] }));
      assert.deepEqual(await all(), [
        [certificates[1], true],
        [certificates[2], false],
      ]);
      await elb.send(new RemoveListenerCertificatesCommand({ ListenerArn, Certificates: [third ?? {}] }));
      assert.deepEqual(await all(), [[certificates[1], true]]);
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
