/** Waits for the health of a deployment's targets, as `npm start` does before it compares. */
import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";

/** Resolves when the load balancers of these host names have targets, and all of them are healthy. */
export async function healthyTargets(
  elbv2: ElasticLoadBalancingV2Client,
  hostnames: readonly string[],
): Promise<void> {
  while (!(await Promise.all(hostnames.map((hostname) => isHealthy(elbv2, hostname)))).every(Boolean))
    await sleep(200);
}

async function isHealthy(elbv2: ElasticLoadBalancingV2Client, hostname: string): Promise<boolean> {
  const { LoadBalancers = [] } = await elbv2.send(new DescribeLoadBalancersCommand({}));
  const balancer = LoadBalancers.find(({ DNSName }) => DNSName === hostname);
  if (balancer === undefined) return false;
  const { LoadBalancerArn } = balancer;
  const { TargetGroups = [] } = await elbv2.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
  const states = await Promise.all(
    TargetGroups.map(async ({ TargetGroupArn }) => {
      const { TargetHealthDescriptions = [] } = await elbv2.send(
        new DescribeTargetHealthCommand({ TargetGroupArn }),
      );
      return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State);
    }),
  );
  const all = states.flat();
  return all.length > 0 && all.every((state) => state === "healthy");
}
