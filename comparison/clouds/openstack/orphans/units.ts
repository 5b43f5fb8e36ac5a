/** What load balancers and floating IPs take, as OpenStack has no prices. */
import { octaviaDefaults } from "../../../../components/openstack/defaults.ts";
import { counted } from "../../../difference/inWords.ts";

/** @param providers one for each load balancer */
export function unitsOf(providers: readonly string[], floatingIps: number): string {
  const found = [...new Set(providers)].map((provider) => {
    const balancers = counted(providers.filter((each) => each === provider).length, "load balancer");
    return provider === octaviaDefaults.loadbalancerProvider
      ? `${balancers} of 1 amphora or 2`
      : `${balancers} of the provider ${provider}`;
  });
  return [...found, ...(floatingIps === 0 ? [] : [counted(floatingIps, "floating IP")])].join(", ");
}
