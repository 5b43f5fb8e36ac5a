import type { Trials } from "./trial.ts";
import { annotated } from "./trial.ts";

export const firewall = {
  loadBalancerSourceRanges: {
    given: { loadBalancerSourceRanges: ["198.51.100.0/24"] },
    nodePort: { type: "SecurityGroupIngressRule", inputs: { cidrIpv4: "198.51.100.0/24" } },
    loadBalancer: { spec: { loadBalancerSourceRanges: ["198.51.100.0/24"] } },
  },
  sourcePrefixLists: {
    given: { sourcePrefixLists: [{ id: "pl-9", maxEntries: 20 }], loadBalancerSourceRanges: [] },
    nodePort: { type: "SecurityGroupIngressRule", inputs: { prefixListId: "pl-9" } },
    loadBalancer: undefined,
    loadBalancerController: annotated({ "security-group-prefix-lists": "pl-9" }),
  },
  sourceSecurityGroups: {
    given: { securityGroups: "own", sourceSecurityGroups: ["sg-9"] },
    nodePort: { type: "SecurityGroupIngressRule", inputs: { referencedSecurityGroupId: "sg-9" } },
    loadBalancer: undefined,
  },
  securityGroups: {
    given: { securityGroups: ["sg-8", "sg-9"], loadBalancerSourceRanges: [] },
    nodePort: { type: "LoadBalancer", inputs: { securityGroups: ["sg-8", "sg-9"] } },
    loadBalancer: undefined,
    loadBalancerController: annotated({
      "security-groups": "sg-8,sg-9",
      "manage-backend-security-group-rules": "true",
    }),
  },
  enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: {
    given: { securityGroups: "own", enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off" },
    nodePort: {
      type: "LoadBalancer",
      inputs: { enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off" },
    },
    loadBalancer: undefined,
    loadBalancerController: annotated({ "inbound-sg-rules-on-private-link-traffic": "off" }),
  },
} satisfies Trials;
