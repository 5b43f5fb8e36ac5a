/** aws:ec2/securityGroup:SecurityGroup, without rules: each is a resource of its own. */
import type { SecurityGroupArgs, SecurityGroupState } from "@pulumi/aws/ec2/securityGroup.js";
import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupEgressCommand,
} from "@aws-sdk/client-ec2";
import { unlessGone, whileRefused } from "../refusals.ts";
import type { Context, OutputsOf, ResourceType } from "../resource.ts";
import type { ArgumentsOf } from "../schema.ts";
import { setEc2Tags, tagList, tagMap } from "../tags.ts";

/** How long a network interface may continue to use the group, such as that of a deleted load balancer: 15 minutes, as in the official plug-in. */
const inUseTimeoutSeconds = 900;

async function describe(id: string, { ec2 }: Context) {
  const answer = await unlessGone(["InvalidGroup.NotFound"], () =>
    ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] })),
  );
  return answer?.SecurityGroups?.[0];
}

export const securityGroup: ResourceType = {
  arguments: {
    name: { type: "string", immutable: true },
    namePrefix: { type: "string", immutable: true },
    description: { type: "string", default: "Managed by Pulumi", immutable: true },
    vpcId: { type: "string", computed: true, immutable: true },
    tags: { type: "map" },
  } satisfies ArgumentsOf<SecurityGroupArgs>,
  maxNameLength: 255,

  async create(inputs, tags, { ec2 }) {
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({
        GroupName: inputs.name as string,
        Description: inputs.description as string,
        VpcId: inputs.vpcId as string | undefined,
        ...(Object.keys(tags).length > 0
          ? { TagSpecifications: [{ ResourceType: "security-group" as const, Tags: tagList(tags) }] }
          : {}),
      }),
    );
    if (GroupId === undefined) throw new Error("AWS made the security group but answered without its id");
    return GroupId;
  },

  /** AWS lets a new group's members connect to everywhere, and the official plug-in takes that away. */
  async settle(id, _inputs, { ec2 }) {
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [id] }] }),
    );
    const byAws = SecurityGroupRules.flatMap(({ IsEgress, SecurityGroupRuleId }) =>
      IsEgress === true && SecurityGroupRuleId !== undefined ? [SecurityGroupRuleId] : [],
    );
    if (byAws.length > 0)
      await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: id, SecurityGroupRuleIds: byAws }));
  },

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    return {
      arn: found.SecurityGroupArn,
      description: found.Description,
      name: found.GroupName,
      ownerId: found.OwnerId,
      region: context.region,
      tagsAll: tagMap(found.Tags),
      vpcId: found.VpcId,
    } satisfies OutputsOf<SecurityGroupState>;
  },

  update: () => Promise.resolve(),

  async delete(id, _outputs, context) {
    const remove = () =>
      unlessGone(["InvalidGroup.NotFound"], () =>
        context.ec2.send(new DeleteSecurityGroupCommand({ GroupId: id })),
      );
    const timeoutSeconds = context.timeoutSeconds ?? inUseTimeoutSeconds;
    await whileRefused(
      `security group ${id} to be out of use`,
      timeoutSeconds,
      context,
      "DependencyViolation",
      remove,
    );
  },

  setTags: setEc2Tags,
};
