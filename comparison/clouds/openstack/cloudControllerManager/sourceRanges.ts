/** The ranges that a Service admits. pkg/openstack/loadbalancer.go (GetLoadBalancerSourceRanges), pkg/util/util.go (SplitTrim), pkg/util/net/sets/ipnet.go (ParseIPNets) */
import { everywhere, ipv4Network, ipv6Network } from "../../../addresses.ts";
import { sourceRangesAnnotation } from "../../../model/service.ts";
import type { ServiceFacts } from "../../../model/service.ts";

/** As the Service names them, and the field or annotation that does; without any, everywhere. */
export function namedRanges({ loadBalancerSourceRanges, annotations }: ServiceFacts): {
  readonly where: string;
  readonly ranges: readonly string[];
} {
  if (loadBalancerSourceRanges.length > 0)
    return { where: "spec.loadBalancerSourceRanges", ranges: loadBalancerSourceRanges };
  const text = annotations[sourceRangesAnnotation]?.trim() ?? "";
  return {
    where: sourceRangesAnnotation,
    ranges: text === "" ? [everywhere] : text.split(/[\s,]+/).filter((range) => range !== ""),
  };
}

/** The network of a range; undefined if it is none. */
export const networkOf = (range: string): string | undefined => {
  const text = range.trim();
  return ipv4Network(text) ?? ipv6Network(text);
};

/** As networks, each once. Those for which the Service is refused are left out. */
export function sourceRanges(service: ServiceFacts): readonly string[] {
  const networks = namedRanges(service).ranges.flatMap((range) => networkOf(range) ?? []);
  return [...new Set(networks)].sort();
}
