import { clusterOf } from "../../../comparison/clouds/openstack/plan/cluster.ts";
import {
  findClusterNetwork,
  LoadBalancerExposure,
  NodePortExposure,
} from "../../../components/openstack/index.ts";
import type { Connection } from "../cloud.ts";
import type { OpenStackSettings } from "./settings.ts";

export async function connect(
  clusterName: string,
  { network: known, options, controllerSettings }: OpenStackSettings,
): Promise<Connection> {
  const network = await findClusterNetwork(known);
  return {
    // Neutron has quotas of rules for a project, not for a group, and tells them to administrators only.
    checkRoom: () => Promise.resolve(),
    providers: {},
    cluster: clusterOf(clusterName, network, controllerSettings),
    // Each way declares all that it needs.
    shared: () => [],
    declare({ type }, name, args, opts) {
      if (type === "loadBalancer")
        return { exposure: new LoadBalancerExposure(name, { ...options, ...args }, opts) };
      const exposure = new NodePortExposure(
        name,
        // What the controller's settings decide for its load balancers.
        { ...options, ...args, network, loadbalancerProvider: controllerSettings.lbProvider },
        opts,
      );
      const { loadBalancer } = exposure;
      return {
        exposure,
        complete: loadBalancer.address,
        outputs: { loadBalancerId: loadBalancer.loadBalancer.id },
      };
    },
    // Neither way has a name in DNS.
    weightedName: () => undefined,
    // The program's component for Octavia takes none over.
    adopt: () => undefined,
  };
}
