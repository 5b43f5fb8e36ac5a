/** How the scenarios' exposures are declared on OpenStack. */
import * as v from "valibot";
import {
  findClusterNetwork,
  LoadBalancerExposure,
  NodePortExposure,
} from "../../../../components/openstack/index.ts";
import type { CloudTestbed } from "../../testbed.ts";

/** What a program has to know: OpenStack's objects do not tell which cluster they belong to. */
const known = v.object({
  subnetId: v.string(),
  securityGroupId: v.string(),
  floatingNetworkId: v.string(),
  loadbalancerProvider: v.string(),
});

/**
 * A variant is its options there. Whether the client's address is kept, whether an address uses the members of other zones, and how long a member is drained are no
 * choice on OpenStack, so variants that differ only in these are alike.
 */
export const openstackTestbed: CloudTestbed = {
  async connect({ tag, account }) {
    const { subnetId, securityGroupId, floatingNetworkId, loadbalancerProvider } = v.parse(known, account);
    const network = await findClusterNetwork({
      subnetId,
      nodeSecurityGroupId: securityGroupId,
      floatingNetworkId,
    });
    return {
      nodePort(resourceName, _name, { options, ports }, pods) {
        const args = { ...options, ...pods, ports, network, loadbalancerProvider, tags: [tag.key] };
        return { exposure: new NodePortExposure(resourceName, args), shared: [] };
      },
      // The controller gives its load balancer no tags of ours, but the Service's name.
      loadBalancer: (resourceName, { options, ports }, pods, dependsOn) =>
        new LoadBalancerExposure(
          `${resourceName}-${tag.word}`,
          { ...options, ...pods, ports },
          { dependsOn: [...dependsOn] },
        ),
    };
  },
};
