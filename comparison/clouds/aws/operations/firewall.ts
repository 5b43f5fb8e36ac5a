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

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const notFound = "InvalidSecurityGroupRuleId.NotFound";

type FirewallOperations = Pick<CloudOperations, "openings" | "balancerOpenings" | "changeSource" | "close">;

/** @param groupsOf the load balancer with this name */
export function firewallOperations(
  ec2: EC2Client,
  groupsOf: (address: string) => Promise<readonly string[]>,
): FirewallOperations {
  const openingOf = ({ SecurityGroupRuleId = "", CidrIpv4 }: SecurityGroupRule): Opening => ({
    id: SecurityGroupRuleId,
    source: CidrIpv4,
  });
  const ruleOf = async ({ id }: Opening): Promise<SecurityGroupRule | undefined> =>
    (await rulesIn(ec2)).find(({ SecurityGroupRuleId }) => SecurityGroupRuleId === id);
  return {
    async openings(nodePort) {
      const rules = (await rulesIn(ec2)).filter(
        ({ IsEgress, FromPort, ToPort }) => IsEgress !== true && FromPort === nodePort && ToPort === nodePort,
      );
      return rules.map(openingOf);
    },
    async balancerOpenings(address) {
      const [groups, rules] = await Promise.all([groupsOf(address), rulesIn(ec2)]);
      return rules
        .filter(
          ({ IsEgress, GroupId }) => IsEgress !== true && GroupId !== undefined && groups.includes(GroupId),
        )
        .map(openingOf);
    },
    async changeSource(opening, source) {
      const rule = await ruleOf(opening);
      if (rule === undefined) return false;
      const { GroupId, IpProtocol, FromPort, ToPort, Description } = rule;
      const SecurityGroupRule = { IpProtocol, FromPort, ToPort, Description, CidrIpv4: source };
      const SecurityGroupRules = [{ SecurityGroupRuleId: opening.id, SecurityGroupRule }];
      try {
        await ec2.send(new ModifySecurityGroupRulesCommand({ GroupId, SecurityGroupRules }));
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === notFound) return false;
        throw error;
      }
    },
    async close(opening) {
      const rule = await ruleOf(opening);
      if (rule === undefined) throw new Error(`there is no security-group rule ${opening.id}`);
      const { GroupId } = rule;
      await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: [opening.id] }));
    },
  };
}
