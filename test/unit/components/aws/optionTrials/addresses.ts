import type { Trials } from "./trial.ts";
import { annotated } from "./trial.ts";

export const addresses = {
  ipAddressType: {
    given: {
      ipAddressType: "dualstack",
      securityGroups: "own",
      loadBalancerSourceRanges: ["203.0.113.0/24", "2001:db8::/32"],
    },
    nodePort: { type: "LoadBalancer", inputs: { ipAddressType: "dualstack" } },
    loadBalancer: undefined,
    loadBalancerController: annotated({ "ip-address-type": "dualstack" }),
  },
  scheme: {
    given: { scheme: "internal" },
    nodePort: { type: "LoadBalancer", inputs: { internal: true } },
    loadBalancer: annotated({ internal: "true" }),
    loadBalancerController: annotated({ scheme: "internal" }),
  },
  subnetIds: {
    given: { subnetIds: ["subnet-b"] },
    nodePort: { type: "LoadBalancer", inputs: { subnets: ["subnet-b"] } },
    loadBalancer: annotated({ subnets: "subnet-b" }),
  },
  eipAllocationIds: {
    given: { subnetIds: ["subnet-b", "subnet-a"], eipAllocationIds: ["eipalloc-b", "eipalloc-a"] },
    nodePort: {
      type: "LoadBalancer",
      inputs: {
        subnetMappings: [
          { subnetId: "subnet-a", allocationId: "eipalloc-a" },
          { subnetId: "subnet-b", allocationId: "eipalloc-b" },
        ],
      },
    },
    loadBalancer: annotated({ subnets: "subnet-b,subnet-a", "eip-allocations": "eipalloc-b,eipalloc-a" }),
  },
  privateIpv4Addresses: {
    given: {
      scheme: "internal",
      subnetIds: ["subnet-b", "subnet-a"],
      privateIpv4Addresses: ["10.0.16.9", "10.0.0.9"],
    },
    nodePort: {
      type: "LoadBalancer",
      inputs: {
        subnetMappings: [
          { subnetId: "subnet-a", privateIpv4Address: "10.0.0.9" },
          { subnetId: "subnet-b", privateIpv4Address: "10.0.16.9" },
        ],
      },
    },
    loadBalancer: undefined,
    loadBalancerController: annotated({ "private-ipv4-addresses": "10.0.16.9,10.0.0.9" }),
  },
} satisfies Trials;
