/** Look-ups: `aws.ec2.getSubnets(...)` and the like. */
import type { GetInstancesResult } from "@pulumi/aws/ec2/getInstances.js";
import type { GetSecurityGroupsResult } from "@pulumi/aws/ec2/getSecurityGroups.js";
import type { GetSubnetResult } from "@pulumi/aws/ec2/getSubnet.js";
import type { GetSubnetsResult } from "@pulumi/aws/ec2/getSubnets.js";
import {
  paginateDescribeInstances,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  type Filter,
} from "@aws-sdk/client-ec2";
import {
  defined,
  isArray,
  isObject,
  textOf,
  type Properties,
  type Value,
} from "../../../providers/values.ts";
import type { Context } from "./resource.ts";
import { checkFields, officialPlugin, type Arguments } from "./schema.ts";
import { tagMap } from "./tags.ts";

interface Invoke {
  readonly arguments: Arguments;
  call(args: Properties, context: Context): Promise<Record<string, Value | undefined>>;
}

/** Results by their names in @pulumi/aws. */
type ResultOf<SdkResult> = { readonly [Name in keyof SdkResult]?: Value | undefined };

const filters: Arguments[string] = {
  type: "list",
  of: {
    type: "object",
    fields: {
      name: { type: "string", required: true },
      values: { type: "list", required: true, of: { type: "string" } },
    },
  },
};

/** Filters of the call: the given ones, tags, and arguments that are filters under another name. */
function filterList(args: Properties, names: Readonly<Record<string, string>> = {}): { Filters?: Filter[] } {
  const given = isArray(args.filters) ? args.filters.filter(isObject) : [];
  const tags = Object.entries(isObject(args.tags) ? args.tags : {});
  const Filters = [
    ...given.map(({ name, values }) => ({ Name: name as string, Values: [...(values as string[])] })),
    ...tags.map(([key, value]) => ({ Name: `tag:${key}`, Values: [value as string] })),
    ...Object.entries(names).flatMap(([argument, Name]) => {
      const value = args[argument];
      return value === undefined
        ? []
        : [{ Name, Values: isArray(value) ? (value as string[]) : [textOf(value)] }];
    }),
  ];
  return Filters.length > 0 ? { Filters } : {};
}

async function all<Page, Item>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}

const present = (values: readonly (string | undefined)[]): string[] =>
  values.filter((value): value is string => value !== undefined);

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

const tags: Arguments[string] = { type: "map" };

export const invokes: Readonly<Record<string, Invoke>> = {
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
