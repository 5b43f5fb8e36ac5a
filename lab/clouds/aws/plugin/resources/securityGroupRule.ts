/** aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule and its egress counterpart: one rule each, with its own id. */
import type {
  SecurityGroupIngressRuleArgs,
  SecurityGroupIngressRuleState,
} from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type IpPermission,
} from "@aws-sdk/client-ec2";
import type { Properties } from "../../../../providers/values.ts";
import type { Context, OutputsOf, ResourceType } from "../resource.ts";
import type { ArgumentsOf } from "../schema.ts";
import { setEc2Tags, tagList, tagMap } from "../tags.ts";
import { unlessGone } from "../refusals.ts";

/** The source or destination of traffic: a rule has exactly one. */
const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;

const text = (inputs: Properties, name: string) => inputs[name] as string | undefined;
const number = (inputs: Properties, name: string) => inputs[name] as number | undefined;

function permission(inputs: Properties): IpPermission {
  const Description = text(inputs, "description");
  const [cidrIpv4, cidrIpv6, prefixListId, group] = peers.map((peer) => text(inputs, peer));
  return {
    IpProtocol: text(inputs, "ipProtocol"),
    FromPort: number(inputs, "fromPort"),
    ToPort: number(inputs, "toPort"),
    ...(cidrIpv4 === undefined ? {} : { IpRanges: [{ CidrIp: cidrIpv4, Description }] }),
    ...(cidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6: cidrIpv6, Description }] }),
    ...(prefixListId === undefined ? {} : { PrefixListIds: [{ PrefixListId: prefixListId, Description }] }),
    ...(group === undefined ? {} : { UserIdGroupPairs: [{ GroupId: group, Description }] }),
  };
}

function validate(inputs: Properties) {
  const given = peers.filter((peer) => inputs[peer] !== undefined);
  if (given.length === 1) return [];
  const got = given.length === 0 ? "none" : given.join(" and ");
  return [{ property: given[1] ?? "cidrIpv4", reason: `set exactly one of ${peers.join(", ")}; got ${got}` }];
}

/** AWS cannot turn a rule for one kind of peer into one for another. */
function replacedBy(before: Properties, after: Properties): string[] {
  return peers.filter((peer) => (before[peer] === undefined) !== (after[peer] === undefined));
}

async function describe(id: string, { ec2 }: Context) {
  const answer = await unlessGone(["InvalidSecurityGroupRuleId.NotFound"], () =>
    ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] })),
  );
  return answer?.SecurityGroupRules?.[0];
}

/** @param egress the direction: from the group's members, or to them */
const rule = (egress: boolean): ResourceType => ({
  arguments: {
    securityGroupId: { type: "string", required: true, immutable: true },
    ipProtocol: { type: "string", required: true },
    fromPort: { type: "number", min: -1, max: 65535 },
    toPort: { type: "number", min: -1, max: 65535 },
    cidrIpv4: { type: "string" },
    cidrIpv6: { type: "string" },
    prefixListId: { type: "string" },
    referencedSecurityGroupId: { type: "string" },
    description: { type: "string" },
    tags: { type: "map" },
  } satisfies ArgumentsOf<SecurityGroupIngressRuleArgs>,
  validate,
  replacedBy,

  async create(inputs, tags, { ec2 }) {
    const input = {
      GroupId: text(inputs, "securityGroupId"),
      IpPermissions: [permission(inputs)],
      ...(Object.keys(tags).length > 0
        ? { TagSpecifications: [{ ResourceType: "security-group-rule" as const, Tags: tagList(tags) }] }
        : {}),
    };
    const { SecurityGroupRules } = egress
      ? await ec2.send(new AuthorizeSecurityGroupEgressCommand(input))
      : await ec2.send(new AuthorizeSecurityGroupIngressCommand(input));
    const id = SecurityGroupRules?.[0]?.SecurityGroupRuleId;
    if (id === undefined) throw new Error("AWS made the security group rule but answered without its id");
    return id;
  },

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    return {
      arn: found.SecurityGroupRuleArn,
      cidrIpv4: found.CidrIpv4,
      cidrIpv6: found.CidrIpv6,
      description: found.Description,
      fromPort: found.IpProtocol === "-1" ? undefined : found.FromPort,
      ipProtocol: found.IpProtocol,
      prefixListId: found.PrefixListId,
      referencedSecurityGroupId: found.ReferencedGroupInfo?.GroupId,
      region: context.region,
      securityGroupId: found.GroupId,
      securityGroupRuleId: id,
      tagsAll: tagMap(found.Tags),
      toPort: found.IpProtocol === "-1" ? undefined : found.ToPort,
    } satisfies OutputsOf<SecurityGroupIngressRuleState>;
  },

  async update(id, before, after, { ec2 }) {
    const fields = [...peers, "ipProtocol", "fromPort", "toPort", "description"];
    if (!fields.some((name) => before[name] !== after[name])) return;
    await ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId: text(after, "securityGroupId"),
        SecurityGroupRules: [
          {
            SecurityGroupRuleId: id,
            SecurityGroupRule: {
              IpProtocol: text(after, "ipProtocol"),
              FromPort: number(after, "fromPort"),
              ToPort: number(after, "toPort"),
              CidrIpv4: text(after, "cidrIpv4"),
              CidrIpv6: text(after, "cidrIpv6"),
              PrefixListId: text(after, "prefixListId"),
              ReferencedGroupId: text(after, "referencedSecurityGroupId"),
              Description: text(after, "description"),
            },
          },
        ],
      }),
    );
  },

  async delete(id, outputs, { ec2 }) {
    const input = { GroupId: text(outputs, "securityGroupId"), SecurityGroupRuleIds: [id] };
    await unlessGone(
      ["InvalidSecurityGroupRuleId.NotFound", "InvalidPermission.NotFound", "InvalidGroup.NotFound"],
      () =>
        egress
          ? ec2.send(new RevokeSecurityGroupEgressCommand(input))
          : ec2.send(new RevokeSecurityGroupIngressCommand(input)),
    );
  },

  setTags: setEc2Tags,
});

export const securityGroupIngressRule = rule(false);
export const securityGroupEgressRule = rule(true);
