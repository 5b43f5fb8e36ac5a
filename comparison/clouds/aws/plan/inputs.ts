/** Inputs of an exposure's AWS resources. They are read strictly: see comparison/plan/inputs.ts. */
import * as v from "valibot";
import { orLater } from "../../../plan/inputs.ts";

/** An ARN. The resource's dependencies tell which object it refers to, both before and after the update. */
const reference = v.unknown();

const texts = v.record(v.string(), v.string());

export const loadBalancer = v.strictObject({
  name: v.optional(v.string()),
  loadBalancerType: v.literal("network"),
  internal: v.optional(v.boolean(), false),
  ipAddressType: v.optional(v.picklist(["ipv4", "dualstack"])),
  subnets: v.optional(v.array(v.string()), []),
  subnetMappings: v.optional(
    v.array(
      v.strictObject({
        subnetId: v.string(),
        allocationId: v.optional(v.string()),
        privateIpv4Address: v.optional(v.string()),
      }),
    ),
    [],
  ),
  securityGroups: v.optional(v.array(orLater(v.string())), []),
  enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: v.optional(v.string()),
  enableCrossZoneLoadBalancing: v.optional(v.boolean(), false),
  enableDeletionProtection: v.optional(v.boolean()),
  dnsRecordClientRoutingPolicy: v.optional(v.string()),
  accessLogs: v.optional(
    v.strictObject({ bucket: v.string(), prefix: v.optional(v.string()), enabled: v.optional(v.boolean()) }),
  ),
  tags: v.optional(texts, {}),
});

export const listener = v.strictObject({
  loadBalancerArn: reference,
  port: v.number(),
  protocol: v.string(),
  defaultActions: v.array(v.strictObject({ type: v.literal("forward"), targetGroupArn: reference })),
  certificateArn: v.optional(v.string()),
  sslPolicy: v.optional(v.string()),
  alpnPolicy: v.optional(v.string()),
  tcpIdleTimeoutSeconds: v.optional(v.number()),
  tags: v.optional(texts),
});

export const listenerCertificate = v.strictObject({ listenerArn: reference, certificateArn: v.string() });

function minimumHealthyTargets<T extends v.GenericSchema>(count: T) {
  return v.strictObject({
    minimumHealthyTargetsCount: count,
    minimumHealthyTargetsPercentage: v.string(),
  });
}

export const targetGroup = v.strictObject({
  targetType: v.picklist(["instance", "ip"]),
  protocol: v.string(),
  port: orLater(v.number()),
  vpcId: v.string(),
  healthCheck: v.strictObject({
    protocol: v.string(),
    port: v.string(),
    path: v.optional(v.string()),
    matcher: v.optional(v.string()),
    interval: v.number(),
    timeout: v.number(),
    healthyThreshold: v.number(),
    unhealthyThreshold: v.number(),
  }),
  loadBalancingCrossZoneEnabled: v.optional(v.string()),
  preserveClientIp: v.optional(v.string()),
  proxyProtocolV2: v.optional(v.boolean()),
  stickiness: v.optional(v.strictObject({ type: v.string(), enabled: v.boolean() })),
  deregistrationDelay: v.optional(v.number()),
  connectionTermination: v.optional(v.boolean()),
  targetHealthStates: v.optional(
    v.array(
      v.strictObject({
        enableUnhealthyConnectionTermination: v.boolean(),
        unhealthyDrainingInterval: v.optional(v.number()),
      }),
    ),
  ),
  targetGroupHealth: v.optional(
    v.strictObject({
      dnsFailover: v.optional(minimumHealthyTargets(v.string())),
      unhealthyStateRouting: v.optional(minimumHealthyTargets(v.number())),
    }),
  ),
  tags: v.optional(texts, {}),
});

export const autoscalingAttachment = v.strictObject({
  autoscalingGroupName: v.string(),
  lbTargetGroupArn: reference,
});

/** Without `networking`, the controller adds no rules. */
export const targetGroupBinding = v.strictObject({
  apiVersion: v.literal("elbv2.k8s.aws/v1beta1"),
  kind: v.literal("TargetGroupBinding"),
  metadata: v.looseObject({ namespace: v.optional(orLater(v.string())) }),
  spec: v.strictObject({
    targetGroupARN: reference,
    targetType: v.picklist(["instance", "ip"]),
    targetGroupProtocol: v.optional(v.string()),
    ipAddressType: v.optional(v.literal("ipv4")),
    vpcID: v.optional(v.string()),
    serviceRef: v.strictObject({ name: orLater(v.string()), port: v.union([v.string(), v.number()]) }),
    nodeSelector: v.optional(v.strictObject({ matchLabels: texts })),
  }),
});

export const targetGroupAttachment = v.strictObject({
  targetGroupArn: reference,
  targetId: v.string(),
  port: v.optional(v.number()),
});

export const securityGroup = v.strictObject({
  vpcId: v.string(),
  description: v.optional(v.string()),
  tags: v.optional(texts),
});

const rule = {
  securityGroupId: orLater(v.string()),
  ipProtocol: v.string(),
  description: v.optional(v.string()),
};

const inbound = { ...rule, fromPort: orLater(v.number()), toPort: orLater(v.number()) };

/** Of the arguments that name a source, a rule has one. All but a group are named as they will be shown. */
export const ingressRule = v.union([
  v.pipe(
    v.strictObject({ ...inbound, cidrIpv4: v.string() }),
    v.transform(({ cidrIpv4: source, ...others }) => ({ ...others, source })),
  ),
  v.pipe(
    v.strictObject({ ...inbound, cidrIpv6: v.string() }),
    v.transform(({ cidrIpv6: source, ...others }) => ({ ...others, source })),
  ),
  v.pipe(
    v.strictObject({ ...inbound, prefixListId: v.string() }),
    v.transform(({ prefixListId: source, ...others }) => ({ ...others, source })),
  ),
  v.strictObject({ ...inbound, referencedSecurityGroupId: orLater(v.string()) }),
]);

/** Outbound rules are not compared; only what else they could be is refused. */
export const egressRule = v.strictObject({ ...rule, referencedSecurityGroupId: v.string() });
