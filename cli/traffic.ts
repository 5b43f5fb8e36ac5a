/** Requests from the lab's client through an exposure, and whether what came back is what its Service promises. */
import { known } from "../comparison/model/sourceResult.ts";
import type { SourceResult } from "../comparison/model/sourceResult.ts";
import type { TrafficReport } from "../comparison/result/comparison.ts";
import type { Expectation } from "../comparison/traffic/summary.ts";
import { shortcomings, summarise } from "../comparison/traffic/summary.ts";
import type { DeployedExposure } from "./exposures.ts";
import type { LabClient } from "./labClient.ts";

/** Never rejects: a client that could not send is an outcome, which leaves everything else known. */
export async function sendTraffic(
  { way, url }: DeployedExposure,
  expected: SourceResult<Expectation>,
  client: LabClient,
): Promise<SourceResult<TrafficReport>> {
  if (expected.kind !== "known") return expected;
  try {
    const summary = summarise(await client.requests(url), expected.facts.nodeOfPod);
    return known({
      side: way,
      sent: summary.sent,
      answered: summary.answered,
      byPod: Object.fromEntries(summary.pods),
      byNode: Object.fromEntries(summary.nodes),
      clientAddresses: [...summary.clientAddresses],
      shortcomings: shortcomings(summary, expected.facts),
    });
  } catch (error) {
    return { kind: "unreachable", reason: `the client could not send: ${(error as Error).message}` };
  }
}
