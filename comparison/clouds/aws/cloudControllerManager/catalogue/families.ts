/** A Service's IP families do not reach its load balancer. */
import type { ServiceFacts } from "../../../../model/service.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import type { Entry } from "../../../../difference/entry.ts";
import type { Aws } from "../../model.ts";

/** The policies with which a Service can have IPv4 alone, and IPv4 with IPv6. A Service without IPv4 has no node port that such a load balancer could reach. */
const usual: Readonly<Record<string, readonly string[]>> = {
  IPv4: ["SingleStack", "PreferDualStack"],
  "IPv4, IPv6": ["PreferDualStack", "RequireDualStack"],
};

function hasUsualFamilies({ ipFamilies, ipFamilyPolicy, clusterIPs }: ServiceFacts): boolean {
  const policies = usual[[...ipFamilies].sort().join(", ")] ?? [];
  return policies.includes(ipFamilyPolicy) && clusterIPs.length === ipFamilies.length;
}

const fields = ["ipFamilies", "ipFamilyPolicy", "clusterIPs"];

export const families: Entry<Aws> = {
  id: "ip-families",
  why: "The Services have different IP families, and both load balancers have IPv4 addresses only: the cloud controller manager has no setting for others. Targets are reached over IPv4.",
  affects: "clients inside the cluster, which can use another family's cluster IP",
  remedy: "give both Services the same ipFamilyPolicy",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  expects({ left, right, values }) {
    const balancers = [factsIn(left.loadBalancer), factsIn(right.loadBalancer)];
    if (!balancers.every((each) => each?.ipAddressType === "ipv4")) return [];
    const services = [factsIn(left.service), factsIn(right.service)];
    if (!services.every((service) => service !== undefined && hasUsualFamilies(service))) return [];
    return fields
      .map((field) => `service / ${field}`)
      .map((path) => ({ path, left: values.left.get(path) ?? null, right: values.right.get(path) ?? null }))
      .filter((row) => row.left !== row.right)
      .filter((row, _index, rows) => row.path !== "service / clusterIPs" || rows.length > 1);
  },
};
