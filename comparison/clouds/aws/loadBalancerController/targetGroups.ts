/** pkg/service/model_build_target_group.go (buildTargetGroup, buildTargetGroupSpec), pkg/deploy/elbv2/target_group_manager.go (Create) */
import { later } from "../../../model/later.ts";
import type { NodePort } from "../../../model/later.ts";
import type { EndpointFacts, ServiceFacts } from "../../../model/service.ts";
import { namespacedName } from "../../../model/service.ts";
import { targetGroupId } from "../names.ts";
import { targetGroupAttributes } from "../defaults.ts";
import type { AwsClusterFacts, TargetGroupFacts } from "../model.ts";
import { healthCheck } from "./healthCheck.ts";
import { groupAddressType } from "./ipAddressTypes.ts";
import { owner } from "./marks.ts";
import { targetGroupName } from "./names.ts";
import { targetNodes } from "./nodes.ts";
import { portOfPod } from "../podPorts.ts";
import type { PortMapping } from "./portMappings.ts";
import { tagsOf } from "./tags.ts";
import { sentAttributes } from "./targetGroupAttributes.ts";
import { targetTypeOf } from "./targetType.ts";

export function targetGroup(
  service: ServiceFacts,
  cluster: AwsClusterFacts,
  mapping: PortMapping,
  endpoints: readonly EndpointFacts[] | undefined,
): TargetGroupFacts {
  const { listenerPort, targetProtocol, groupPort: port = later } = mapping;
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
    ipAddressType: groupAddressType(service),
    vpc: cluster.vpc,
    healthCheck: check,
    attributes: {
      ...targetGroupAttributes(targetProtocol, targetType),
      ...sentAttributes(service, listenerPort),
    },
    tags: tagsOf(service, cluster, `${namespacedName(service)}:${listenerPort}`),
    members: targets(service, cluster, mapping, endpoints).map((target) => ({
      ...target,
      owner,
      state: later,
    })),
  };
}

/** Ready nodes, or ready pods. pkg/targetgroupbinding/resource_manager.go (reconcileWithInstanceTargetType, reconcileWithIPTargetType) */
function targets(
  service: ServiceFacts,
  { nodes }: AwsClusterFacts,
  { groupPort = later, servicePort }: PortMapping,
  endpoints: readonly EndpointFacts[] = [],
): { readonly id: string; readonly port: NodePort }[] {
  if (targetTypeOf(service) === "instance")
    return targetNodes(service, nodes).map(({ instanceId: id }) => ({ id, port: groupPort }));
  return endpoints
    .filter(({ ready }) => ready)
    .map((pod) => ({ id: pod.address, port: portOfPod(pod, servicePort) ?? groupPort }));
}
