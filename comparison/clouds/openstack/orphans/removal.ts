/** How to remove what is left behind, with OpenStack's own client: https://docs.openstack.org/python-openstackclient/latest/cli/command-list.html */

/** One command for each kind of object. */
export const removal = {
  /** With its listeners, pools and monitors. */
  loadBalancer: (id: string) => `openstack loadbalancer delete --cascade ${id}`,
  listener: (id: string) => `openstack loadbalancer listener delete ${id}`,
  pool: (id: string) => `openstack loadbalancer pool delete ${id}`,
  floatingIp: (id: string) => `openstack floating ip delete ${id}`,
  port: (id: string) => `openstack port delete ${id}`,
  securityGroup: (id: string) => `openstack security group delete ${id}`,
  /** Neutron deletes no group that a port has. */
  groupOfPort: (group: string, port: string) => `openstack port unset --security-group ${group} ${port}`,
  rule: (id: string) => `openstack security group rule delete ${id}`,
} as const;
