/** A load balancer that the program declares, as the ELBv2 API will describe it. */
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import { defaultFirst } from "../certificates.ts";
import * as aws from "../defaults.ts";
import { owner as controller } from "../loadBalancerController/marks.ts";
import { nodesOfGroup } from "../loadBalancerController/nodes.ts";
import type { AwsClusterFacts, NlbFacts, NlbListenerFacts, TargetGroupFacts, ZoneFacts } from "../model.ts";
import { listenerKey } from "../../../difference/objectNames.ts";
import { later } from "../../../model/later.ts";
import type { PlannedResource } from "../../../plan/monitor.ts";
import { read } from "../../../plan/inputs.ts";
import { listenerAttributes, loadBalancerAttributes, targetGroupAttributes } from "./attributes.ts";
import * as inputs from "./inputs.ts";
import type { PlannedService } from "../../../plan/nodePorts.ts";
import { portOf } from "../../../plan/nodePorts.ts";
import { ofType, only, refersTo, UnreadablePlan } from "../../../plan/resources.ts";
import { plannedGroups } from "./securityGroups.ts";
import { types } from "./types.ts";

/** @throws UnreadablePlan unless the resources are those of one load balancer */
export function plannedLoadBalancer(
  resources: readonly PlannedResource[],
  service: PlannedService,
  cluster: AwsClusterFacts,
  otherListeners: readonly PlannedResource[] = [],
): NlbFacts {
  const resource = only(resources, types.loadBalancer);
  const declared = read(inputs.loadBalancer, resource);
  const { internal, subnets, subnetMappings, tags } = declared;
  const { enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced } = declared;
  const securityGroups = plannedGroups(resources, cluster);
  const scheme = internal ? "internal" : "internet-facing";
  const ipAddressType = declared.ipAddressType ?? aws.ipAddressType;
  const isDualstack = ipAddressType === "dualstack";
  const listeners = ofType(resources, types.listener).filter((listener) =>
    refersTo(listener, "loadBalancerArn", resource),
  );
  const pools = ofType(resources, types.targetGroup).filter((group) =>
    listeners.some((listener) => refersTo(listener, "defaultActions", group)),
  );
  return {
    identity: { name: resource.name, id: resource.urn },
    owner: "program",
    address: later,
    type: "network",
    state: "active",
    scheme,
    ipAddressType,
    vpc: cluster.vpc,
    zones: [
      ...subnets.map((subnetId): (typeof subnetMappings)[number] => ({ subnetId })),
      ...subnetMappings,
    ].map(({ subnetId, privateIpv4Address = later, allocationId }) => ({
      ...zoneOf(subnetId, cluster),
      addresses: [privateIpv4Address],
      ...(allocationId === undefined ? {} : { elasticAddresses: [allocationId] }),
      ...(isDualstack ? { ipv6Addresses: [later], sourceNatIpv6Prefixes: [] } : {}),
    })),
    ...(isDualstack ? { enablePrefixForIpv6SourceNat: aws.enablePrefixForIpv6SourceNat } : {}),
    securityGroups,
    ...(securityGroups.length === 0
      ? {}
      : { enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced ?? aws.enforcedOnPrivateLink }),
    attributes: {
      ...aws.loadBalancerAttributesOf({ ipAddressType, scheme }),
      ...loadBalancerAttributes(declared),
    },
    tags,
    listeners: listeners.map((listener) => plannedListener(listener, pools, resources)),
    pools: pools.map((group) => plannedTargetGroup(group, resources, { service, cluster })),
    ...(otherListeners.length === 0
      ? {}
      : { otherListeners: otherListeners.map((each) => listenerKey(read(inputs.listener, each))) }),
  };
}

function zoneOf(id: string, { subnets }: AwsClusterFacts): Pick<ZoneFacts, "zone" | "subnet"> {
  const subnet = subnets.find((candidate) => candidate.id === id);
  if (subnet === undefined)
    throw new UnreadablePlan(`the load balancer's subnet ${id} is not one of the cluster's`);
  return { zone: subnet.zone, subnet: id };
}

function plannedListener(
  resource: PlannedResource,
  pools: readonly PlannedResource[],
  resources: readonly PlannedResource[],
): NlbListenerFacts {
  const declared = read(inputs.listener, resource);
  const { protocol, port, certificateArn, sslPolicy, alpnPolicy } = declared;
  const further = ofType(resources, types.listenerCertificate)
    .filter((each) => refersTo(each, "listenerArn", resource))
    .map((each) => read(inputs.listenerCertificate, each).certificateArn);
  return {
    identity: { name: resource.name, id: resource.urn },
    owner: "program",
    protocol,
    port,
    ...withoutUndefined({ sslPolicy }),
    alpnPolicy: alpnPolicy === undefined ? [] : [alpnPolicy],
    certificates: certificateArn === undefined ? [] : defaultFirst([certificateArn, ...further]),
    attributes: { ...aws.listenerAttributes(protocol), ...listenerAttributes(declared) },
    forwardsTo: pools
      .filter((group) => refersTo(resource, "defaultActions", group))
      .map((group) => group.urn),
  };
}

function plannedTargetGroup(
  resource: PlannedResource,
  resources: readonly PlannedResource[],
  { service, cluster }: { readonly service: PlannedService; readonly cluster: AwsClusterFacts },
): TargetGroupFacts {
  const group = read(inputs.targetGroup, resource);
  const port = portOf(resource, "port", group.port, service);
  const { healthCheck: check } = group;
  const { path, matcher } = { ...aws.healthCheckOf(check.protocol), ...withoutUndefined(check) };
  const targets = [
    ...ofType(resources, types.targetGroupAttachment)
      .filter((attachment) => refersTo(attachment, "targetGroupArn", resource))
      .map((attachment) => read(inputs.targetGroupAttachment, attachment)),
    ...targetsByGroup(resource, resources, cluster),
  ];
  const bound = targetsByController(resource, resources, cluster);
  return {
    identity: { name: resource.name, id: resource.urn },
    owner: "program",
    targetType: group.targetType,
    protocol: group.protocol,
    port,
    ipAddressType: aws.ipAddressType,
    vpc: group.vpcId,
    healthCheck: {
      enabled: true,
      protocol: check.protocol,
      port: check.port === "traffic-port" ? check.port : Number(check.port),
      ...withoutUndefined({ path, matcher }),
      intervalSeconds: check.interval,
      timeoutSeconds: check.timeout,
      healthyThresholdCount: check.healthyThreshold,
      unhealthyThresholdCount: check.unhealthyThreshold,
    },
    attributes: {
      ...aws.targetGroupAttributes(group.protocol, group.targetType),
      ...targetGroupAttributes(group),
    },
    tags: group.tags,
    members: [
      ...targets.map(({ targetId, port: own = port }) => ({
        id: targetId,
        port: own,
        owner: "program" as const,
        state: later,
      })),
      ...bound.map((id) => ({ id, port, owner: controller, state: later })),
    ],
  };
}

/** The nodes that the AWS Load Balancer Controller will register. */
function targetsByController(
  targetGroup: PlannedResource,
  resources: readonly PlannedResource[],
  { nodes }: AwsClusterFacts,
): readonly string[] {
  const [binding] = ofType(resources, types.targetGroupBinding).filter((each) =>
    refersTo(each, "spec", targetGroup),
  );
  if (binding === undefined) return [];
  const { nodeSelector, targetType } = read(inputs.targetGroupBinding, binding).spec;
  // Pods have no address before they run.
  if (targetType === "ip") return [];
  return nodesOfGroup(nodes, nodeSelector?.matchLabels).map(({ instanceId }) => instanceId);
}

/**
 * An Auto Scaling group registers its instances of the moment, which no program lists. Attached groups count as the cluster's nodes, so the nodes are the targets.
 * Only the measured comparison shows a node that is in none of the groups.
 */
function targetsByGroup(
  targetGroup: PlannedResource,
  resources: readonly PlannedResource[],
  { nodes }: AwsClusterFacts,
): { readonly targetId: string; readonly port?: undefined }[] {
  const attachments = ofType(resources, types.autoscalingAttachment).filter((attachment) =>
    refersTo(attachment, "lbTargetGroupArn", targetGroup),
  );
  for (const attachment of attachments) read(inputs.autoscalingAttachment, attachment);
  return attachments.length === 0 ? [] : nodes.map(({ instanceId }) => ({ targetId: instanceId }));
}
