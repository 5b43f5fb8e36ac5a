/** The ways to expose the app on AWS, by the names that the configuration and the outputs have for them. */
import type { ServiceControllerName } from "../../../components/aws/index.ts";
import type { StackWay } from "../cloud.ts";

export const awsWays = [
  { name: "nodePort", type: "nodePort" },
  // A load balancer of the program that another Service is behind as well.
  { name: "shared", type: "nodePort" },
  { name: "loadBalancer", type: "loadBalancer" },
  // The AWS Load Balancer Controller's.
  { name: "lbc", type: "loadBalancer" },
] as const satisfies readonly StackWay[];

export type AwsWayName = (typeof awsWays)[number]["name"];

/** @param configured that of the way `loadBalancer` */
export const controllerOf = (way: string, configured: ServiceControllerName): ServiceControllerName =>
  way === "lbc" ? "aws-load-balancer-controller" : configured;
