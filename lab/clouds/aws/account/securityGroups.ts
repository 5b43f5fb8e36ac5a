/** The security groups of the account. */
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
} from "@aws-sdk/client-ec2";
import type { EC2Client } from "@aws-sdk/client-ec2";
import { idsOf, known, tagSpecification } from "./ec2.ts";
import type { AccountShape } from "./shapes/shape.ts";

/** @returns the groups' ids, by their names */
export async function ensureSecurityGroups(
  ec2: EC2Client,
  vpcId: string,
  { securityGroups }: AccountShape,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const withoutRules = new Set<string>();
  for (const { name, description, tags } of securityGroups) {
    // Not by the cluster's tag: the cloud controller manager tags the groups that it makes for Classic Load Balancers, too.
    const Filters = [
      { Name: "vpc-id", Values: [vpcId] },
      { Name: "group-name", Values: [name] },
    ];
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    const [found] = SecurityGroups ?? [];
    const settings = {
      GroupName: name,
      Description: description,
      VpcId: vpcId,
      TagSpecifications: tagSpecification("security-group", tags),
    };
    const id = known(found?.GroupId ?? (await ec2.send(new CreateSecurityGroupCommand(settings))).GroupId);
    ids.set(name, id);
    if ((found?.IpPermissions ?? []).length === 0) withoutRules.add(name);
  }
  for (const { name, from } of securityGroups) {
    if (!withoutRules.has(name) || from.length === 0) continue;
    const UserIdGroupPairs = idsOf(ids, from).map((GroupId) => ({ GroupId }));
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: known(ids.get(name)),
        IpPermissions: [{ IpProtocol: "-1", UserIdGroupPairs }],
      }),
    );
  }
  return ids;
}
