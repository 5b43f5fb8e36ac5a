import type { Rows } from "./row.ts";
import { annotation, loadBalancer } from "./words.ts";

/** What each way makes of the options for the addresses of the load balancer. Sources are in `row.ts`. */
export const addresses = {
  ipAddressType: {
    nodePort: loadBalancer("ipAddressType"),
    loadBalancer: { cannot: "never sends it, so AWS's ipv4 applies" },
    loadBalancerController: annotation("ip-address-type"),
  },
  scheme: {
    nodePort: loadBalancer("internal"),
    loadBalancer: annotation("internal"),
    loadBalancerController: annotation("scheme"),
  },
  subnetIds: {
    nodePort: loadBalancer("subnets"),
    loadBalancer: annotation("subnets"),
    loadBalancerController: annotation("subnets"),
  },
  eipAllocationIds: {
    nodePort: loadBalancer("subnetMappings"),
    loadBalancer: {
      ...annotation("eip-allocations"),
      but: "takes the subnets in EC2's order, so each zone gets one of the addresses, whichever it is",
    },
    loadBalancerController: annotation("eip-allocations"),
  },
  privateIpv4Addresses: {
    nodePort: loadBalancer("subnetMappings"),
    loadBalancer: {
      cannot:
        "takes the subnets in EC2's order and not in the annotation's, so an address may go to a subnet that does not contain it",
    },
    loadBalancerController: annotation("private-ipv4-addresses"),
  },
} satisfies Rows;
