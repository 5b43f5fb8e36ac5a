/** Sends requests through a deployed exposure and reads its load balancer's description: what `npm start` shows at its end. */
import { setTimeout as sleep } from "node:timers/promises";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { KubeConfig } from "@kubernetes/client-node";
import { targetsOf } from "../comparison/loadBalancer/description.ts";
import type { LoadBalancerDescription } from "../comparison/loadBalancer/description.ts";
import { readLoadBalancer } from "../comparison/loadBalancer/read.ts";
import { readExpectation } from "../comparison/traffic/expectation.ts";
import { defaultLoad } from "../comparison/traffic/requests.ts";
import type { Outcome } from "../comparison/traffic/requests.ts";
import { shortcomings, summarise } from "../comparison/traffic/summary.ts";
import type { TrafficSummary } from "../comparison/traffic/summary.ts";
import { inside } from "../lab/lab.ts";
import type { Lab } from "../lab/lab.ts";
import { internet, region, vpc } from "../lab/layout.ts";
import { ownProgram } from "../lab/program.ts";
import type { LabSettings } from "../lab/settings.ts";
import { run } from "../lab/tools/command.ts";
import type { DeployedExposure } from "./exposures.ts";
import type { Report } from "./progress.ts";

/** What verifying needs of the surroundings. */
export interface Surroundings {
  readonly checkout: string;
  readonly lab: Lab;
  readonly settings: LabSettings;
  readonly signal: AbortSignal;
}

export interface Traffic {
  readonly summary: TrafficSummary;
  /** What is not as it should be; empty if all is well. */
  readonly shortcomings: readonly string[];
}

/**
 * How long to wait for targets to become healthy, on AWS's own clocks: up to 300 s until a new target is checked, and some for the checks.
 * https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/1834
 */
const registrationSeconds = 300;
const checkingSeconds = 60;

export function elbv2Client({ ports }: LabSettings): ElasticLoadBalancingV2Client {
  return new ElasticLoadBalancingV2Client({
    region,
    endpoint: `http://127.0.0.1:${ports.aws}`,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
}

/**
 * Waits until every target of the load balancer is healthy.
 * @returns its description, also if some are still not after the time: that is for the comparison to say
 */
export async function awaitHealthyTargets(
  exposure: DeployedExposure,
  { settings, signal }: Surroundings,
  report: Report,
): Promise<LoadBalancerDescription> {
  const client = elbv2Client(settings);
  const seconds = checkingSeconds + registrationSeconds / settings.timeScale;
  const end = Date.now() + seconds * 1000;
  for (;;) {
    signal.throwIfAborted();
    const description = await readLoadBalancer(client, exposure.hostname);
    const targets = targetsOf(description);
    const healthy = targets.filter(({ state }) => state === "healthy").length;
    if ((healthy === targets.length && healthy > 0) || Date.now() > end) return description;
    report(`${exposure.way}: ${healthy} of ${targets.length} targets healthy`);
    await sleep(200);
  }
}

/** Sends requests from the client outside the VPC. */
export async function sendTraffic(
  exposure: DeployedExposure,
  { checkout, lab, settings, signal }: Surroundings,
  report: Report,
): Promise<Traffic> {
  const config = new KubeConfig();
  config.loadFromFile(settings.kubeconfig);
  const expected = await readExpectation(config, exposure.namespace, exposure.service, internet.client);
  report(`${exposure.way}: ${defaultLoad.requests} requests to ${exposure.url}`);
  const { program, args } = ownProgram(checkout, "comparison/traffic/client.ts", [
    exposure.url,
    vpc.resolver,
  ]);
  const there = inside(lab, "client", [program, ...args]);
  const outcomes = JSON.parse(await run(there.command, there.args, { signal })) as Outcome[];
  const summary = summarise(outcomes, expected.nodeOfPod);
  return { summary, shortcomings: shortcomings(summary, expected) };
}
