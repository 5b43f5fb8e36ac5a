export { EchoApp } from "./echo-app.ts";
export type { EchoAppArgs } from "./echo-app.ts";
export { NodePortExposure } from "./node-port-exposure.ts";
export type { NodePortExposureArgs } from "./node-port-exposure.ts";
export { LoadBalancerExposure } from "./load-balancer-exposure.ts";
export { NetworkLoadBalancer } from "./network-load-balancer.ts";
export type { ListenerArgs, NetworkLoadBalancerArgs } from "./network-load-balancer.ts";
export { findClusterNetwork } from "./cluster-network.ts";
export type { ClusterNetwork, KnownNetwork } from "./cluster-network.ts";
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
export type { ListenerPort, Problem } from "./validation.ts";
