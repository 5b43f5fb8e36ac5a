/** UDP: answered, by whom it is seen, and what becomes of a flow whose pod goes. */
import type { Scenario } from "../scenario.ts";
import { conclude, flowFindings, timelines } from "./conclude.ts";
import type { Measured } from "./conclude.ts";
import { whileReplaced } from "./replaced.ts";

export const udp: Scenario<Measured> = {
  id: "udp",
  title: "UDP, and a flow whose pod is killed",
  question: "Does UDP arrive, and does a flow continue with another pod when its pod is killed?",
  quick: true,
  beside: "killing pods",
  needs: ["UDP"],
  measure: (testbed) => whileReplaced(testbed, 0),
  conclude,
  timelines: (measured) => timelines(measured, "pod killed"),
};

export const udpReplaced: Scenario<Measured> = {
  id: "udp-replaced",
  title: "UDP, and a flow whose pod is deleted",
  question: "Does a UDP flow continue with another pod when its pod is deleted and takes time to end?",
  quick: false,
  needs: ["UDP"],
  measure: (testbed) => whileReplaced(testbed, undefined),
  conclude: (measured) => flowFindings(measured, "replaced"),
  timelines: (measured) => timelines(measured, "pod deleted"),
};
