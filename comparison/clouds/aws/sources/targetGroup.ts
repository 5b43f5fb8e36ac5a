/** A target group with its targets as facts. */
import { DescribeTargetGroupAttributesCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ElasticLoadBalancingV2Client, TargetGroup } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { HealthCheckFacts, MemberFacts } from "../../../model/loadBalancer.ts";
import type { TargetGroupFacts } from "../model.ts";
import type { Owner } from "../../../model/owner.ts";
import { byText } from "../../../sources/order.ts";
import { ownerByTags } from "../owners.ts";
import { record } from "./calls.ts";
import type { GroupWithTargets } from "./inventory.ts";

export async function readTargetGroup(
  client: ElasticLoadBalancingV2Client,
  { group, targets }: GroupWithTargets,
  tags: Readonly<Record<string, string>>,
  abortSignal: AbortSignal,
): Promise<TargetGroupFacts> {
  const { TargetGroupArn = "" } = group;
  const { Attributes } = await client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }), {
    abortSignal,
  });
  const owner = ownerByTags(tags);
  return {
    identity: { name: group.TargetGroupName ?? "", id: TargetGroupArn },
    owner,
    targetType: group.TargetType ?? "",
    protocol: group.Protocol ?? "",
    port: group.Port ?? 0,
    ipAddressType: group.IpAddressType ?? "",
    vpc: group.VpcId ?? "",
    healthCheck: healthCheck(group),
    attributes: record(Attributes),
    tags,
    members: targetFacts(group, targets, owner),
  };
}

function healthCheck(group: TargetGroup): HealthCheckFacts {
  const { HealthCheckPort = "traffic-port", HealthCheckPath, Matcher } = group;
  return {
    enabled: group.HealthCheckEnabled ?? true,
    protocol: group.HealthCheckProtocol ?? "",
    port: HealthCheckPort === "traffic-port" ? HealthCheckPort : Number(HealthCheckPort),
    ...(HealthCheckPath === undefined ? {} : { path: HealthCheckPath }),
    ...(Matcher?.HttpCode === undefined ? {} : { matcher: Matcher.HttpCode }),
    intervalSeconds: group.HealthCheckIntervalSeconds ?? 0,
    timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 0,
    healthyThresholdCount: group.HealthyThresholdCount ?? 0,
    unhealthyThresholdCount: group.UnhealthyThresholdCount ?? 0,
  };
}

/** A registration has no tags, so a target gets the owner of its group. */
function targetFacts(group: TargetGroup, targets: GroupWithTargets["targets"], owner: Owner): MemberFacts[] {
  const facts = targets.map(({ Target, TargetHealth }): MemberFacts => ({
    id: Target?.Id ?? "",
    port: Target?.Port ?? group.Port ?? 0,
    owner,
    state: TargetHealth?.State ?? "",
    ...(TargetHealth?.Reason === undefined ? {} : { reason: TargetHealth.Reason }),
  }));
  return byText(facts, ({ id, port }) => `${id} ${port}`);
}
