/** The components for OpenStack, whose load balancers are Octavia's. */
export { NodePortExposure } from "./nodePortExposure.ts";
export type { NodePortExposureArgs } from "./nodePortExposure.ts";
export { LoadBalancerExposure } from "./loadBalancerExposure.ts";
export { OctaviaLoadBalancer } from "./octaviaLoadBalancer.ts";
export type { OctaviaLoadBalancerArgs, OctaviaPort } from "./octaviaLoadBalancer.ts";
export { findClusterNetwork } from "./clusterNetwork.ts";
export type { ClusterNetwork, FloatingNetwork, KnownNetwork, NodeAddress } from "./clusterNetwork.ts";
export type {
  ClientAddress,
  HealthMonitor,
  LoadBalancingMethod,
  OctaviaExposureArgs,
  OctaviaOptions,
  Timeouts,
} from "./options.ts";
export { loadBalancerProblems, nodePortProblems } from "./restrictions.ts";
