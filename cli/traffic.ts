/** Requests from the lab's client through an exposure, and whether what came back is what its Service promises. */
import { KubeConfig } from "@kubernetes/client-node";
import type { TrafficReport } from "../comparison/report/comparison.ts";
import { readExpectation } from "../comparison/traffic/expectation.ts";
import { shortcomings, summarise } from "../comparison/traffic/summary.ts";
import { internet } from "../lab/layout.ts";
import type { DeployedExposure } from "./exposures.ts";
import type { LabClient } from "./labClient.ts";

export async function sendTraffic(
  { way, namespace, service, url }: DeployedExposure,
  client: LabClient,
  kubeconfig: string,
): Promise<TrafficReport> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const expected = await readExpectation(config, namespace, service, internet.client);
  const summary = summarise(await client.requests(url), expected.nodeOfPod);
  return {
    side: way,
    sent: summary.sent,
    answered: summary.answered,
    byPod: Object.fromEntries(summary.pods),
    byNode: Object.fromEntries(summary.nodes),
    clientAddresses: [...summary.clientAddresses],
    shortcomings: shortcomings(summary, expected),
  };
}
