/** What one of the two ways cannot do. No option is dropped silently: the error says which way can do it. */
import type { ListenerPort, Problem } from "../core/validation.ts";
import { octaviaProblems } from "./optionProblems.ts";
import type { OctaviaOptions } from "./options.ts";

/** Everything that is wrong with the options of a NodePortExposure or an OctaviaLoadBalancer. */
export const nodePortProblems: (options: OctaviaOptions, ports: readonly ListenerPort[]) => Problem[] =
  octaviaProblems;

/** Everything that is wrong with the options of a LoadBalancerExposure. kubernetes/cloud-provider-openstack v1.35.0, pkg/openstack/loadbalancer.go */
export function loadBalancerProblems(options: OctaviaOptions, ports: readonly ListenerPort[]): Problem[] {
  return [...octaviaProblems(options, ports), ...withoutAnnotation(options)];
}

/** Options without an annotation, and what decides instead. */
const cannot = {
  loadbalancerProvider: "has one for all Services, lb-provider in its cloud.conf",
  tags: "gives a load balancer its own tags only",
} as const satisfies Partial<Record<keyof OctaviaOptions, string>>;

function withoutAnnotation(options: OctaviaOptions): Problem[] {
  return Object.entries(cannot).flatMap(([propertyPath, reason]) => {
    const value: unknown = options[propertyPath as keyof typeof cannot];
    if (value === undefined) return [];
    return [
      {
        propertyPath,
        reason: `${JSON.stringify(value)} cannot be set: the OpenStack cloud controller manager ${reason}; omit it, or use a NodePortExposure`,
      },
    ];
  });
}
