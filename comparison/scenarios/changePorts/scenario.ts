/** A port is added to a Service and removed again. */
import { altered } from "../alteration/altered.ts";
import { alteredFindings, alteredTimelines } from "../alteration/conclude.ts";
import type { MeasuredAlteration } from "../alteration/conclude.ts";
import type { Scenario } from "../scenario.ts";
import { healthyOnce } from "../testbed/health.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import type { Change } from "../testbed/variants.ts";

const variant = "plain";

const addPort: Change["ports"] = (declared) => [...declared, { name: "added", port: 81, targetPort: "http" }];

const names = { there: "port added", back: "port removed" };

export const changePorts: Scenario<MeasuredAlteration> = {
  id: "change-ports",
  title: "A port added and removed",
  question: "Do clients of a port notice that another one is added to the Service and removed again?",
  quick: false,
  needs: ["members by node", "member health"],
  measure(testbed) {
    const count = Object.keys(testbed.targets(variant).left.ports).length;
    return altered(testbed, {
      variant,
      there: {
        make: (_, side) => testbed.deploy({ variant, side, ports: addPort }),
        settled: listening(testbed, count + 1),
      },
      back: { make: () => testbed.deploy(), settled: listening(testbed, count) },
    });
  },
  conclude: (measured, at) => alteredFindings(measured, at, { ...at.expectations.changePorts, names }),
  timelines: (measured) => alteredTimelines(measured, names),
};

const listening = (testbed: Testbed, count: number) => (target: Target) =>
  healthyOnce(
    testbed,
    target,
    `listeners on ${count} ports`,
    async ({ address }) => (await testbed.cloud.listeningPorts(address)).length === count,
  );
