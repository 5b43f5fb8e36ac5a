/** A trial of each scenario. A scenario without one fails. */
import { trial as answers } from "./answers/trial.ts";
import { trial as spread } from "./spread/trial.ts";
import { trial as clientAddress } from "./clientAddress/trial.ts";
import { trial as hairpin } from "./hairpin/trial.ts";
import { trial as hairpinOfTargets } from "./hairpinOfTargets/trial.ts";
import { trial as proxyProtocol } from "./proxyProtocol/trial.ts";
import { trial as podKilled } from "./podKilled/trial.ts";
import { trial as noPods } from "./noPods/trial.ts";
import { trial as rollOut } from "./rollOut/trial.ts";
import { trial as localHealth } from "./localHealth/trial.ts";
import { trial as failOpen } from "./failOpen/trial.ts";
import { trial as noTarget } from "./noTarget/trial.ts";
import { trial as draining } from "./draining/trial.ts";
import { trial as drift } from "./drift/trial.ts";
import { trial as podMembers } from "./podMembers/trial.ts";
import { trial as changePorts } from "./changePorts/trial.ts";
import { trial as changeNodePort } from "./changeNodePort/trial.ts";
import { trial as changePolicy } from "./changePolicy/trial.ts";
import { trial as changeScheme } from "./changeScheme/trial.ts";
import { trial as changeServiceType } from "./changeServiceType/trial.ts";
import { registeredTrial as nodeRegistered, trial as nodeAdded } from "./nodeAdded/trial.ts";
import { trial as nodeDrained } from "./nodeDrained/trial.ts";
import { trial as nodeLost } from "./nodeLost/trial.ts";
import { trial as outages } from "./outages/trial.ts";
import { trial as unattended } from "./unattended/trial.ts";
import { trial as tls } from "./tls/trial.ts";
import { replacedTrial as udpReplaced, trial as udp } from "./udp/trial.ts";
import type { Trial } from "./trial.ts";

export const trials: readonly Trial[] = [
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
