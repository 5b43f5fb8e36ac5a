export { EchoApp } from "./echoApp.ts";
export type { EchoAppArgs } from "./echoApp.ts";
export { NodePortExposure } from "./nodePortExposure.ts";
export type { NodePortExposureArgs } from "./nodePortExposure.ts";
export { LoadBalancerExposure } from "./loadBalancerExposure.ts";
export { NetworkLoadBalancer } from "./networkLoadBalancer.ts";
export type { ListenerArgs, NetworkLoadBalancerArgs } from "./networkLoadBalancer.ts";
export { findClusterNetwork } from "./clusterNetwork.ts";
export type { ClusterNetwork, KnownNetwork } from "./clusterNetwork.ts";
export type { Quotas } from "./quotas.ts";
export type { Subnet } from "./subnets.ts";
export type {
  Exposure,
  ExposureArgs,
  ExposureOptions,
  ExternalTrafficPolicy,
  HealthCheck,
  HealthCheckTarget,
  HealthCheckTiming,
  HttpHealthCheck,
  LoadBalancerOptions,
  Protocol,
  Scheme,
  ServicePort,
  TcpHealthCheck,
} from "./exposure.ts";
export { loadBalancerProblems, nodePortProblems } from "./restrictions.ts";
export { targetSourceProblems } from "./targets.ts";
export type { ListenerPort, Problem } from "./validation.ts";
