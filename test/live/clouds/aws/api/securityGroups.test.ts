import assert from "node:assert/strict";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  DescribeManagedPrefixListsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import type { IpPermission, SecurityGroupRuleRequest } from "@aws-sdk/client-ec2";
import { emulatedAccount } from "./emulatedAccount.ts";

describe("the emulated AWS API", function () {
  this.timeout(20_000);
  const emulated = emulatedAccount();
  const { unique } = emulated;

  describe("a security group", () => {
    const ports = { IpProtocol: "tcp", FromPort: 30080, ToPort: 30080 };
    const from = (CidrIp: string): IpPermission => ({
      ...ports,
      IpRanges: [{ CidrIp, Description: CidrIp }],
    });

    async function securityGroup(): Promise<string> {
      const settings = { GroupName: unique("sg"), Description: "x", VpcId: emulated.account.vpcId };
      return (
        (await emulated.aws.ec2.send(new CreateSecurityGroupCommand(settings))).GroupId ??
        assert.fail("no id")
      );
    }
    async function authorize(
      GroupId: string,
      IpPermissions: IpPermission[],
    ): Promise<(string | undefined)[]> {
      const { SecurityGroupRules } = await emulated.aws.ec2.send(
        new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }),
      );
      return (SecurityGroupRules ?? []).map(({ Description }) => Description);
    }

    it("is described once if its id is asked for twice", async () => {
      const id = await securityGroup();
      const { SecurityGroups = [] } = await emulated.aws.ec2.send(
        new DescribeSecurityGroupsCommand({ GroupIds: [id, id] }),
      );
      assert.deepEqual(
        SecurityGroups.map(({ GroupId }) => GroupId),
        [id],
      );
    });

    it("lists all rules with their descriptions, including rules for another group", async () => {
      const UserIdGroupPairs = [{ GroupId: emulated.account.nodeSecurityGroupId, Description: "nodes" }];
      assert.deepEqual(
        await authorize(await securityGroup(), [from("0.0.0.0/0"), { ...ports, UserIdGroupPairs }]),
        ["0.0.0.0/0", "nodes"],
      );
    });

    it("counts a prefix list's maximum size towards the quota, and IPv4 and IPv6 separately", async () => {
      const { ec2 } = emulated.aws;
      const sized = async (MaxEntries: number) => {
        const settings = { PrefixListName: unique("pl"), AddressFamily: "IPv4", MaxEntries };
        const { PrefixList } = await ec2.send(new CreateManagedPrefixListCommand(settings));
        return { ...ports, PrefixListIds: [{ PrefixListId: PrefixList?.PrefixListId }] };
      };
      const id = await securityGroup();
      await authorize(id, [await sized(59)]);
      await assert.rejects(authorize(id, [await sized(2)]), {
        name: "RulesPerSecurityGroupLimitExceeded",
        message: /would have 61 inbound rules, allowed are 60/,
      });
      await authorize(id, [from("10.0.0.0/8")]);
      await authorize(id, [{ ...ports, Ipv6Ranges: [{ CidrIpv6: "2001:db8::/32" }] }]);
      await assert.rejects(authorize(id, [await sized(1)]), { name: "RulesPerSecurityGroupLimitExceeded" });
    });

    it("counts AWS's own prefix lists by their weights, and knows no others", async () => {
      const { PrefixLists = [] } = await emulated.aws.ec2.send(new DescribeManagedPrefixListsCommand({}));
      const cloudFront = PrefixLists.find(({ PrefixListName = "" }) => PrefixListName.includes("cloudfront"));
      const listed = (PrefixListId: string | undefined) => ({ ...ports, PrefixListIds: [{ PrefixListId }] });
      const id = await securityGroup();
      await authorize(id, [listed(cloudFront?.PrefixListId)]);
      await assert.rejects(
        authorize(
          id,
          Array.from({ length: 6 }, (_, i) => from(`10.0.${i}.0/24`)),
        ),
        { name: "RulesPerSecurityGroupLimitExceeded", message: /would have 61 inbound rules/ },
      );
      await assert.rejects(authorize(id, [listed("pl-missing")]), { name: "InvalidPrefixListID.NotFound" });
    });

    it("knows protocols by name or number, and no others", async () => {
      const id = await securityGroup();
      await authorize(id, [{ ...from("10.0.0.0/8"), IpProtocol: "47" }]);
      for (const IpProtocol of ["tls", "all", "256"])
        await assert.rejects(authorize(id, [{ ...from("10.0.0.0/8"), IpProtocol }]), {
          name: "InvalidParameterValue",
          message: new RegExp(`Invalid value '${IpProtocol}' for IP protocol\\. Unknown protocol\\.`),
        });
    });

    it("adds all rules of a call or none", async () => {
      const id = await securityGroup();
      await authorize(id, [from("10.0.0.0/8")]);
      await assert.rejects(authorize(id, [from("192.0.2.0/24"), from("10.0.0.0/8")]), {
        name: "InvalidPermission.Duplicate",
      });
      assert.deepEqual(await authorize(id, [from("192.0.2.0/24")]), ["192.0.2.0/24"]);
    });

    it("adds none of a call in which two are the same, in whatever words and permissions", async () => {
      const id = await securityGroup();
      const twice = { name: "InvalidParameterValue", message: /must not appear multiple times/ };
      await assert.rejects(authorize(id, [from("10.0.0.0/8"), from("10.0.0.1/8")]), twice);
      const IpRanges = ["10.0.0.0/8", "10.0.0.0/8"].map((CidrIp) => ({ CidrIp }));
      await assert.rejects(authorize(id, [{ ...ports, IpRanges }]), twice);
      assert.deepEqual(await authorize(id, [from("10.0.0.0/8")]), ["10.0.0.0/8"]);
    });

    /** The sources of the group's inbound rules. */
    async function sources(id: string): Promise<(string | undefined)[]> {
      const { SecurityGroupRules = [] } = await emulated.aws.ec2.send(
        new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [id] }] }),
      );
      return SecurityGroupRules.filter(({ IsEgress }) => IsEgress !== true).map(
        ({ CidrIpv4, ReferencedGroupInfo }) => CidrIpv4 ?? ReferencedGroupInfo?.GroupId,
      );
    }
    const revoke = (GroupId: string, IpPermissions: IpPermission[]): Promise<unknown> =>
      emulated.aws.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));

    it("tells rules apart by protocol, ports and source, not by descriptions", async () => {
      const id = await securityGroup();
      const nodes = (more: object = {}): IpPermission => ({
        ...ports,
        UserIdGroupPairs: [{ GroupId: emulated.account.nodeSecurityGroupId, ...more }],
      });
      await authorize(id, [nodes({ Description: "nodes" }), from("10.0.0.0/8")]);
      const duplicate = { name: "InvalidPermission.Duplicate" };
      await assert.rejects(authorize(id, [nodes({ Description: "others" })]), duplicate);
      await assert.rejects(authorize(id, [nodes()]), duplicate);
      await assert.rejects(
        authorize(id, [{ ...ports, IpRanges: [{ CidrIp: "10.0.0.0/8", Description: "others" }] }]),
        duplicate,
      );
      await revoke(id, [nodes(), { ...ports, IpRanges: [{ CidrIp: "10.0.0.0/8" }] }]);
      assert.deepEqual(await sources(id), []);
    });

    it("revokes all rules of a call or none", async () => {
      const id = await securityGroup();
      await authorize(id, [from("10.0.0.0/8")]);
      await assert.rejects(revoke(id, [from("10.0.0.0/8"), from("192.0.2.0/24")]), {
        name: "InvalidPermission.NotFound",
      });
      assert.deepEqual(await sources(id), ["10.0.0.0/8"]);
    });

    it("says of a rule's id that it is gone", async () => {
      const GroupId = await securityGroup();
      const gone = { GroupId, SecurityGroupRuleIds: ["sgr-0123456789abcdef0"] };
      const refused = { name: "InvalidSecurityGroupRuleId.NotFound" };
      await assert.rejects(emulated.aws.ec2.send(new RevokeSecurityGroupIngressCommand(gone)), refused);
      await assert.rejects(emulated.aws.ec2.send(new RevokeSecurityGroupEgressCommand(gone)), refused);
    });

    it("changes a rule in place, but not into one that there is", async () => {
      const GroupId = await securityGroup();
      const nodes = { GroupId: emulated.account.nodeSecurityGroupId, Description: "nodes" };
      const { SecurityGroupRules: [rule] = [] } = await emulated.aws.ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId,
          IpPermissions: [{ ...ports, UserIdGroupPairs: [nodes] }],
        }),
      );
      await authorize(GroupId, [from("10.0.0.0/8")]);
      const modify = (SecurityGroupRule: SecurityGroupRuleRequest): Promise<unknown> =>
        emulated.aws.ec2.send(
          new ModifySecurityGroupRulesCommand({
            GroupId,
            SecurityGroupRules: [{ SecurityGroupRuleId: rule?.SecurityGroupRuleId, SecurityGroupRule }],
          }),
        );
      const permissions = async (): Promise<unknown[]> => {
        const { SecurityGroups = [] } = await emulated.aws.ec2.send(
          new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }),
        );
        return (SecurityGroups[0]?.IpPermissions ?? []).map(({ IpProtocol, IpRanges, UserIdGroupPairs }) => [
          IpProtocol,
          (IpRanges ?? []).map(({ CidrIp }) => CidrIp),
          (UserIdGroupPairs ?? []).map(({ Description }) => Description),
        ]);
      };
      await modify({ ...ports, ReferencedGroupId: nodes.GroupId, Description: "renamed" });
      assert.deepEqual(await permissions(), [["tcp", ["10.0.0.0/8"], ["renamed"]]]);
      await assert.rejects(modify({ ...ports, CidrIpv4: "10.0.0.0/8" }), {
        name: "InvalidPermission.Duplicate",
      });
      await modify({ IpProtocol: "-1", CidrIpv4: "192.0.2.0/24" });
      assert.deepEqual(await permissions(), [
        ["-1", ["192.0.2.0/24"], []],
        ["tcp", ["10.0.0.0/8"], []],
      ]);
    });

    it("refuses ports that there are not", async () => {
      const id = await securityGroup();
      for (const range of [
        { FromPort: 443, ToPort: 80 },
        { FromPort: 70_000, ToPort: 70_000 },
      ])
        await assert.rejects(authorize(id, [{ ...from("10.0.0.0/8"), ...range }]), {
          name: "InvalidParameterValue",
        });
    });

    it("clears the host bits of an address range", async () => {
      const id = await securityGroup();
      await authorize(id, [from("100.68.0.18/18")]);
      assert.deepEqual(await sources(id), ["100.68.0.0/18"]);
      await assert.rejects(authorize(id, [from("100.68.0.0/18")]), { name: "InvalidPermission.Duplicate" });
      await revoke(id, [from("100.68.1.1/18")]);
      await assert.rejects(revoke(id, [from("internet")]), { name: "InvalidParameterValue" });
    });

    it("has at most 60 rules unless the account has a higher quota, and the error names the quota", async () => {
      const rules = (count: number): IpPermission[] =>
        Array.from({ length: count }, (_, index) => from(`10.0.${index.toString()}.0/24`));
      const full = await securityGroup();
      assert.equal((await authorize(full, rules(60))).length, 60);
      await assert.rejects(authorize(full, [from("192.0.2.0/24")]), {
        name: "RulesPerSecurityGroupLimitExceeded",
        message: new RegExp(
          `^The maximum number of rules per security group has been reached\\. \\(${full} would have 61 inbound rules, allowed are 60: .*lab:quotas\\.rulesPerSecurityGroup`,
        ),
      });
    });
  });
});
