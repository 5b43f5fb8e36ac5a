import assert from "node:assert/strict";
import { hairpinFindings, variants } from "../../../../../comparison/scenarios/cases/hairpin.ts";
import { findings as spreadFindings } from "../../../../../comparison/scenarios/cases/spread.ts";
import { addedNodeFindings } from "../../../../../comparison/scenarios/findings/addedNode.ts";
import { answersFindings } from "../../../../../comparison/scenarios/findings/answers.ts";
import { rows, seenFinding } from "../../../../../comparison/scenarios/findings/clientAddress.ts";
import { drainingFindings } from "../../../../../comparison/scenarios/findings/drained.ts";
import { drainedFindings } from "../../../../../comparison/scenarios/findings/drainedNode.ts";
import { driftFindings } from "../../../../../comparison/scenarios/findings/drifted.ts";
import { failOpenFindings } from "../../../../../comparison/scenarios/findings/failOpen.ts";
import { killedFindings } from "../../../../../comparison/scenarios/findings/killed.ts";
import { localHealthFindings } from "../../../../../comparison/scenarios/findings/localHealth.ts";
import { lostNodeFindings } from "../../../../../comparison/scenarios/findings/lostNode.ts";
import { noPodsFindings } from "../../../../../comparison/scenarios/findings/noPods.ts";
import { noTargetFindings } from "../../../../../comparison/scenarios/findings/noTarget.ts";
import { outageFindings } from "../../../../../comparison/scenarios/findings/outage.ts";
import { rolledOutFindings } from "../../../../../comparison/scenarios/findings/rolledOut.ts";
import { flowFindings, udpFindings } from "../../../../../comparison/scenarios/findings/udp.ts";
import type { Outcome } from "../../../../../comparison/scenarios/outcome.ts";
import { verdictOf } from "../../../../../comparison/scenarios/scenario.ts";
import type { Finding } from "../../../../../comparison/scenarios/scenario.ts";
import { both } from "../concludes.ts";

const nothing = both<Outcome<never>>({ kind: "unreachable", reason: "no answer" });

/** What each scenario says when it could measure nothing. */
const scenarios: Readonly<Record<string, readonly Finding[]>> = {
  answers: answersFindings({ missing: nothing, plain: nothing, closed: nothing, again: nothing }),
  spread: [...spreadFindings("plain", nothing), ...spreadFindings("crossZone", nothing)],
  "client-address": rows.map((row) => seenFinding(row, nothing)),
  hairpin: variants.flatMap(({ variant }) => hairpinFindings(variant, nothing)),
  udp: udpFindings(nothing),
  "udp-replaced": flowFindings(nothing, "replaced"),
  "pod-killed": killedFindings(nothing),
  "no-pods": noPodsFindings(nothing),
  "roll-out": rolledOutFindings(nothing),
  "local-health": localHealthFindings(nothing, 20),
  "fail-open": failOpenFindings(nothing, 20),
  "no-target": noTargetFindings(nothing, 20),
  draining: [300, 120].flatMap((delaySeconds) =>
    drainingFindings(nothing, { delaySeconds, terminates: delaySeconds === 120 }, 20),
  ),
  drift: driftFindings(nothing, []),
  "node-added": addedNodeFindings(nothing, 24),
  "node-drained": drainedFindings(nothing, 20),
  "node-lost": lostNodeFindings(nothing, 20),
  outages: outageFindings(nothing),
};

describe("the findings of a scenario", () => {
  for (const [id, findings] of Object.entries(scenarios)) {
    it(`have titles of their own: ${id}`, () => {
      const titles = findings.map(({ title }) => title);
      assert.deepEqual(
        titles.filter((title, index) => titles.indexOf(title) !== index),
        [],
      );
    });

    it(`say nothing where nothing could be measured: ${id}`, () => {
      assert.deepEqual([...new Set(findings.map(verdictOf))], ["unreachable"]);
    });
  }
});
