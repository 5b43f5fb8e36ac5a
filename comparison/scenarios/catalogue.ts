/** All scenarios, in the order in which they run: those that only look first, those that break something last. */
import { answers } from "./cases/answers.ts";
import { changeNodePort } from "./cases/changeNodePort.ts";
import { changePolicy } from "./cases/changePolicy.ts";
import { changePorts } from "./cases/changePorts.ts";
import { changeScheme } from "./cases/changeScheme.ts";
import { changeServiceType } from "./cases/changeServiceType.ts";
import { clientAddress } from "./cases/clientAddress.ts";
import { draining } from "./cases/draining.ts";
import { drift } from "./cases/drift.ts";
import { failOpen } from "./cases/failOpen.ts";
import { hairpin } from "./cases/hairpin.ts";
import { localHealth } from "./cases/localHealth.ts";
import { nodeAdded } from "./cases/nodeAdded.ts";
import { nodeDrained } from "./cases/nodeDrained.ts";
import { nodeLost } from "./cases/nodeLost.ts";
import { noPods } from "./cases/noPods.ts";
import { noTarget } from "./cases/noTarget.ts";
import { outages } from "./cases/outages.ts";
import { podKilled } from "./cases/podKilled.ts";
import { rollOut } from "./cases/rollOut.ts";
import { spread } from "./cases/spread.ts";
import { udp, udpReplaced } from "./cases/udp.ts";
import { unattended } from "./cases/unattended.ts";
import type { Scenario } from "./scenario.ts";

export const scenarios: readonly Scenario[] = [
  answers,
  spread,
  clientAddress,
  hairpin,
  udp,
  udpReplaced,
  podKilled,
  noPods,
  rollOut,
  localHealth,
  failOpen,
  noTarget,
  draining,
  drift,
  changePorts,
  changeNodePort,
  changePolicy,
  changeScheme,
  changeServiceType,
  nodeAdded,
  nodeDrained,
  nodeLost,
  outages,
  unattended,
];
