/** Who may connect, as the Service says. pkg/service/model_build_managed_sg.go (buildCIDRsFromSourceRanges, buildManagedSecurityGroupIngressPermissions) */
import type { ServiceFacts } from "../../../model/service.ts";
import { everywhere, everywhereInIpv6, ipv4Network, ipv6Network, plainRange } from "../../../addresses.ts";
import { list } from "./annotations.ts";
import { isDualstack } from "./ipAddressTypes.ts";

/** The ranges that the Service names, as the networks that EC2 makes of them. */
export function namedRanges(service: ServiceFacts): readonly string[] {
  return writtenRanges(service).map(inEc2);
}

/**
 * Those that EC2 keeps otherwise than the Service has them. The controller takes what EC2 keeps for another range, and asks for its own again before it revokes that one:
 * EC2 refuses (InvalidPermission.Duplicate). So it opens a security group with such a range once, and cannot change its rules any more.
 * pkg/networking/security_group_reconciler.go (reconcileIngressWithSGInfo)
 */
export function rangesUnlikeEc2(service: ServiceFacts): readonly string[] {
  return writtenRanges(service).filter((range) => inEc2(range) !== range);
}

/** Networks that the Service names in several ways, with the ranges that do. The same words twice count once: the controller compares them. */
export function rangesOfOneNetwork(
  service: ServiceFacts,
): readonly { readonly network: string; readonly ranges: readonly string[] }[] {
  const more = new Set(rangesWithMore(service));
  const ranges = [...new Set(asWritten(service).filter((range) => !more.has(range)))];
  return [...new Set(ranges.map(inEc2))]
    .map((network) => ({ network, ranges: ranges.filter((range) => inEc2(range) === network) }))
    .filter((each) => each.ranges.length > 1);
}

/** Those that Kubernetes takes and EC2 may not: with blanks around them, or a part that begins with zeros. The controller passes both on. */
export function rangesWithMore(service: ServiceFacts): readonly string[] {
  return asWritten(service).filter((range) => (plainRange(range.trim()) ?? range) !== range);
}

/** As the Service has them, without the blanks around them. */
export function writtenRanges(service: ServiceFacts): readonly string[] {
  return asWritten(service).map((range) => range.trim());
}

/** The field comes before the annotation, which the controller reads without the blanks. */
function asWritten(service: ServiceFacts): readonly string[] {
  const { loadBalancerSourceRanges: ranges } = service;
  return ranges.length > 0 ? ranges : (list(service, "sourceRanges") ?? []);
}

export const inEc2 = (range: string): string => ipv4Network(range) ?? ipv6Network(range) ?? range;

/** Ranges and prefix lists, each once. With prefix lists alone, no range is let in. */
export function admittedSources(service: ServiceFacts): readonly string[] {
  const [ranges, lists] = [namedRanges(service), list(service, "prefixLists")];
  const admitted = ranges.length === 0 && lists === undefined ? allOf(service) : ranges;
  return [...new Set([...admitted, ...(lists ?? [])])];
}

function allOf(service: ServiceFacts): readonly string[] {
  return isDualstack(service) ? [everywhere, everywhereInIpv6] : [everywhere];
}
