import { everywhere, ipv4Network, networksOf } from "../../../addresses.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, annotationNames } from "./annotations.ts";

/**
 * The ranges as the Service names them, and the field or annotation that does; without any, everywhere.
 * https://github.com/kubernetes/cloud-provider/blob/v0.35.4/service/helpers/helper.go (GetLoadBalancerSourceRanges)
 */
export function namedRanges(service: ServiceFacts): {
  readonly where: string;
  readonly ranges: readonly string[];
} {
  const { loadBalancerSourceRanges } = service;
  if (loadBalancerSourceRanges.length > 0) {
    return { where: "spec.loadBalancerSourceRanges", ranges: networksOf(loadBalancerSourceRanges) };
  }
  const annotated = (annotation(service, "sourceRanges") ?? "").trim();
  return {
    where: annotationNames.sourceRanges,
    ranges: annotated === "" ? [everywhere] : networksOf(annotated.split(",")),
  };
}

/** The admitted ranges, as networks without duplicates. Ranges for which the controller refuses the Service are left out. */
export function sourceRanges(service: ServiceFacts): readonly string[] {
  const networks = namedRanges(service).ranges.flatMap((range) => ipv4Network(range) ?? []);
  return [...new Set(networks)].sort();
}
