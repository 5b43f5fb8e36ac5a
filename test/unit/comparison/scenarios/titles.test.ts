import assert from "node:assert/strict";
import { hairpinFindings, variants } from "../../../../comparison/scenarios/hairpin/scenario.ts";
import { findings as spreadFindings } from "../../../../comparison/scenarios/spread/scenario.ts";
import { addedNodeFindings } from "../../../../comparison/scenarios/nodeAdded/conclude.ts";
import { answersFindings } from "../../../../comparison/scenarios/answers/conclude.ts";
import { rows, seenFinding } from "../../../../comparison/scenarios/clientAddress/conclude.ts";
import { drainingFindings } from "../../../../comparison/scenarios/draining/conclude.ts";
import { drainedFindings } from "../../../../comparison/scenarios/nodeDrained/conclude.ts";
import { driftFindings } from "../../../../comparison/scenarios/drift/conclude.ts";
import { failOpenFindings } from "../../../../comparison/scenarios/failOpen/conclude.ts";
import { killedFindings } from "../../../../comparison/scenarios/podKilled/conclude.ts";
import { localHealthFindings } from "../../../../comparison/scenarios/localHealth/conclude.ts";
import { lostNodeFindings } from "../../../../comparison/scenarios/nodeLost/conclude.ts";
import { noPodsFindings } from "../../../../comparison/scenarios/noPods/conclude.ts";
import { noTargetFindings } from "../../../../comparison/scenarios/noTarget/conclude.ts";
import { outageFindings } from "../../../../comparison/scenarios/outages/conclude.ts";
import { rolledOutFindings } from "../../../../comparison/scenarios/rollOut/conclude.ts";
import { flowFindings, udpFindings } from "../../../../comparison/scenarios/udp/conclude.ts";
import type { Outcome } from "../../../../comparison/scenarios/outcome.ts";
import { verdictOf } from "../../../../comparison/scenarios/scenario.ts";
import type { Finding } from "../../../../comparison/scenarios/scenario.ts";
import { both } from "./concludes.ts";

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
