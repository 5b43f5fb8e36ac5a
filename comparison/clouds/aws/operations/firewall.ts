/** Inbound rules of security groups. */
import {
  ModifySecurityGroupRulesCommand,
  paginateDescribeSecurityGroupRules,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import type { EC2Client, SecurityGroupRule } from "@aws-sdk/client-ec2";
import type { CloudOperations, Opening } from "../../operations.ts";

/** Rules of all security groups of the account. */
export async function rulesIn(client: EC2Client): Promise<SecurityGroupRule[]> {
  const found: SecurityGroupRule[] = [];
  for await (const { SecurityGroupRules = [] } of paginateDescribeSecurityGroupRules({ client }, {}))
    found.push(...SecurityGroupRules);
  return found;
}

type FirewallOperations = Pick<CloudOperations, "openings" | "changeSource" | "close">;

export function firewallOperations(ec2: EC2Client): FirewallOperations {
  /** @throws if it no longer exists */
  const ruleOf = async ({ id }: Opening): Promise<SecurityGroupRule> => {
    const rule = (await rulesIn(ec2)).find(({ SecurityGroupRuleId }) => SecurityGroupRuleId === id);
    if (rule === undefined) throw new Error(`there is no security-group rule ${id}`);
    return rule;
  };
  return {
    async openings(nodePort) {
      const rules = (await rulesIn(ec2)).filter(
        ({ IsEgress, FromPort, ToPort }) => IsEgress !== true && FromPort === nodePort && ToPort === nodePort,
      );
      return rules.map(({ SecurityGroupRuleId = "", CidrIpv4 }) => ({
        id: SecurityGroupRuleId,
        source: CidrIpv4,
      }));
    },
    async changeSource(opening, source) {
      const { GroupId, IpProtocol, FromPort, ToPort, Description } = await ruleOf(opening);
      const SecurityGroupRule = { IpProtocol, FromPort, ToPort, Description, CidrIpv4: source };
      const SecurityGroupRules = [{ SecurityGroupRuleId: opening.id, SecurityGroupRule }];
      await ec2.send(new ModifySecurityGroupRulesCommand({ GroupId, SecurityGroupRules }));
    },
    async close(opening) {
      const { GroupId } = await ruleOf(opening);
      await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: [opening.id] }));
    },
  };
}
