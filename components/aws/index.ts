export { NodePortExposure } from "./nodePortExposure.ts";
export type { NodePortExposureArgs } from "./nodePortExposure.ts";
export { LoadBalancerExposure } from "./loadBalancerExposure.ts";
export type { LoadBalancerExposureArgs } from "./loadBalancerExposure.ts";
export { NetworkLoadBalancer } from "./networkLoadBalancer.ts";
export type { NetworkLoadBalancerArgs } from "./networkLoadBalancer.ts";
export { SharedNodeRules } from "./sharedNodeRules.ts";
export type { SharedNodeRulesArgs } from "./sharedNodeRules.ts";
export type { ListenerArgs } from "./listeners.ts";
export { findLoadBalancer } from "./importedLoadBalancer.ts";
export type {
  ImportedListener,
  ImportedLoadBalancer,
  ImportedRule,
  ImportedTargetGroup,
  LoadBalancerQuery,
} from "./importedLoadBalancer.ts";
export { findClusterNetwork } from "./clusterNetwork.ts";
export type { ClusterNetwork, KnownNetwork } from "./clusterNetwork.ts";
export type {
  HealthCheck,
  HealthCheckTarget,
  HealthCheckTiming,
  HttpHealthCheck,
  NetworkLoadBalancerExposureArgs,
  NetworkLoadBalancerOptions,
  NetworkLoadBalancerPort,
  TcpHealthCheck,
} from "./options.ts";
export type { AccessLogs, LoadBalancerOptions } from "./loadBalancerOptions.ts";
export type {
  DnsRecordClientRoutingPolicy,
  MinimumHealthyTargets,
  TargetGroupHealth,
  TrafficOptions,
} from "./trafficOptions.ts";
export type { AlarmOptions, UnhealthyHostCountAlarm } from "./unhealthyHostCountAlarm.ts";
export type { Quotas } from "./quotas.ts";
export type { AlpnPolicy, Tls } from "./tls.ts";
export type { SourceOptions, SourcePrefixList } from "./sourceOptions.ts";
export type { TargetOptions, TargetType } from "./targetType.ts";
export type { Subnet } from "./subnets.ts";
export type { ServiceControllerName } from "./serviceControllers.ts";
export type { BoundService, TargetGroupBindingOptions } from "./targetGroupBinding.ts";
export { WeightedName, weightedNameProblems } from "./weightedName.ts";
export type { WeightedExposure, WeightedNameArgs } from "./weightedName.ts";
export { loadBalancerProblems, nodePortProblems } from "./restrictions.ts";
export { targetSourceProblems } from "./targets.ts";
