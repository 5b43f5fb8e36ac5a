import type { Rows } from "./row.ts";
import { annotation, annotations, loadBalancer, service } from "./words.ts";

/** What each way makes of the options that say who may connect. Sources are in `row.ts`. */
export const firewall = {
  loadBalancerSourceRanges: {
    nodePort: { by: "SecurityGroupIngressRule: cidrIpv4, one for each range and port" },
    loadBalancer: service("spec.loadBalancerSourceRanges"),
    loadBalancerController: service("spec.loadBalancerSourceRanges"),
  },
  sourcePrefixLists: {
    nodePort: { by: "SecurityGroupIngressRule: prefixListId, one for each list and port" },
    loadBalancer: { cannot: "lets in ranges of addresses only" },
    loadBalancerController: annotation("security-group-prefix-lists"),
  },
  sourceSecurityGroups: {
    nodePort: {
      by: 'SecurityGroupIngressRule: referencedSecurityGroupId, one for each group and port, with securityGroups "own"',
    },
    loadBalancer: { cannot: "lets in ranges of addresses only" },
    loadBalancerController: {
      cannot:
        "lets in ranges and prefix lists only; the rules of given groups (securityGroups) may let in groups",
    },
  },
  securityGroups: {
    nodePort: loadBalancer("securityGroups"),
    loadBalancer: {
      cannot:
        "makes a security group only if its own configuration says so (NLBSecurityGroupMode=Managed), and takes none by an annotation",
    },
    loadBalancerController: {
      ...annotations("security-groups", "manage-backend-security-group-rules"),
      but: "makes its own without the annotation, and gives no groups to a load balancer that was made without",
    },
  },
  enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: {
    nodePort: loadBalancer("enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"),
    loadBalancer: {
      cannot: 'never sends it, so AWS\'s "on" applies to a load balancer with security groups',
    },
    loadBalancerController: annotation("inbound-sg-rules-on-private-link-traffic"),
  },
} satisfies Rows;
