/** What one of the two ways cannot do. No option is dropped silently: the error says which way can do it. */
import type { ListenerPort, Problem } from "../core/validation.ts";
import { octaviaProblems } from "./optionProblems.ts";
import type { OctaviaOptions } from "./options.ts";
import { support } from "./support.ts";
import type { OptionSupport } from "./support.ts";

/** Everything that is wrong with the options of a NodePortExposure or an OctaviaLoadBalancer. */
export const nodePortProblems: (options: OctaviaOptions, ports: readonly ListenerPort[]) => Problem[] =
  octaviaProblems;

/** Everything that is wrong with the options of a LoadBalancerExposure. kubernetes/cloud-provider-openstack v1.35.0, pkg/openstack/loadbalancer.go */
export function loadBalancerProblems(options: OctaviaOptions, ports: readonly ListenerPort[]): Problem[] {
  return [...octaviaProblems(options, ports), ...withoutAnnotation(options)];
}

function withoutAnnotation(options: OctaviaOptions): Problem[] {
  return Object.entries(support).flatMap(([propertyPath, { loadBalancer }]: [string, OptionSupport]) => {
    const value: unknown = options[propertyPath as keyof OctaviaOptions];
    if (value === undefined || !("cannot" in loadBalancer)) return [];
    return [
      {
        propertyPath,
        reason: `${JSON.stringify(value)} cannot be set: the OpenStack cloud controller manager ${loadBalancer.cannot}; omit it, or use a NodePortExposure`,
      },
    ];
  });
}
