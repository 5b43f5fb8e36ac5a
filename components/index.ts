export { EchoApp } from "./core/echoApp.ts";
export type { EchoAppArgs } from "./core/echoApp.ts";
export { NodePortExposure } from "./aws/nodePortExposure.ts";
export type { NodePortExposureArgs } from "./aws/nodePortExposure.ts";
export { LoadBalancerExposure } from "./aws/loadBalancerExposure.ts";
export { NetworkLoadBalancer } from "./aws/networkLoadBalancer.ts";
export type { ListenerArgs, NetworkLoadBalancerArgs } from "./aws/networkLoadBalancer.ts";
export { findClusterNetwork } from "./aws/clusterNetwork.ts";
export type { ClusterNetwork, KnownNetwork } from "./aws/clusterNetwork.ts";
export type { Quotas } from "./aws/quotas.ts";
export type { Subnet } from "./aws/subnets.ts";
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
} from "./core/exposure.ts";
export { loadBalancerProblems, nodePortProblems } from "./aws/restrictions.ts";
export { targetSourceProblems } from "./aws/targets.ts";
export type { ListenerPort, Problem } from "./core/validation.ts";
