/** https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (ensureTargetGroup) */
import { ipAddressType, targetGroupAttributes } from "../defaults.ts";
import type { NodeFacts } from "../../../model/cluster.ts";
import { targetGroupId } from "../names.ts";
import type { AwsClusterFacts, TargetGroupFacts } from "../model.ts";
import { later } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, keyValues } from "./annotations.ts";
import type { Configuration } from "./configuration.ts";
import { healthCheck } from "./healthCheck.ts";
import { targetGroupName } from "./names.ts";
import type { PortMapping } from "./portMappings.ts";
import { tagsOf } from "./tags.ts";

export function targetGroup(
  service: ServiceFacts,
  cluster: AwsClusterFacts,
  mapping: PortMapping,
  nodes: readonly NodeFacts[],
  configuration: Configuration,
): TargetGroupFacts {
  const { nodePort, targetProtocol } = mapping;
  const check = healthCheck(service, configuration);
  const name = targetGroupName({
    cluster: cluster.name,
    service,
    listenerPort: mapping.listenerPort,
    nodePort,
    protocol: targetProtocol,
    healthCheckProtocol: check.protocol,
    healthCheckIntervalSeconds: check.intervalSeconds,
  });
  return {
    identity: { name, id: targetGroupId(mapping) },
    owner: "cloud controller",
    targetType: "instance",
    protocol: targetProtocol,
    port: nodePort,
    ipAddressType,
    vpc: cluster.vpc,
    healthCheck: check,
    attributes: {
      ...targetGroupAttributes(targetProtocol),
      // Only these are sent, once the group is there (buildTargetGroupAttributes).
      ...keyValues(annotation(service, "targetGroupAttributes") ?? ""),
    },
    tags: tagsOf(service, cluster),
    members: nodes.map(({ instanceId: id }) => ({
      id,
      port: nodePort,
      owner: "cloud controller",
      state: later,
    })),
  };
}
