/** Refusals of changes to an existing load balancer. */
import { portMappings } from "../portMappings.ts";
import type { Refusal } from "./refusal.ts";

export const updateRefusals: readonly Refusal[] = [
  {
    id: "listener-protocol",
    refused:
      "another protocol for the port of a listener that exists: TCP to UDP or back, or TLS where there was none or back. The controller adds listeners before it deletes others",
    by: "AWS",
    at: "update",
    source:
      "aws_loadbalancer.go (ensureLoadBalancerv2); https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html (DuplicateListener)",
    reason({ service, existing }) {
      const there = existing?.owner === "cloud controller" ? existing.listeners : [];
      for (const { listenerPort, listenerProtocol } of portMappings(service)) {
        const before = there.filter(({ port }) => port === listenerPort).map(({ protocol }) => protocol);
        if (before.length > 0 && !before.includes(listenerProtocol))
          return `the load balancer has a listener ${before.join(", ")} ${listenerPort}, and the Service now asks for ${listenerProtocol} ${listenerPort}; the controller adds that one before it deletes the other, and AWS allows one listener for each port (DuplicateListener); delete the port, wait until its listener is gone, and add it again`;
      }
      return undefined;
    },
  },
];
