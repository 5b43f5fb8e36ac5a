/** Who may connect, as the Service says. pkg/service/model_build_managed_sg.go (buildCIDRsFromSourceRanges, buildManagedSecurityGroupIngressPermissions) */
import type { ServiceFacts } from "../../../model/service.ts";
import { everywhere, everywhereInIpv6, ipv4Network, ipv6Network } from "../../../addresses.ts";
import { list } from "./annotations.ts";
import { isDualstack } from "./ipAddressTypes.ts";

/** The ranges that the Service names, as the networks that EC2 makes of them; the field comes before the annotation. */
export function namedRanges(service: ServiceFacts): readonly string[] {
  const { loadBalancerSourceRanges: ranges } = service;
  const named =
    ranges.length > 0 ? ranges.map((range) => range.trim()) : (list(service, "sourceRanges") ?? []);
  return named.map((range) => ipv4Network(range) ?? ipv6Network(range) ?? range);
}

/** Ranges and prefix lists, each once. With prefix lists alone, no range is let in. */
export function admittedSources(service: ServiceFacts): readonly string[] {
  const [ranges, lists] = [namedRanges(service), list(service, "prefixLists")];
  const admitted = ranges.length === 0 && lists === undefined ? allOf(service) : ranges;
  return [...new Set([...admitted, ...(lists ?? [])])];
}

function allOf(service: ServiceFacts): readonly string[] {
  return isDualstack(service) ? [everywhere, everywhereInIpv6] : [everywhere];
}
