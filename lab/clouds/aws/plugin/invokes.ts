/** Look-ups: `aws.ec2.getSubnets(...)` and the like. */
import type { GetInstanceResult } from "@pulumi/aws/ec2/getInstance.js";
import type { GetInstancesResult } from "@pulumi/aws/ec2/getInstances.js";
import type { GetSecurityGroupsResult } from "@pulumi/aws/ec2/getSecurityGroups.js";
import type { GetSubnetResult } from "@pulumi/aws/ec2/getSubnet.js";
import type { GetSecurityGroupRuleResult } from "@pulumi/aws/vpc/getSecurityGroupRule.js";
import type { GetSecurityGroupRulesResult } from "@pulumi/aws/vpc/getSecurityGroupRules.js";
import type { GetSubnetsResult } from "@pulumi/aws/ec2/getSubnets.js";
import {
  paginateDescribeInstances,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
} from "@aws-sdk/client-ec2";
import { defined, type Properties } from "../../../providers/values.ts";
import { autoscalingInvokes } from "./autoscalingInvokes.ts";
import { loadBalancerInvokes } from "./loadBalancerInvokes.ts";
import { all, filterList, filters, present, type Invoke, type ResultOf } from "./lookUps.ts";
import type { Context } from "./resource.ts";
import { route53Invokes } from "./route53Invokes.ts";
import { stsInvokes } from "./stsInvokes.ts";
import { checkFields, officialPlugin, type Arguments } from "./schema.ts";
import { tagMap } from "./tags.ts";

async function getSubnets(args: Properties, { ec2, region }: Context) {
  const found = await all(paginateDescribeSubnets({ client: ec2 }, filterList(args)), (page) => page.Subnets);
  const ids = present(found.map((subnet) => subnet.SubnetId)).sort();
  return { ...args, id: region, ids, region, tags: args.tags ?? {} } satisfies ResultOf<GetSubnetsResult>;
}

const subnetFilters = {
  availabilityZone: "availabilityZone",
  availabilityZoneId: "availabilityZoneId",
  cidrBlock: "cidrBlock",
  defaultForAz: "defaultForAz",
  state: "state",
  vpcId: "vpc-id",
};

async function getSubnet(args: Properties, { ec2, region }: Context) {
  const ids = args.id === undefined ? {} : { SubnetIds: [args.id as string] };
  const pages = paginateDescribeSubnets({ client: ec2 }, { ...ids, ...filterList(args, subnetFilters) });
  const [subnet, second] = await all(pages, (page) => page.Subnets);
  if (!subnet) throw new Error(`no subnet matches ${JSON.stringify(args)}`);
  if (second)
    throw new Error(`more than one subnet matches ${JSON.stringify(args)}: narrow the arguments down`);
  return {
    arn: subnet.SubnetArn,
    assignIpv6AddressOnCreation: subnet.AssignIpv6AddressOnCreation,
    availabilityZone: subnet.AvailabilityZone,
    availabilityZoneId: subnet.AvailabilityZoneId,
    availableIpAddressCount: subnet.AvailableIpAddressCount,
    cidrBlock: subnet.CidrBlock,
    defaultForAz: subnet.DefaultForAz,
    id: subnet.SubnetId,
    ipv6CidrBlock: subnet.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock ?? "",
    ipv6Native: subnet.Ipv6Native,
    mapPublicIpOnLaunch: subnet.MapPublicIpOnLaunch,
    ownerId: subnet.OwnerId,
    region,
    state: subnet.State,
    tags: tagMap(subnet.Tags),
    vpcId: subnet.VpcId,
  } satisfies ResultOf<GetSubnetResult>;
}

async function getInstances(args: Properties, { ec2, region }: Context) {
  const states = args.instanceStateNames ?? ["running"];
  const tags = args.instanceTags ?? {};
  const query = { ...args, tags, instanceStateNames: states };
  const pages = paginateDescribeInstances(
    { client: ec2 },
    filterList(query, { instanceStateNames: "instance-state-name" }),
  );
  const found = await all(pages, (page) => page.Reservations?.flatMap(({ Instances = [] }) => Instances));
  return {
    ...args,
    id: region,
    ids: present(found.map((instance) => instance.InstanceId)),
    instanceTags: tags,
    ipv6Addresses: present(found.map((instance) => instance.Ipv6Address)),
    privateIps: present(found.map((instance) => instance.PrivateIpAddress)),
    publicIps: present(found.map((instance) => instance.PublicIpAddress)),
    region,
  } satisfies ResultOf<GetInstancesResult>;
}

async function getInstance(args: Properties, { ec2, region }: Context) {
  const ids = args.instanceId === undefined ? {} : { InstanceIds: [args.instanceId as string] };
  const pages = paginateDescribeInstances({ client: ec2 }, { ...ids, ...filterList(args) });
  const [instance, second] = await all(pages, (page) =>
    page.Reservations?.flatMap(({ Instances = [] }) => Instances),
  );
  if (!instance) throw new Error(`no instance matches ${JSON.stringify(args)}`);
  if (second)
    throw new Error(`more than one instance matches ${JSON.stringify(args)}: narrow the arguments down`);
  return {
    ami: instance.ImageId,
    availabilityZone: instance.Placement?.AvailabilityZone,
    id: instance.InstanceId,
    instanceId: instance.InstanceId,
    instanceState: instance.State?.Name,
    instanceType: instance.InstanceType,
    privateDns: instance.PrivateDnsName,
    privateIp: instance.PrivateIpAddress,
    publicIp: instance.PublicIpAddress,
    region,
    subnetId: instance.SubnetId,
    tags: tagMap(instance.Tags),
    vpcSecurityGroupIds: present((instance.SecurityGroups ?? []).map(({ GroupId }) => GroupId)),
  } satisfies ResultOf<GetInstanceResult>;
}

async function getSecurityGroups(args: Properties, { ec2, region }: Context) {
  const pages = paginateDescribeSecurityGroups({ client: ec2 }, filterList(args));
  const found = await all(pages, (page) => page.SecurityGroups);
  return {
    ...args,
    arns: present(found.map((group) => group.SecurityGroupArn)),
    id: region,
    ids: present(found.map((group) => group.GroupId)),
    region,
    tags: args.tags ?? {},
    vpcIds: present(found.map((group) => group.VpcId)),
  } satisfies ResultOf<GetSecurityGroupsResult>;
}

async function getSecurityGroupRules(args: Properties, { ec2, region }: Context) {
  const pages = paginateDescribeSecurityGroupRules({ client: ec2 }, filterList(args));
  const found = await all(pages, (page) => page.SecurityGroupRules);
  return {
    ...args,
    id: region,
    ids: present(found.map((rule) => rule.SecurityGroupRuleId)),
    region,
    tags: args.tags ?? {},
  } satisfies ResultOf<GetSecurityGroupRulesResult>;
}

async function getSecurityGroupRule(args: Properties, { ec2, region }: Context) {
  const { securityGroupRuleId: id } = args;
  const ids = id === undefined ? {} : { SecurityGroupRuleIds: [id as string] };
  const pages = paginateDescribeSecurityGroupRules({ client: ec2 }, { ...ids, ...filterList(args) });
  const [rule, second] = await all(pages, (page) => page.SecurityGroupRules);
  if (!rule) throw new Error(`no security group rule matches ${JSON.stringify(args)}`);
  if (second)
    throw new Error(
      `more than one security group rule matches ${JSON.stringify(args)}: narrow the arguments down`,
    );
  return {
    arn: rule.SecurityGroupRuleArn,
    cidrIpv4: rule.CidrIpv4,
    cidrIpv6: rule.CidrIpv6,
    description: rule.Description,
    fromPort: rule.FromPort,
    id: rule.SecurityGroupRuleId,
    ipProtocol: rule.IpProtocol,
    isEgress: rule.IsEgress,
    prefixListId: rule.PrefixListId,
    referencedSecurityGroupId: rule.ReferencedGroupInfo?.GroupId,
    region,
    securityGroupId: rule.GroupId,
    securityGroupRuleId: rule.SecurityGroupRuleId,
    tags: tagMap(rule.Tags),
    toPort: rule.ToPort,
  } satisfies ResultOf<GetSecurityGroupRuleResult>;
}

const tags: Arguments[string] = { type: "map" };

export const invokes: Readonly<Record<string, Invoke>> = {
  ...autoscalingInvokes,
  ...loadBalancerInvokes,
  ...route53Invokes,
  ...stsInvokes,
  "aws:ec2/getInstance:getInstance": {
    arguments: { filters, instanceId: { type: "string" }, instanceTags: tags },
    call: (args, context) => getInstance({ ...args, tags: args.instanceTags ?? {} }, context),
  },
  "aws:ec2/getInstances:getInstances": {
    arguments: {
      filters,
      instanceStateNames: { type: "list", of: { type: "string" } },
      instanceTags: tags,
    },
    call: getInstances,
  },
  "aws:ec2/getSecurityGroups:getSecurityGroups": { arguments: { filters, tags }, call: getSecurityGroups },
  "aws:ec2/getSubnet:getSubnet": {
    arguments: {
      availabilityZone: { type: "string" },
      availabilityZoneId: { type: "string" },
      cidrBlock: { type: "string" },
      defaultForAz: { type: "boolean" },
      filters,
      id: { type: "string" },
      state: { type: "string" },
      tags,
      vpcId: { type: "string" },
    },
    call: getSubnet,
  },
  "aws:ec2/getSubnets:getSubnets": { arguments: { filters, tags }, call: getSubnets },
  "aws:vpc/getSecurityGroupRule:getSecurityGroupRule": {
    arguments: { filters, securityGroupRuleId: { type: "string" } },
    call: getSecurityGroupRule,
  },
  "aws:vpc/getSecurityGroupRules:getSecurityGroupRules": {
    arguments: { filters, tags },
    call: getSecurityGroupRules,
  },
};

/** @throws for an unknown function or argument, naming it */
export async function invoke(token: string, args: Properties, context: Context): Promise<Properties> {
  const known = invokes[token];
  if (!known) {
    const names = Object.keys(invokes).join(", ");
    throw new Error(`unknown function ${token}: the lab's AWS plug-in supports ${names}; ${officialPlugin}`);
  }
  const failures: { property: string; reason: string }[] = [];
  const checked = checkFields(known.arguments, args, "", failures);
  if (failures.length > 0)
    throw new Error(failures.map(({ property, reason }) => `${token}: ${property}: ${reason}`).join("\n"));
  return defined(await known.call(checked, context));
}
