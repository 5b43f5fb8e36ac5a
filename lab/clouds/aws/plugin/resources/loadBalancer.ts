/** aws:lb/loadBalancer:LoadBalancer. Network Load Balancers only: the official plug-in has the arguments of other types. */
import type { LoadBalancerArgs, LoadBalancerState } from "@pulumi/aws/lb/loadBalancer.js";
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  ModifyLoadBalancerAttributesCommand,
  SetIpAddressTypeCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
  type IpAddressType,
  type LoadBalancer,
  type LoadBalancerTypeEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { isArray, isObject, UNKNOWN, type Properties } from "../../../../providers/values.ts";
import { differs, patience, type Context, type OutputsOf, type ResourceType } from "../resource.ts";
import type { ArgumentsOf } from "../schema.ts";
import { elbv2Tags, setElbv2Tags, tagsArgument } from "../tags.ts";
import { until } from "../../../../until.ts";
import { unlessGone } from "../refusals.ts";
import { attributeList, attributeOutputs, type Attribute } from "./attributes.ts";

/** Ten minutes, as in the official plug-in: https://www.pulumi.com/registry/packages/aws/api-docs/lb/loadbalancer/ */
const defaultTimeoutSeconds = 600;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const attributes: readonly Attribute[] = [
  { argument: "enableCrossZoneLoadBalancing", key: "load_balancing.cross_zone.enabled", type: "boolean" },
  { argument: "enableDeletionProtection", key: "deletion_protection.enabled", type: "boolean" },
  { argument: "dnsRecordClientRoutingPolicy", key: "dns_record.client_routing_policy", type: "string" },
  { argument: "enableZonalShift", key: "zonal_shift.config.enabled", type: "boolean" },
  {
    argument: "accessLogs.enabled",
    key: "access_logs.s3.enabled",
    type: "boolean",
    whenRemoved: "false",
  },
  { argument: "accessLogs.bucket", key: "access_logs.s3.bucket", type: "string" },
  { argument: "accessLogs.prefix", key: "access_logs.s3.prefix", type: "string" },
];

const strings = (inputs: Properties, name: string): string[] => [
  ...((inputs[name] ?? []) as readonly string[]),
];

/** Subnets for the API: plain ids, or mappings that choose addresses. */
function subnetsArgument(inputs: Properties) {
  const mappings = inputs.subnetMappings;
  if (!isArray(mappings)) return { Subnets: strings(inputs, "subnets") };
  return {
    SubnetMappings: mappings.filter(isObject).map((mapping) => ({
      SubnetId: mapping.subnetId as string,
      AllocationId: mapping.allocationId as string | undefined,
      PrivateIPv4Address: mapping.privateIpv4Address as string | undefined,
    })),
  };
}

async function describe(arn: string, { elbv2 }: Context): Promise<LoadBalancer | undefined> {
  const answer = await unlessGone(["LoadBalancerNotFoundException"], () =>
    elbv2.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] })),
  );
  return answer?.LoadBalancers?.[0];
}

async function untilActive(arn: string, context: Context): Promise<void> {
  const timeoutSeconds = context.timeoutSeconds ?? defaultTimeoutSeconds;
  const subject = `load balancer ${arn} to become active`;
  const isActive = async (): Promise<boolean> => {
    const state = (await describe(arn, context))?.State;
    if (state?.Code === "failed")
      throw new Error(`load balancer ${arn} failed: ${state.Reason ?? "no reason given"}`);
    return state?.Code === "active" || state?.Code === "active_impaired";
  };
  await until(subject, isActive, timeoutSeconds * 1000, { ...patience, signal: context.signal });
}

async function setAttributes(
  arn: string,
  before: Properties | undefined,
  after: Properties,
  { elbv2 }: Context,
) {
  const list = attributeList(attributes, before, after);
  if (list.length > 0)
    await elbv2.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: arn, Attributes: list }));
}

/** With it goes whether the groups' rules count for PrivateLink, which no other call can set. */
async function setSecurityGroups(arn: string, inputs: Properties, { elbv2 }: Context): Promise<void> {
  const enforce = inputs.enforceSecurityGroupInboundRulesOnPrivateLinkTraffic as "on" | "off" | undefined;
  await elbv2.send(
    new SetSecurityGroupsCommand({
      LoadBalancerArn: arn,
      SecurityGroups: strings(inputs, "securityGroups"),
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforce,
    }),
  );
}

/** A subnet can be added to an NLB but not removed, and an NLB made without security groups can never have any. */
function replacedBy(before: Properties, after: Properties): string[] {
  if (after.loadBalancerType !== "network") return [];
  const replaced: string[] = [];
  if (before.subnets !== UNKNOWN && after.subnets !== UNKNOWN) {
    const kept = new Set(strings(after, "subnets"));
    if (strings(before, "subnets").some((subnet) => !kept.has(subnet))) replaced.push("subnets");
  }
  const groups = (inputs: Properties) =>
    inputs.securityGroups !== UNKNOWN && strings(inputs, "securityGroups");
  const [had, has] = [groups(before), groups(after)];
  if (had && has && had.length > 0 !== has.length > 0) replaced.push("securityGroups");
  return replaced;
}

function validate(inputs: Properties) {
  if (inputs.subnets !== undefined || inputs.subnetMappings !== undefined) return [];
  return [
    { property: "subnets", reason: "set subnets or subnetMappings: a load balancer needs one or more" },
  ];
}

export const loadBalancer: ResourceType = {
  arguments: {
    name: { type: "string", immutable: true },
    namePrefix: { type: "string", immutable: true },
    loadBalancerType: {
      type: "string",
      default: "application",
      allowed: ["application", "gateway", "network"],
      immutable: true,
    },
    internal: { type: "boolean", default: false, immutable: true },
    subnets: { type: "set", computed: true },
    subnetMappings: {
      type: "list",
      computed: true,
      immutable: true,
      of: {
        type: "object",
        fields: {
          subnetId: { type: "string", required: true },
          allocationId: { type: "string" },
          privateIpv4Address: { type: "string" },
        },
      },
    },
    securityGroups: { type: "set", computed: true },
    ipAddressType: {
      type: "string",
      computed: true,
      allowed: ["ipv4", "dualstack", "dualstack-without-public-ipv4"],
    },
    enableCrossZoneLoadBalancing: { type: "boolean", default: false },
    enableDeletionProtection: { type: "boolean", default: false },
    enableZonalShift: { type: "boolean", computed: true },
    accessLogs: {
      type: "object",
      fields: {
        bucket: { type: "string", required: true },
        prefix: { type: "string" },
        enabled: { type: "boolean", default: false },
      },
    },
    dnsRecordClientRoutingPolicy: {
      type: "string",
      computed: true,
      allowed: ["any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"],
    },
    enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: {
      type: "string",
      computed: true,
      allowed: ["on", "off"],
    },
    tags: { type: "map" },
  } satisfies ArgumentsOf<LoadBalancerArgs>,
  maxNameLength: 32,
  validate,
  replacedBy,

  async create(inputs, tags, context) {
    const groups = strings(inputs, "securityGroups");
    const { LoadBalancers } = await context.elbv2.send(
      new CreateLoadBalancerCommand({
        Name: inputs.name as string,
        Type: inputs.loadBalancerType as LoadBalancerTypeEnum,
        Scheme: inputs.internal === true ? "internal" : "internet-facing",
        IpAddressType: inputs.ipAddressType as IpAddressType | undefined,
        ...(groups.length > 0 ? { SecurityGroups: groups } : {}),
        ...subnetsArgument(inputs),
        ...tagsArgument(tags),
      }),
    );
    const arn = LoadBalancers?.[0]?.LoadBalancerArn;
    if (arn === undefined) throw new Error("AWS made the load balancer but answered without its ARN");
    return arn;
  },

  async settle(arn, inputs, context) {
    await untilActive(arn, context);
    await setAttributes(arn, undefined, inputs, context);
    if (inputs.enforceSecurityGroupInboundRulesOnPrivateLinkTraffic !== undefined)
      await setSecurityGroups(arn, inputs, context);
  },

  async read(arn, context) {
    const found = await describe(arn, context);
    if (!found) return undefined;
    const { Attributes } = await context.elbv2.send(
      new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }),
    );
    const zones = found.AvailabilityZones ?? [];
    return {
      arn,
      arnSuffix: arn.slice(arn.indexOf(":loadbalancer/") + ":loadbalancer/".length),
      dnsName: found.DNSName,
      internal: found.Scheme === "internal",
      ipAddressType: found.IpAddressType,
      loadBalancerType: found.Type,
      name: found.LoadBalancerName,
      region: context.region,
      securityGroups: [...(found.SecurityGroups ?? [])].sort(),
      subnets: zones.flatMap((zone) => zone.SubnetId ?? []).sort(),
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic:
        found.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic,
      tagsAll: await elbv2Tags(context.elbv2, arn),
      vpcId: found.VpcId,
      zoneId: found.CanonicalHostedZoneId,
      ...attributeOutputs(attributes, Attributes),
    } satisfies OutputsOf<LoadBalancerState>;
  },

  async update(arn, before, after, context) {
    const { elbv2 } = context;
    await setAttributes(arn, before, after, context);
    if (differs(before, after, "subnets"))
      await elbv2.send(new SetSubnetsCommand({ LoadBalancerArn: arn, ...subnetsArgument(after) }));
    const ofGroups = ["securityGroups", "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"] as const;
    // What the program no longer names stays as it is.
    if (ofGroups.some((name) => after[name] !== undefined) && differs(before, after, ...ofGroups))
      await setSecurityGroups(arn, after, context);
    const IpAddressType = after.ipAddressType as IpAddressType | undefined;
    if (differs(before, after, "ipAddressType") && IpAddressType !== undefined)
      await elbv2.send(new SetIpAddressTypeCommand({ LoadBalancerArn: arn, IpAddressType }));
    await untilActive(arn, context);
  },

  async delete(arn, _outputs, context) {
    await context.elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: arn }));
    const timeoutSeconds = context.timeoutSeconds ?? defaultTimeoutSeconds;
    const subject = `load balancer ${arn} to be gone`;
    const isGone = async (): Promise<boolean> => (await describe(arn, context)) === undefined;
    await until(subject, isGone, timeoutSeconds * 1000, { ...patience, signal: context.signal });
  },

  setTags: setElbv2Tags,
};
