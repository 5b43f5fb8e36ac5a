/** All scenarios, in the order in which they run: those that only look first, those that break something last. */
import { answers } from "./answers/scenario.ts";
import { changeNodePort } from "./changeNodePort/scenario.ts";
import { changePolicy } from "./changePolicy/scenario.ts";
import { changePorts } from "./changePorts/scenario.ts";
import { changeScheme } from "./changeScheme/scenario.ts";
import { changeServiceType } from "./changeServiceType/scenario.ts";
import { clientAddress } from "./clientAddress/scenario.ts";
import { draining } from "./draining/scenario.ts";
import { drift } from "./drift/scenario.ts";
import { failOpen } from "./failOpen/scenario.ts";
import { hairpin } from "./hairpin/scenario.ts";
import { hairpinOfTargets } from "./hairpinOfTargets/scenario.ts";
import { localHealth } from "./localHealth/scenario.ts";
import { nodeAdded, nodeRegistered } from "./nodeAdded/scenario.ts";
import { nodeDrained } from "./nodeDrained/scenario.ts";
import { nodeLost } from "./nodeLost/scenario.ts";
import { noPods } from "./noPods/scenario.ts";
import { noTarget } from "./noTarget/scenario.ts";
import { outages } from "./outages/scenario.ts";
import { podKilled } from "./podKilled/scenario.ts";
import { podMembers } from "./podMembers/scenario.ts";
import { proxyProtocol } from "./proxyProtocol/scenario.ts";
import { rollOut } from "./rollOut/scenario.ts";
import { spread } from "./spread/scenario.ts";
import { tls } from "./tls/scenario.ts";
import { udp, udpReplaced } from "./udp/scenario.ts";
import { unattended } from "./unattended/scenario.ts";
import type { Scenario } from "./scenario.ts";

export const scenarios: readonly Scenario[] = [
  answers,
  spread,
  clientAddress,
  hairpin,
  hairpinOfTargets,
  tls,
  proxyProtocol,
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
  podMembers,
  changePorts,
  changeNodePort,
  changePolicy,
  changeScheme,
  changeServiceType,
  nodeAdded,
  nodeRegistered,
  nodeDrained,
  nodeLost,
  outages,
  unattended,
];
