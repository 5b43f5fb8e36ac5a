/** Pulumi's type tokens of an exposure's resources on OpenStack. */
export const types = {
  loadBalancer: "openstack:loadbalancer/loadBalancer:LoadBalancer",
  floatingIp: "openstack:networking/floatingIp:FloatingIp",
  listener: "openstack:loadbalancer/listener:Listener",
  pool: "openstack:loadbalancer/pool:Pool",
  monitor: "openstack:loadbalancer/monitor:Monitor",
  member: "openstack:loadbalancer/member:Member",
  rule: "openstack:networking/secGroupRule:SecGroupRule",
} as const;
