export { EchoApp } from "./echoApp.ts";
export type { EchoAppArgs } from "./echoApp.ts";
export type { Addresses } from "./address.ts";
export type {
  Exposure,
  ExposureArgs,
  ExposureOptions,
  ExternalTrafficPolicy,
  Protocol,
  Scheme,
  ServicePort,
  SessionAffinity,
  TrafficDistribution,
  Workload,
} from "./exposure.ts";
export type { ListenerPort, Problem } from "./validation.ts";
export { nodePortOf } from "./service.ts";
