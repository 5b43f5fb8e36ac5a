/** Whether a kill cost no more than the table of victims allows. */
import assert from "node:assert/strict";
import { timing } from "../../../comparison/scenarios/timing.ts";
import type { Sample } from "../../../comparison/traffic/load.ts";
import { isOf, isWhile, loadIds, mostOf } from "./traffic.ts";
import type { Downtime, MeasuredLoss } from "./traffic.ts";
import type { Victim } from "./victims.ts";

/** @throws if more was lost than the table allows */
export function requireAllowedLoss(
  { costs, endsWithIt, most = {} }: Pick<Victim, "costs" | "endsWithIt" | "most">,
  downtime: Downtime,
  { sent, lost }: MeasuredLoss,
): void {
  assert.deepEqual(
    lost.filter((sample) => !isOf(costs, sample)),
    [],
  );
  // kube-proxies may send to a pod's former address until they have their new rules.
  const graceMilliseconds = endsWithIt === undefined ? 0 : timing.endpointSeconds * 1000;
  assert.deepEqual(
    lost.filter(({ at }) => at > downtime.backAt + graceMilliseconds),
    [],
  );
  for (const id of loadIds) {
    const meanwhile = (samples: readonly Sample[]): number =>
      samples.filter((sample) => isOf([id], sample) && isWhile(downtime, sample)).length;
    const [lostOfIt, sentOfIt] = [meanwhile(lost), meanwhile(sent)];
    assert.ok(
      lostOfIt <= mostOf(sentOfIt, most[id] ?? 1),
      `${lostOfIt} of ${sentOfIt} requests ${id} were lost meanwhile`,
    );
  }
}
