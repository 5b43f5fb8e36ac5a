/** Whether the statements of the question and its answers are true on OpenStack, where that depends on the cloud. */
import type { CloudStatement, Truth } from "../../statements/truth.ts";
import { loadBalancerSource, securityGroupSource } from "./cloudControllerManager/upstream.ts";

const octaviaTerms = "https://docs.openstack.org/octavia/latest/reference/glossary.html";

export const statements: Readonly<Record<CloudStatement, Truth>> = {
  "no-udp": {
    verdict: "outdated",
    why: "Octavia has UDP listeners, and the OpenStack cloud controller manager takes TCP and UDP in one Service: each port gets a listener of its own protocol.",
    source: `${loadBalancerSource} (getListenerProtocol)`,
  },
  "forwards-to-node-ports": {
    verdict: "true by default",
    why: "Every member of a pool is a node's address and a node port. A Service without node ports gets pools without members.",
    source: `${loadBalancerSource} (buildBatchUpdateMemberOpts)`,
  },
  "other-clouds": {
    verdict: "true",
    why: "OpenStack's cloud controller manager asks Octavia for a load balancer. With Octavia's own driver that is software: HAProxy in a virtual machine, an amphora.",
    source: octaviaTerms,
  },
  "only-by-load-balancer": {
    verdict: "imprecise",
    why: "Its node port and cluster IP answer like those of a NodePort Service, if the firewall allows it. With manage-security-groups, the controller lets only the load balancer's subnet reach the node port.",
    source: `${securityGroupSource} (ensureAndUpdateOctaviaSecurityGroup)`,
  },
  "own-address": {
    verdict: "true by default",
    why: "A load balancer has one address in its subnet, and an external one gets a floating IP. Services can share a load balancer, and then its address.",
    source: `${loadBalancerSource} (ensureFloatingIP)`,
  },
  "only-healthy": {
    verdict: "imprecise",
    why: "Only with a health monitor, which the controller makes with create-monitor=true or by annotation, and only once checks have failed. It spreads connections, not requests.",
    source: `${loadBalancerSource} (ensureOctaviaHealthMonitor)`,
  },
};
