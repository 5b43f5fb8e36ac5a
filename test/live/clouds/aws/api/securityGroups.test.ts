import assert from "node:assert/strict";
import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from "@aws-sdk/client-ec2";
import type { IpPermission } from "@aws-sdk/client-ec2";
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

    it("lists all rules with their descriptions, including rules for another group", async () => {
      const UserIdGroupPairs = [{ GroupId: emulated.account.nodeSecurityGroupId, Description: "nodes" }];
      assert.deepEqual(
        await authorize(await securityGroup(), [from("0.0.0.0/0"), { ...ports, UserIdGroupPairs }]),
        ["0.0.0.0/0", "nodes"],
      );
    });

    it("adds all rules of a call or none", async () => {
      const id = await securityGroup();
      await authorize(id, [from("10.0.0.0/8")]);
      await assert.rejects(authorize(id, [from("192.0.2.0/24"), from("10.0.0.0/8")]), {
        name: "InvalidPermission.Duplicate",
      });
      assert.deepEqual(await authorize(id, [from("192.0.2.0/24")]), ["192.0.2.0/24"]);
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
