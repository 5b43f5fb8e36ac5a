import assert from "node:assert/strict";
import {
  AllocateAddressCommand,
  AssociateSubnetCidrBlockCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
} from "@aws-sdk/client-ec2";
import {
  AddTagsCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeTagsCommand,
  ModifyLoadBalancerAttributesCommand,
  SetIpAddressTypeCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  LoadBalancer,
  LoadBalancerSchemeEnum,
  SubnetMapping,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { emulatedAccount } from "./emulatedAccount.ts";

describe("the emulated AWS API", function () {
  this.timeout(20_000);
  const emulated = emulatedAccount();
  const { unique, arn, subnets, loadBalancer, described, activate } = emulated;

  describe("a Network Load Balancer", () => {
    it("has names like AWS's, and is provisioning until the data plane reports it", async () => {
      const balancer = await loadBalancer({ Name: "named" });
      const [, id] =
        /:loadbalancer\/net\/named\/([0-9a-f]{16})$/.exec(arn(balancer)) ?? assert.fail(arn(balancer));
      assert.equal(balancer.DNSName, `named-${id ?? ""}.elb.us-west-2.amazonaws.com`);
      assert.equal(balancer.Type, "network");
      assert.equal(balancer.Scheme, "internet-facing");
      assert.equal(balancer.VpcId, emulated.account.vpcId);
      assert.equal(balancer.EnablePrefixForIpv6SourceNat, "off");
      assert.equal((await described(balancer)).State?.Code, "provisioning");
      assert.deepEqual((await described(balancer)).SecurityGroups ?? [], []);
    });

    it("becomes active and shows its addresses once the data plane reports them", async () => {
      const balancer = await loadBalancer();
      await activate(balancer);
      const { State, AvailabilityZones } = await described(balancer);
      assert.equal(State?.Code, "active");
      assert.deepEqual(
        AvailabilityZones?.map(({ ZoneName, LoadBalancerAddresses }) => [
          ZoneName,
          LoadBalancerAddresses?.[0]?.IpAddress,
        ]),
        [
          ["us-west-2a", "203.0.113.0"],
          ["us-west-2b", "203.0.113.1"],
          ["us-west-2c", "203.0.113.2"],
        ],
      );
    });

    it("is returned again for the same name and settings, and refused for other settings", async () => {
      const balancer = await loadBalancer();
      assert.equal(arn(await loadBalancer({ Name: balancer.LoadBalancerName })), arn(balancer));
      await assert.rejects(loadBalancer({ Name: balancer.LoadBalancerName, Scheme: "internal" }), {
        name: "DuplicateLoadBalancerNameException",
      });
    });

    it("is refused without an existing subnet and with two subnets of a zone", async () => {
      await assert.rejects(loadBalancer({ Subnets: ["subnet-0123456789abcdef0"] }), {
        name: "SubnetNotFoundException",
      });
      const [first = ""] = subnets();
      await assert.rejects(loadBalancer({ Subnets: [first, first] }), {
        name: "InvalidConfigurationRequestException",
      });
      await assert.rejects(loadBalancer({ Name: "internal-x" }), { name: "ValidationError" });
    });

    it("accepts subnet mappings with given addresses", async () => {
      const [first = ""] = subnets();
      const mapping = { SubnetId: first, PrivateIPv4Address: "10.0.0.77" };
      const { AvailabilityZones } = await loadBalancer({
        Subnets: undefined,
        SubnetMappings: [mapping],
        Scheme: "internal",
      });
      assert.deepEqual(AvailabilityZones?.[0]?.LoadBalancerAddresses, [{ PrivateIPv4Address: "10.0.0.77" }]);
    });

    it("takes Elastic IP addresses by their exact allocation ids", async () => {
      const [first = ""] = subnets();
      const { AllocationId = "" } = await emulated.aws.ec2.send(
        new AllocateAddressCommand({ Domain: "vpc" }),
      );
      const at = (id: string): Promise<LoadBalancer> =>
        loadBalancer({ Subnets: undefined, SubnetMappings: [{ SubnetId: first, AllocationId: id }] });
      for (const wrong of [` ${AllocationId}`, "eipalloc-0123456789abcdef0"])
        await assert.rejects(at(wrong), { name: "AllocationIdNotFoundException" });
      const { AvailabilityZones } = await at(AllocationId);
      assert.deepEqual(AvailabilityZones?.[0]?.LoadBalancerAddresses, [{ AllocationId }]);
      await assert.rejects(at(AllocationId), { name: "ResourceInUseException" });
    });

    it("has Elastic IP addresses only to the internet, and private ones only inside", async () => {
      const [SubnetId = ""] = subnets();
      const { AllocationId } = await emulated.aws.ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
      const at = (mapping: SubnetMapping, Scheme: LoadBalancerSchemeEnum): Promise<LoadBalancer> =>
        loadBalancer({ Subnets: undefined, SubnetMappings: [{ SubnetId, ...mapping }], Scheme });
      await assert.rejects(at({ AllocationId }, "internal"), {
        name: "InvalidConfigurationRequestException",
        message: "Elastic IPs are not supported for load balancers with scheme 'internal'",
      });
      await assert.rejects(at({ PrivateIPv4Address: "10.0.0.78" }, "internet-facing"), {
        name: "ValidationError",
        message:
          "You can only specify private IPv4 addresses for Network Load Balancers with scheme 'internal'.",
      });
    });

    it("takes no tag that only AWS may set, whether it is made or exists", async () => {
      const Tags = [{ Key: "aws:eks:cluster-name", Value: "lab" }];
      const refused = {
        name: "ValidationError",
        message: "Tag key 'aws:eks:cluster-name' cannot start with 'aws:'",
      };
      await assert.rejects(loadBalancer({ Tags }), refused);
      const ResourceArns = [arn(await loadBalancer())];
      await assert.rejects(emulated.aws.elb.send(new AddTagsCommand({ ResourceArns, Tags })), refused);
    });

    it("takes a tag's key once in a call", async () => {
      const Tags = ["1", "2"].map((Value) => ({ Key: "team", Value }));
      const ResourceArns = [arn(await loadBalancer())];
      await assert.rejects(emulated.aws.elb.send(new AddTagsCommand({ ResourceArns, Tags })), {
        name: "DuplicateTagKeysException",
      });
    });

    it("is dual-stack only in subnets with IPv6", async () => {
      const refused = {
        name: "ValidationError",
        message: "You must specify subnets with an associated IPv6 CIDR block.",
      };
      await assert.rejects(loadBalancer({ IpAddressType: "dualstack" }), refused);
      const LoadBalancerArn = arn(await loadBalancer());
      const change = new SetIpAddressTypeCommand({ LoadBalancerArn, IpAddressType: "dualstack" });
      await assert.rejects(emulated.aws.elb.send(change), refused);
    });

    async function subnetWith(Ipv6CidrBlock: string, CidrBlock: string): Promise<string> {
      const { VpcId } = await loadBalancer();
      const { Subnet } = await emulated.aws.ec2.send(
        new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone: "us-west-2a" }),
      );
      const SubnetId = Subnet?.SubnetId ?? "";
      await emulated.aws.ec2.send(new AssociateSubnetCidrBlockCommand({ SubnetId, Ipv6CidrBlock }));
      return SubnetId;
    }

    it("has the IPv6 address and prefix that were chosen, or others of its subnets, while it is dual-stack", async () => {
      const SubnetId = await subnetWith("2001:db8:1234:1b00::/64", "10.0.201.0/24");
      const ipv6Of = async (balancer: LoadBalancer) => {
        const { AvailabilityZones, EnablePrefixForIpv6SourceNat, LoadBalancerArn } =
          await described(balancer);
        const [zone] = AvailabilityZones ?? [];
        const Values = [`ELB ${LoadBalancerArn?.split(":loadbalancer/")[1] ?? ""}`];
        const { NetworkInterfaces } = await emulated.aws.ec2.send(
          new DescribeNetworkInterfacesCommand({ Filters: [{ Name: "description", Values }] }),
        );
        return [
          EnablePrefixForIpv6SourceNat,
          zone?.SourceNatIpv6Prefixes ?? [],
          zone?.LoadBalancerAddresses?.flatMap(({ IPv6Address = [] }) => IPv6Address),
          NetworkInterfaces?.[0]?.Ipv6Addresses?.map(({ Ipv6Address }) => Ipv6Address),
        ];
      };
      const IPv6Address = "2001:db8:1234:1b00::9";
      const SourceNatIpv6Prefix = "2001:db8:1234:1b00:1::/80";
      const chosen = await loadBalancer({
        Subnets: undefined,
        SubnetMappings: [{ SubnetId, IPv6Address, SourceNatIpv6Prefix }],
        IpAddressType: "dualstack",
        EnablePrefixForIpv6SourceNat: "on",
      });
      await activate(chosen);
      assert.deepEqual(await ipv6Of(chosen), ["on", [SourceNatIpv6Prefix], [IPv6Address], [IPv6Address]]);

      const usual = await loadBalancer({ Subnets: [SubnetId], IpAddressType: "dualstack" });
      await activate(usual);
      const [enabled, prefixes, said, given] = await ipv6Of(usual);
      assert.deepEqual([enabled, prefixes, said], ["off", [], []]);
      assert.match(String(given), /^2001:db8:1234:1b00:[0-9a-f:]+$/);
      await emulated.aws.elb.send(
        new SetSubnetsCommand({
          LoadBalancerArn: arn(usual),
          Subnets: [SubnetId],
          EnablePrefixForIpv6SourceNat: "on",
        }),
      );
      const [nowEnabled, [prefix] = [], , still] = await ipv6Of(usual);
      assert.equal(nowEnabled, "on");
      assert.match(String(prefix), /^2001:db8:1234:1b00:[0-9a-f]+::\/80$/);
      assert.deepEqual(still, given);
    });

    it("has an attribute for internet gateways while it is dual-stack", async () => {
      const Ipv6CidrBlock = "2001:db8:1234:1a00::/64";
      const SubnetId = await subnetWith(Ipv6CidrBlock, "10.0.200.0/24");
      const { Subnets } = await emulated.aws.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
      const [range] = Subnets?.[0]?.Ipv6CidrBlockAssociationSet ?? [];
      assert.deepEqual(
        [range?.Ipv6CidrBlock, range?.Ipv6CidrBlockState?.State],
        [Ipv6CidrBlock, "associated"],
      );

      const key = "ipv6.deny_all_igw_traffic";
      const attributeOf = async (LoadBalancerArn: string): Promise<string | undefined> => {
        const { Attributes = [] } = await emulated.aws.elb.send(
          new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }),
        );
        return Attributes.find(({ Key }) => Key === key)?.Value;
      };
      for (const [Scheme, usual] of [
        ["internal", "true"],
        ["internet-facing", "false"],
      ] as const) {
        const LoadBalancerArn = arn(await loadBalancer({ Subnets: [SubnetId], Scheme }));
        const become = (IpAddressType: "ipv4" | "dualstack") =>
          emulated.aws.elb.send(new SetIpAddressTypeCommand({ LoadBalancerArn, IpAddressType }));
        const Attributes = [{ Key: key, Value: usual === "true" ? "false" : "true" }];
        const change = new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes });
        assert.equal(await attributeOf(LoadBalancerArn), undefined);
        await assert.rejects(emulated.aws.elb.send(change), { name: "InvalidConfigurationRequestException" });
        await become("dualstack");
        assert.equal(await attributeOf(LoadBalancerArn), usual);
        await emulated.aws.elb.send(change);
        assert.equal(await attributeOf(LoadBalancerArn), usual === "true" ? "false" : "true");
        await become("ipv4");
        assert.equal(await attributeOf(LoadBalancerArn), undefined);
      }
    });

    it("has AWS's attributes, and refuses those of other load balancer types", async () => {
      const balancer = await loadBalancer();
      const read = async (): Promise<Record<string, string>> => {
        const { Attributes } = await emulated.aws.elb.send(
          new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn(balancer) }),
        );
        return Object.fromEntries((Attributes ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
      };
      const set = (Key: string, Value: string): Promise<unknown> =>
        emulated.aws.elb.send(
          new ModifyLoadBalancerAttributesCommand({
            LoadBalancerArn: arn(balancer),
            Attributes: [{ Key, Value }],
          }),
        );
      assert.equal((await read())["load_balancing.cross_zone.enabled"], "false");
      await set("load_balancing.cross_zone.enabled", "true");
      assert.equal((await read())["load_balancing.cross_zone.enabled"], "true");
      await assert.rejects(set("idle_timeout.timeout_seconds", "60"), {
        name: "InvalidConfigurationRequestException",
      });
      await assert.rejects(set("no.such.attribute", "1"), { name: "ValidationError" });
      await assert.rejects(set("deletion_protection.enabled", "yes"), { name: "ValidationError" });
    });

    it("cannot be deleted while it is protected, and deleting it twice is no error", async () => {
      const balancer = await loadBalancer();
      const protect = (Value: string): Promise<unknown> =>
        emulated.aws.elb.send(
          new ModifyLoadBalancerAttributesCommand({
            LoadBalancerArn: arn(balancer),
            Attributes: [{ Key: "deletion_protection.enabled", Value }],
          }),
        );
      const remove = (): Promise<unknown> =>
        emulated.aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn(balancer) }));
      await protect("true");
      await assert.rejects(remove(), { name: "OperationNotPermittedException" });
      await protect("false");
      await remove();
      await remove();
      await assert.rejects(described(balancer), { name: "LoadBalancerNotFoundException" });
      await assert.rejects(
        emulated.aws.elb.send(new DescribeTagsCommand({ ResourceArns: [arn(balancer)] })),
        {
          name: "LoadBalancerNotFoundException",
        },
      );
    });

    it("can change its security groups only if it was created with some", async () => {
      const group = emulated.account.nodeSecurityGroupId;
      const set = (balancer: LoadBalancer, SecurityGroups: string[]): Promise<unknown> =>
        emulated.aws.elb.send(
          new SetSecurityGroupsCommand({ LoadBalancerArn: arn(balancer), SecurityGroups }),
        );
      await assert.rejects(set(await loadBalancer(), [group]), {
        name: "InvalidConfigurationRequestException",
      });
      const guarded = await loadBalancer({ SecurityGroups: [group] });
      assert.deepEqual(guarded.SecurityGroups, [group]);
      await set(guarded, []);
      assert.deepEqual((await described(guarded)).SecurityGroups ?? [], []);
      await assert.rejects(set(guarded, ["sg-0123456789abcdef0"]), { name: "InvalidSecurityGroupException" });
    });

    it("uses its subnets and security groups through network interfaces", async () => {
      const { GroupId = "" } = await emulated.aws.ec2.send(
        new CreateSecurityGroupCommand({
          GroupName: unique("sg"),
          Description: "x",
          VpcId: emulated.account.vpcId,
        }),
      );
      const balancer = await loadBalancer({ SecurityGroups: [GroupId] });
      await activate(balancer);
      const { NetworkInterfaces } = await emulated.aws.ec2.send(
        new DescribeNetworkInterfacesCommand({
          // As the official aws plug-in asks when it waits for a deletion.
          Filters: [
            { Name: "attachment.instance-owner-id", Values: ["amazon-aws"] },
            { Name: "attachment.attachment-id", Values: ["ela-attach-*"] },
            { Name: "description", Values: [`ELB ${arn(balancer).split(":loadbalancer/")[1] ?? ""}`] },
          ],
        }),
      );
      assert.deepEqual(
        NetworkInterfaces?.map(({ Attachment }) => Attachment?.InstanceOwnerId),
        ["amazon-aws", "amazon-aws", "amazon-aws"],
      );
      assert.deepEqual(NetworkInterfaces.map((each) => each.Association?.PublicIp).sort(), [
        "203.0.113.0",
        "203.0.113.1",
        "203.0.113.2",
      ]);
      assert.deepEqual(NetworkInterfaces.map((each) => each.PrivateIpAddress).sort(), [
        "10.0.24.0",
        "10.0.40.0",
        "10.0.8.0",
      ]);
      const removal = (): Promise<unknown> =>
        emulated.aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
      await assert.rejects(removal(), { name: "DependencyViolation" });
      await assert.rejects(emulated.aws.ec2.send(new DeleteSubnetCommand({ SubnetId: subnets()[0] })), {
        name: "DependencyViolation",
      });
      await emulated.aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn(balancer) }));
      await removal();
    });
  });
});
