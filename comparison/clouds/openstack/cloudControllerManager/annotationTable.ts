/** What each annotation does, for the documentation. v1.35.0, pkg/openstack/loadbalancer.go (checkService, makeSvcConf, ensureFloatingIP, createLoadBalancerStatus) */
import type { AnnotationName } from "./annotations.ts";

interface Row {
  readonly does: string;
  /** The key of cloud.conf that decides without it. @default none does */
  readonly setting?: string;
  /** What there is without both. */
  readonly byDefault: string;
  /** Whether an empty annotation wins over cloud.conf. @default it is as if it were not there */
  readonly emptyWins?: true;
}

/** By names without `loadbalancer.openstack.org/`. */
export const annotationTable: Readonly<Record<AnnotationName, Row>> = {
  "availability-zone": {
    does: "Octavia's availability zone; set once",
    setting: "availability-zone",
    byDefault: "the cloud's own",
    emptyWins: true,
  },
  class: {
    does: "networks and subnets of a section LoadBalancerClass of cloud.conf; not modelled",
    byDefault: "no class",
  },
  "connection-limit": { does: "connections of a listener at a time", byDefault: "-1, no limit" },
  "default-tls-container-ref": {
    does: "ends TLS with a certificate of Barbican; not modelled",
    setting: "default-tls-container-ref",
    byDefault: "TLS passes through",
    emptyWins: true,
  },
  "enable-health-monitor": {
    does: "whether the pools have a health monitor",
    setting: "create-monitor",
    byDefault: "false",
  },
  "flavor-id": {
    does: "Octavia's flavor; set once",
    setting: "flavor-id",
    byDefault: "the provider's own",
    emptyWins: true,
  },
  "floating-network-id": {
    does: "the external network of the floating IP; set once",
    setting: "floating-network-id",
    byDefault: "the first external network that Neutron lists",
    emptyWins: true,
  },
  "floating-subnet": {
    does: "the floating IP's subnet, by a pattern of its name; not modelled",
    setting: "floating-subnet",
    byDefault: "any",
  },
  "floating-subnet-id": {
    does: "the floating IP's subnet; not modelled",
    setting: "floating-subnet-id",
    byDefault: "any",
  },
  "floating-subnet-tags": {
    does: "the floating IP's subnet, by its tags; not modelled",
    setting: "floating-subnet-tags",
    byDefault: "any",
  },
  "health-monitor-delay": {
    does: "seconds between checks; 0 leaves a monitor as it is",
    setting: "monitor-delay",
    byDefault: "5",
  },
  "health-monitor-max-retries": {
    does: "successes that make a member ONLINE; 0 leaves a monitor as it is",
    setting: "monitor-max-retries",
    byDefault: "1",
  },
  "health-monitor-max-retries-down": {
    does: "failures that make a member ERROR; 0 is left out, and Octavia then takes 3",
    setting: "monitor-max-retries-down",
    byDefault: "3",
  },
  "health-monitor-timeout": {
    does: "seconds until a check has failed; 0 leaves a monitor as it is",
    setting: "monitor-timeout",
    byDefault: "3",
  },
  hostname: { does: "a name in the Service's status, in the place of the address", byDefault: "the address" },
  "keep-floatingip": {
    does: "whether the floating IP stays when the Service is deleted",
    byDefault: "false",
  },
  "lb-method": {
    does: "how a pool chooses a member for a connection",
    setting: "lb-method",
    byDefault: "ROUND_ROBIN",
  },
  "load-balancer-address": { does: "nothing: the controller writes it", byDefault: "-" },
  "load-balancer-id": {
    does: "the load balancer, which Services can share; the controller writes it. Not modelled if others made it",
    byDefault: "a load balancer of its own",
  },
  "member-subnet-id": {
    does: "the members' subnet; those that there are keep theirs",
    setting: "member-subnet-id",
    byDefault: "subnet-id of cloud.conf, or else that of the annotation",
  },
  "network-id": {
    does: "the load balancer's network; not modelled",
    setting: "network-id",
    byDefault: "the subnet's",
  },
  "node-selector": {
    does: "labels of the nodes that become members",
    setting: "node-selector",
    byDefault: "all nodes",
    emptyWins: true,
  },
  "port-id": {
    does: "a port of Neutron with the load balancer's address; not modelled",
    byDefault: "a new one",
  },
  "proxy-protocol": {
    does: "`true` and `v1`, or `v2`: begins each connection with a header of the proxy protocol",
    byDefault: "no header",
  },
  "subnet-id": {
    does: "the load balancer's subnet; set once",
    setting: "subnet-id",
    byDefault: "the first node's",
  },
  "timeout-client-data": { does: "milliseconds without data from the client", byDefault: "50000" },
  "timeout-member-connect": { does: "milliseconds to connect to a member", byDefault: "5000" },
  "timeout-member-data": { does: "milliseconds without data from the member", byDefault: "50000" },
  "timeout-tcp-inspect": { does: "milliseconds to wait for packets for inspection", byDefault: "0" },
  "x-forwarded-for": {
    does: "makes every listener an HTTP one that adds this header; never added to a load balancer, nor removed from it",
    byDefault: "false",
  },
};
