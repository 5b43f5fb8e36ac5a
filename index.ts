import { EchoApp, findClusterNetwork, LoadBalancerExposure, NodePortExposure } from "./components/index.ts";
import { plannedComparison } from "./comparison/plan/plannedComparison.ts";
import { Recorder } from "./comparison/plan/recorder.ts";
import { readSettings } from "./config.ts";
import { outputsOf } from "./outputs.ts";

const settings = readSettings();
const network = await findClusterNetwork(settings.clusterName, settings.network);

// The same app twice, so that the two ways share nothing but code.
const nodePortApp = new EchoApp("nodeport", settings.app);
const loadBalancerApp = new EchoApp("loadbalancer", settings.app);

const recorder = new Recorder();

const nodePortExposure = new NodePortExposure(
  "nodeport",
  {
    ...settings.exposure,
    namespace: nodePortApp.namespace,
    selector: nodePortApp.selector,
    ports: settings.ports.nodePort,
    network,
    sharedNodeRules: settings.sharedNodeRules,
  },
  { transformations: [recorder.record] },
);

const loadBalancerExposure = new LoadBalancerExposure(
  "loadbalancer",
  {
    ...settings.exposure,
    namespace: loadBalancerApp.namespace,
    selector: loadBalancerApp.selector,
    ports: settings.ports.loadBalancer,
  },
  // Both need the same rules on the nodes, and AWS keeps each once: the cloud controller accepts one that is there, Pulumi does not.
  {
    dependsOn: [...nodePortExposure.loadBalancer.sharedNodeRules],
    transformations: [recorder.record],
  },
);

export const clusterName = settings.clusterName;
export const nodePort = {
  ...outputsOf(nodePortExposure),
  loadBalancerArn: nodePortExposure.loadBalancer.arn,
  targetGroupArns: nodePortExposure.loadBalancer.targetGroupArns,
};
export const loadBalancer = outputsOf(loadBalancerExposure);
export const comparison = plannedComparison({
  recorder,
  clusterName: settings.clusterName,
  network,
  left: "nodeport",
  right: "loadbalancer",
});
