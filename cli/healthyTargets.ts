/** Waits for a new load balancer to take traffic. */
import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  paginateDescribeLoadBalancers,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { DeployedExposure } from "./exposures.ts";
import type { Report } from "./progress.ts";

/**
 * How long it may take on AWS's own clocks: up to 300 s until a new target is checked, and some for the checks.
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834
 */
const registrationSeconds = 300;
const checkingSeconds = 60;

interface Waiting {
  readonly client: ElasticLoadBalancingV2Client;
  readonly timeScale: number;
  readonly signal: AbortSignal;
  readonly report: Report;
}

/** Returns when every target is healthy, or after the time: what is not healthy then is for the comparison to say. */
export async function awaitHealthyTargets(
  { hostname, way }: DeployedExposure,
  { client, timeScale, signal, report }: Waiting,
): Promise<void> {
  const end = performance.now() + (checkingSeconds + registrationSeconds / timeScale) * 1000;
  for (;;) {
    signal.throwIfAborted();
    const states = await targetStates(client, hostname);
    const healthy = states.filter((state) => state === "healthy").length;
    if ((healthy === states.length && healthy > 0) || performance.now() > end) return;
    report(`${way}: ${healthy} of ${states.length} targets healthy`);
    await sleep(200);
  }
}

async function targetStates(client: ElasticLoadBalancingV2Client, hostname: string): Promise<string[]> {
  const LoadBalancerArn = await arnOf(client, hostname);
  if (LoadBalancerArn === undefined) return [];
  const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
  const health = await Promise.all(
    TargetGroups.map(({ TargetGroupArn }) =>
      client.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
    ),
  );
  return health.flatMap(({ TargetHealthDescriptions = [] }) =>
    TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State ?? ""),
  );
}

async function arnOf(client: ElasticLoadBalancingV2Client, hostname: string): Promise<string | undefined> {
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {})) {
    const found = LoadBalancers.find(({ DNSName }) => DNSName === hostname);
    if (found !== undefined) return found.LoadBalancerArn;
  }
  return undefined;
}
