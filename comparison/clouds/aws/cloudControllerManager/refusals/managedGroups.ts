/** Refusals of the security group that the controller makes for a load balancer. */
import { portMappings } from "../portMappings.ts";
import { firstToKnow } from "../releases.ts";
import type { Refusal } from "./refusal.ts";

export const managedGroupRefusals: readonly Refusal[] = [
  {
    id: "managed-tls",
    refused:
      "a listener with TLS, if the controller is configured with `NLBSecurityGroupMode=Managed`: it asks for a rule with the protocol `tls`, and never comes to the rules on the nodes",
    by: "AWS",
    since: firstToKnow.managedSecurityGroups,
    at: "always",
    source:
      "aws.go (ensureNLBSecurityGroupRules); https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html (IpProtocol)",
    reason({ service, configuration }) {
      if (!configuration.managesSecurityGroups) return undefined;
      const tls = portMappings(service).find(({ listenerProtocol }) => listenerProtocol === "TLS");
      return tls === undefined
        ? undefined
        : `port ${tls.listenerPort} terminates TLS, and NLBSecurityGroupMode is Managed; the controller then asks for a rule with the protocol "tls", and AWS allows tcp, udp, icmp, icmpv6 and numbers`;
    },
  },
];
