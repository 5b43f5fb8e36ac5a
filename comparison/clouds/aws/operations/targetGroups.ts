/** Target groups as pools, and targets as members. */
import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  ElasticLoadBalancingV2Client,
  TargetGroup,
  TargetHealthStateEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Member, MemberState, Pool } from "../../operations.ts";

export async function poolOf(client: ElasticLoadBalancingV2Client, group: TargetGroup): Promise<Pool> {
  const { TargetGroupArn: id = "", HealthCheckPort = "", HealthCheckIntervalSeconds = 0 } = group;
  const { Attributes = [] } = await client.send(
    new DescribeTargetGroupAttributesCommand({ TargetGroupArn: id }),
  );
  const values = new Map(Attributes.map(({ Key, Value }) => [Key, Value]));
  return {
    id,
    check: { port: HealthCheckPort, intervalSeconds: HealthCheckIntervalSeconds },
    draining: {
      delaySeconds: Number(values.get("deregistration_delay.timeout_seconds")),
      terminates: values.get("deregistration_delay.connection_termination.enabled") === "true",
    },
    addsHeader: values.get("proxy_protocol_v2.enabled") === "true",
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html */
const states: Readonly<Partial<Record<TargetHealthStateEnum, MemberState>>> = {
  initial: "initial",
  healthy: "healthy",
  unhealthy: "unhealthy",
  "unhealthy.draining": "unhealthy",
  draining: "draining",
  unused: "unused",
};

export async function membersOf(client: ElasticLoadBalancingV2Client, pool: string): Promise<Member[]> {
  const { TargetHealthDescriptions = [] } = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: pool }),
  );
  return TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
    pool,
    machine: Target?.Id ?? "",
    port: Target?.Port ?? 0,
    state: (TargetHealth?.State && states[TargetHealth.State]) ?? "unknown",
    reason: TargetHealth?.Reason ?? "",
  }));
}
