/** pkg/service/model_build_target_group.go (buildTargetGroup, buildTargetGroupSpec), pkg/deploy/elbv2/target_group_manager.go (Create) */
import type { NodeFacts } from "../../../model/cluster.ts";
import { later } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { namespacedName, targetGroupId } from "../names.ts";
import { ipAddressType, targetGroupAttributes } from "../defaults.ts";
import type { AwsClusterFacts, TargetGroupFacts } from "../model.ts";
import { healthCheck } from "./healthCheck.ts";
import { owner } from "./marks.ts";
import { targetGroupName } from "./names.ts";
import type { PortMapping } from "./portMappings.ts";
import { tagsOf } from "./tags.ts";
import { sentAttributes } from "./targetGroupAttributes.ts";
import { targetTypeOf } from "./targetType.ts";

export function targetGroup(
  service: ServiceFacts,
  cluster: AwsClusterFacts,
  mapping: PortMapping,
  nodes: readonly NodeFacts[],
): TargetGroupFacts {
  const { listenerPort, targetProtocol, nodePort: port = later } = mapping;
  const check = healthCheck(service);
  const targetType = targetTypeOf(service);
  const name = targetGroupName(service, {
    cluster,
    targetPort: port,
    port: listenerPort,
    targetType,
    protocol: targetProtocol,
    healthCheckProtocol: check.protocol,
    healthCheckIntervalSeconds: check.intervalSeconds,
  });
  return {
    identity: { name, id: targetGroupId(mapping) },
    owner,
    targetType,
    protocol: targetProtocol,
    port,
    ipAddressType,
    vpc: cluster.vpc,
    healthCheck: check,
    attributes: { ...targetGroupAttributes(targetProtocol), ...sentAttributes(service, listenerPort) },
    tags: tagsOf(service, cluster, `${namespacedName(service)}:${listenerPort}`),
    members: nodes.map(({ instanceId: id }) => ({ id, port, owner, state: later })),
  };
}
