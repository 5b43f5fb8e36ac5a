import type { Problem } from "../core/validation.ts";
import { annotations } from "./annotations.ts";
import { leastControllerRules, noControllerRules } from "./controllerRules.ts";
import type { ControllerRules } from "./controllerRules.ts";
import type { CheckedPort } from "./healthCheck.ts";
import {
  loadBalancerClass,
  loadBalancerControllerAnnotations,
  loadBalancerControllerProblems,
} from "./loadBalancerController.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { loadBalancerProblems } from "./restrictions.ts";

/** The controllers that make Network Load Balancers of LoadBalancer Services. */
export const serviceControllerNames = [
  "aws-cloud-controller-manager",
  "aws-load-balancer-controller",
] as const;

/** The controller that makes the load balancer of a LoadBalancer Service, by the name that its project gives it. */
export type ServiceControllerName = (typeof serviceControllerNames)[number];

export const defaultController: ServiceControllerName = "aws-cloud-controller-manager";

/** How a controller is told what to make. */
export interface ServiceController {
  /** @default none: the Service is the cloud controller manager's */
  readonly loadBalancerClass?: string;
  annotations(options: NetworkLoadBalancerOptions, ports: readonly CheckedPort[]): Record<string, string>;
  /** @param others rules that the cloud controller manager adds for other Services. @default none */
  problems(
    options: NetworkLoadBalancerOptions,
    ports: readonly CheckedPort[],
    others?: ControllerRules,
  ): Problem[];
  /** The least rules that it adds to the nodes' security group for one Service alone. */
  rules(options: NetworkLoadBalancerOptions, ports: readonly CheckedPort[]): ControllerRules;
}

export const serviceControllers: Readonly<Record<ServiceControllerName, ServiceController>> = {
  "aws-cloud-controller-manager": {
    annotations,
    problems: loadBalancerProblems,
    rules: leastControllerRules,
  },
  "aws-load-balancer-controller": {
    loadBalancerClass,
    annotations: loadBalancerControllerAnnotations,
    problems: loadBalancerControllerProblems,
    // One for each protocol, which all its Services share.
    rules: () => noControllerRules,
  },
};
