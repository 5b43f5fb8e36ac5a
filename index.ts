import { output } from "@pulumi/pulumi";
import { plannedComparison } from "./comparison/plan/plannedComparison.ts";
import { Recorder } from "./comparison/plan/recorder.ts";
import { readSettings } from "./config.ts";
import { outputsOfWay } from "./outputs.ts";
import { declareWays, topName } from "./program/declareWays.ts";

const settings = readSettings();
const cloud = await settings.cloud.connect();
const recorder = new Recorder();

const ways = declareWays(settings, cloud, { transformations: [recorder.record] });

cloud.weightedName(
  "clients",
  Object.fromEntries(Object.entries(ways).map(([name, { exposure }]) => [name, exposure])),
  { providers: cloud.providers },
);

cloud.adopt({ providers: cloud.providers });

export const clusterName = settings.clusterName;
export const nodePort = outputsOfWay(ways.nodePort);
export const loadBalancer = outputsOfWay(ways.loadBalancer);
// Only where clients move between more ways.
export const shared = outputsOfWay(ways.shared);
export const lbc = outputsOfWay(ways.lbc);

export const comparison = plannedComparison({
  recorder,
  complete: output(Object.values(ways).map(({ complete }) => complete)),
  cluster: cloud.cluster,
  names: Object.keys(ways).map(topName),
  alsoCheck: (program) => cloud.checkRoom(program),
});
