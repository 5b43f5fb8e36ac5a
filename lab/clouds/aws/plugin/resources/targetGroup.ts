/** aws:lb/targetGroup:TargetGroup, for targets of Network Load Balancers. */
import type { TargetGroupArgs, TargetGroupState } from "@pulumi/aws/lb/targetGroup.js";
import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  type ProtocolEnum,
  type TargetGroup,
  type TargetGroupIpAddressTypeEnum,
  type TargetTypeEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { defined, isObject, textOf, type Properties, type Value } from "../../../../providers/values.ts";
import { differs, type Context, type OutputsOf, type ResourceType } from "../resource.ts";
import type { Argument, ArgumentsOf } from "../schema.ts";
import { elbv2Tags, setElbv2Tags, tagsArgument } from "../tags.ts";
import { unlessGone, whileRefused } from "../refusals.ts";
import { attributeList, attributeOutputs, type Attribute } from "./attributes.ts";

/** How long a listener may continue to use the group: two minutes, as in the official plug-in. */
const inUseTimeoutSeconds = 120;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
const attributes: readonly Attribute[] = [
  { argument: "deregistrationDelay", key: "deregistration_delay.timeout_seconds", type: "number" },
  {
    argument: "connectionTermination",
    key: "deregistration_delay.connection_termination.enabled",
    type: "boolean",
  },
  { argument: "preserveClientIp", key: "preserve_client_ip.enabled", type: "string" },
  { argument: "proxyProtocolV2", key: "proxy_protocol_v2.enabled", type: "boolean" },
  { argument: "loadBalancingCrossZoneEnabled", key: "load_balancing.cross_zone.enabled", type: "string" },
  { argument: "stickiness.enabled", key: "stickiness.enabled", type: "boolean" },
  { argument: "stickiness.type", key: "stickiness.type", type: "string" },
  {
    argument: "targetHealthStates[0].enableUnhealthyConnectionTermination",
    key: "target_health_state.unhealthy.connection_termination.enabled",
    type: "boolean",
  },
  {
    argument: "targetHealthStates[0].unhealthyDrainingInterval",
    key: "target_health_state.unhealthy.draining_interval_seconds",
    type: "number",
  },
  ...(["dnsFailover", "unhealthyStateRouting"] as const).flatMap(minimumHealthyTargets),
];

/** The count of unhealthy state routing is a number, that of DNS failover may be off. */
function minimumHealthyTargets(purpose: "dnsFailover" | "unhealthyStateRouting"): Attribute[] {
  const isRouting = purpose === "unhealthyStateRouting";
  const argument = `targetGroupHealth.${purpose}.minimumHealthyTargets`;
  const key = `target_group_health.${isRouting ? "unhealthy_state_routing" : "dns_failover"}.minimum_healthy_targets`;
  return [
    { argument: `${argument}Count`, key: `${key}.count`, type: isRouting ? "number" : "string" },
    { argument: `${argument}Percentage`, key: `${key}.percentage`, type: "string" },
  ];
}

const protocols = ["TCP", "TCP_UDP", "TLS", "UDP", "QUIC", "TCP_QUIC", "HTTP", "HTTPS", "GENEVE"];

const objectOf = (value: Value | undefined): Properties => (isObject(value) ? value : {});

function healthCheckArgument(inputs: Properties, protocol: Value | undefined) {
  const check = objectOf(inputs.healthCheck);
  if (Object.keys(check).length === 0) return {};
  const matcher = check.matcher as string | undefined;
  return {
    HealthCheckProtocol: (check.protocol ?? (protocol === "HTTP" ? "HTTP" : "TCP")) as ProtocolEnum,
    HealthCheckPort: check.port as string,
    HealthCheckEnabled: check.enabled as boolean,
    HealthCheckPath: check.path as string | undefined,
    HealthCheckIntervalSeconds: check.interval as number,
    HealthCheckTimeoutSeconds: check.timeout as number | undefined,
    HealthyThresholdCount: check.healthyThreshold as number,
    UnhealthyThresholdCount: check.unhealthyThreshold as number,
    ...(matcher === undefined ? {} : { Matcher: { HttpCode: matcher } }),
  };
}

async function describe(arn: string, { elbv2 }: Context): Promise<TargetGroup | undefined> {
  const answer = await unlessGone(["TargetGroupNotFoundException"], () =>
    elbv2.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] })),
  );
  return answer?.TargetGroups?.[0];
}

async function setAttributes(
  arn: string,
  before: Properties | undefined,
  after: Properties,
  { elbv2 }: Context,
) {
  const Attributes = attributeList(attributes, before, after);
  if (Attributes.length > 0)
    await elbv2.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: arn, Attributes }));
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
function validate(inputs: Properties) {
  const required = inputs.targetType === "lambda" ? [] : ["port", "protocol", "vpcId"];
  return required
    .filter((property) => inputs[property] === undefined)
    .map((property) => ({
      property,
      reason: `missing: a target group of type ${textOf(inputs.targetType)} needs it`,
    }));
}

const minimumArgument = (count: Argument): Argument => ({
  type: "object",
  computed: true,
  fields: {
    minimumHealthyTargetsCount: count,
    minimumHealthyTargetsPercentage: { type: "string", default: "off" },
  },
});

export const targetGroup: ResourceType = {
  arguments: {
    name: { type: "string", immutable: true },
    namePrefix: { type: "string", immutable: true },
    port: { type: "number", min: 1, max: 65535, immutable: true },
    protocol: { type: "string", allowed: protocols, immutable: true },
    vpcId: { type: "string", immutable: true },
    targetType: {
      type: "string",
      default: "instance",
      allowed: ["instance", "ip", "alb", "lambda"],
      immutable: true,
    },
    ipAddressType: { type: "string", computed: true, allowed: ["ipv4", "ipv6"], immutable: true },
    healthCheck: {
      type: "object",
      computed: true,
      fields: {
        enabled: { type: "boolean", default: true },
        protocol: { type: "string", allowed: ["TCP", "HTTP", "HTTPS"], computed: true },
        port: { type: "string", default: "traffic-port" },
        path: { type: "string", computed: true },
        matcher: { type: "string", computed: true },
        interval: { type: "number", min: 5, max: 300, default: 30 },
        timeout: { type: "number", computed: true, min: 2, max: 120 },
        healthyThreshold: { type: "number", min: 2, max: 10, default: 3 },
        unhealthyThreshold: { type: "number", min: 2, max: 10, default: 3 },
      },
    },
    stickiness: {
      type: "object",
      computed: true,
      fields: { enabled: { type: "boolean", default: true }, type: { type: "string", required: true } },
    },
    deregistrationDelay: { type: "number", min: 0, max: 3600, default: 300 },
    connectionTermination: { type: "boolean", computed: true },
    targetHealthStates: {
      type: "list",
      computed: true,
      of: {
        type: "object",
        fields: {
          enableUnhealthyConnectionTermination: { type: "boolean", required: true },
          unhealthyDrainingInterval: { type: "number", computed: true, min: 0, max: 360_000 },
        },
      },
    },
    targetGroupHealth: {
      type: "object",
      computed: true,
      fields: {
        dnsFailover: minimumArgument({ type: "string", default: "off" }),
        unhealthyStateRouting: minimumArgument({ type: "number", default: 1, min: 1 }),
      },
    },
    preserveClientIp: { type: "string", computed: true, allowed: ["true", "false"] },
    proxyProtocolV2: { type: "boolean", default: false },
    loadBalancingCrossZoneEnabled: {
      type: "string",
      computed: true,
      allowed: ["true", "false", "use_load_balancer_configuration"],
    },
    tags: { type: "map" },
  } satisfies ArgumentsOf<TargetGroupArgs>,
  maxNameLength: 32,
  validate,

  async create(inputs, tags, { elbv2 }) {
    const { TargetGroups } = await elbv2.send(
      new CreateTargetGroupCommand({
        Name: inputs.name as string,
        Port: inputs.port as number | undefined,
        Protocol: inputs.protocol as ProtocolEnum | undefined,
        VpcId: inputs.vpcId as string | undefined,
        TargetType: inputs.targetType as TargetTypeEnum,
        IpAddressType: inputs.ipAddressType as TargetGroupIpAddressTypeEnum | undefined,
        ...healthCheckArgument(inputs, inputs.protocol),
        ...tagsArgument(tags),
      }),
    );
    const arn = TargetGroups?.[0]?.TargetGroupArn;
    if (arn === undefined) throw new Error("AWS made the target group but answered without its ARN");
    return arn;
  },

  settle: (arn, inputs, context) => setAttributes(arn, undefined, inputs, context),

  async read(arn, context) {
    const found = await describe(arn, context);
    if (!found) return undefined;
    const { Attributes } = await context.elbv2.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }),
    );
    return {
      arn,
      arnSuffix: arn.slice(arn.lastIndexOf(":") + 1),
      healthCheck: defined({
        enabled: found.HealthCheckEnabled ?? true,
        protocol: found.HealthCheckProtocol,
        port: found.HealthCheckPort,
        path: found.HealthCheckPath,
        matcher: found.Matcher?.HttpCode,
        interval: found.HealthCheckIntervalSeconds,
        timeout: found.HealthCheckTimeoutSeconds,
        healthyThreshold: found.HealthyThresholdCount,
        unhealthyThreshold: found.UnhealthyThresholdCount,
      }),
      ipAddressType: found.IpAddressType,
      loadBalancerArns: found.LoadBalancerArns ?? [],
      name: found.TargetGroupName,
      port: found.Port,
      protocol: found.Protocol,
      region: context.region,
      tagsAll: await elbv2Tags(context.elbv2, arn),
      targetType: found.TargetType,
      vpcId: found.VpcId,
      ...attributeOutputs(attributes, Attributes),
    } satisfies OutputsOf<TargetGroupState>;
  },

  async update(arn, before, after, context) {
    if (differs(before, after, "healthCheck"))
      await context.elbv2.send(
        new ModifyTargetGroupCommand({
          TargetGroupArn: arn,
          ...healthCheckArgument(after, after.protocol),
        }),
      );
    await setAttributes(arn, before, after, context);
  },

  async delete(arn, _outputs, context) {
    const { elbv2, timeoutSeconds = inUseTimeoutSeconds } = context;
    const subject = `listeners to stop using target group ${arn}`;
    await whileRefused(subject, timeoutSeconds, context, "ResourceInUseException", () =>
      elbv2.send(new DeleteTargetGroupCommand({ TargetGroupArn: arn })),
    );
  },

  setTags: setElbv2Tags,
};
