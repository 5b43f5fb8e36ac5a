/** A node is added: who makes it a target, and when it gets its first request. */
import type { Scenario } from "../scenario.ts";
import type { VariantName } from "../testbed/variants.ts";
import { conclude, concludeOfController } from "./conclude.ts";
import type { Attached, Measured, MeasuredOfController } from "./conclude.ts";
import { whileNodeJoins } from "./joining.ts";

/** A load balancer that has each node attached, and one that has the nodes' group attached. */
const variants = { nodes: "plain", group: "masqueraded" } as const satisfies Readonly<
  Record<Attached, VariantName>
>;

export const nodeAdded: Scenario<Measured> = {
  id: "node-added",
  title: "A node is added",
  question: "What makes a new node a target, and how long after it is Ready does it get its first request?",
  quick: false,
  needs: ["members by node", "member health", "new nodes"],
  measure: (testbed) => {
    const { group, ...nodes } = variants;
    return testbed.expectations.nodeAdded.group === undefined
      ? whileNodeJoins(testbed, nodes, { byUpdate: "nodes" })
      : whileNodeJoins(testbed, { ...nodes, group }, { byUpdate: "nodes" });
  },
  conclude,
};

const registered = "crossZone";

export const nodeRegistered: Scenario<MeasuredOfController> = {
  id: "node-registered",
  title: "A node is added, and the controller registers it for the program",
  question:
    "Your own load balancer, whose targets the controller registers: does it follow nodes as the controller's own does?",
  quick: false,
  needs: ["members by node", "member health", "members of the program", "new nodes"],
  measure: (testbed) =>
    whileNodeJoins(
      testbed,
      { controller: registered },
      { change: { variant: registered, side: "left", controllerRegisters: true } },
    ),
  conclude: concludeOfController,
};
