import ipaddr from "ipaddr.js";
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation, annotationNames } from "./annotations.ts";
import { Refused } from "./refused.ts";

export const everywhere = "0.0.0.0/0";

/**
 * The admitted ranges: those of the Service's specification, else of its annotation, else everywhere. They are networks without duplicates.
 * https://github.com/kubernetes/cloud-provider/blob/v0.35.4/service/helpers/helper.go (GetLoadBalancerSourceRanges)
 *
 * @throws Refused
 */
export function sourceRanges(service: ServiceFacts): readonly string[] {
  const { loadBalancerSourceRanges } = service;
  if (loadBalancerSourceRanges.length > 0) {
    return networks(loadBalancerSourceRanges, "spec.loadBalancerSourceRanges");
  }
  const annotated = (annotation(service, "sourceRanges") ?? "").trim();
  return annotated === "" ? [everywhere] : networks(annotated.split(","), annotationNames.sourceRanges);
}

function networks(ranges: readonly string[], where: string): string[] {
  return [...new Set(ranges.map((range) => network(range.trim(), where)))].sort();
}

function network(range: string, where: string): string {
  // The controller takes an IPv6 range too, sends it as an IPv4 one, and EC2 refuses the rule (updateInstanceSecurityGroupForNLBTraffic).
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(range)) {
    throw new Refused(
      `${where} has "${range}"; allowed are IPv4 ranges in CIDR notation, such as 203.0.113.0/24`,
    );
  }
  const [, length] = ipaddr.IPv4.parseCIDR(range);
  return `${ipaddr.IPv4.networkAddressFromCIDR(range).toString()}/${length}`;
}
