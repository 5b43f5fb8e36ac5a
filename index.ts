import { EchoApp } from "./components/core/index.ts";
import { plannedComparison } from "./comparison/plan/plannedComparison.ts";
import { Recorder } from "./comparison/plan/recorder.ts";
import { readSettings } from "./config.ts";
import { outputsOf } from "./outputs.ts";

const settings = readSettings();
const cloud = await settings.cloud.connect();
const { providers } = cloud;

// The same app twice, so that the two ways share nothing but code. Clients that move from one way to the other find the same pods there.
const nodePortApp = new EchoApp("nodeport", settings.app, { providers });
const loadBalancerApp = settings.cloud.samePods
  ? nodePortApp
  : new EchoApp("loadbalancer", settings.app, { providers });

const recorder = new Recorder();

const nodePortWay = cloud.nodePort(
  "nodeport",
  {
    ...settings.exposure.nodePort,
    namespace: nodePortApp.namespace,
    selector: nodePortApp.selector,
    ports: settings.ports.nodePort,
  },
  { providers, transformations: [recorder.record] },
);

const loadBalancerWay = cloud.loadBalancer(
  "loadbalancer",
  {
    ...settings.exposure.loadBalancer,
    namespace: loadBalancerApp.namespace,
    selector: loadBalancerApp.selector,
    ports: settings.ports.loadBalancer,
  },
  { providers, dependsOn: [...nodePortWay.shared], transformations: [recorder.record] },
);

cloud.weightedName(
  "clients",
  { nodePort: nodePortWay.exposure, loadBalancer: loadBalancerWay },
  { providers },
);

export const clusterName = settings.clusterName;
export const nodePort = { ...outputsOf(nodePortWay.exposure), ...nodePortWay.outputs };
export const loadBalancer = outputsOf(loadBalancerWay);
export const comparison = plannedComparison({
  recorder,
  complete: nodePortWay.complete,
  cluster: cloud.cluster,
  left: "nodeport",
  right: "loadbalancer",
  alsoCheck: (facts) => cloud.checkRoom(facts),
});
