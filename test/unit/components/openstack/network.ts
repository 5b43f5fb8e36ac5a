import type { ClusterNetwork } from "../../../../components/openstack/index.ts";

/** A cluster of two nodes, with an external network. */
export const network: ClusterNetwork = {
  subnetId: "subnet-1",
  subnetCidr: "10.0.0.0/24",
  nodeSecurityGroupId: "group-1",
  nodes: [
    { name: "node-1", address: "10.0.0.11" },
    { name: "node-2", address: "10.0.0.12" },
  ],
  floatingNetwork: { id: "network-1", name: "public" },
};
