/** Who is let in to the nodes by security groups. Clients are let in by the listeners' allowed CIDRs, which are compared as such. */
import type { Admission } from "../cloud.ts";
import type { Exposure } from "../../model/exposure.ts";
import type { ServiceFacts } from "../../model/service.ts";
import { factsIn } from "../../model/sourceResult.ts";
import { covers as contains } from "../../../components/core/sourceRanges.ts";
import type { NodePort } from "../../model/later.ts";
import { anyProtocol } from "./model.ts";
import type { OctaviaFacts, OpenStackClusterFacts, RuleFacts } from "./model.ts";

const portsOf = ({ ports, healthCheckNodePort }: ServiceFacts) => [
  ...ports.map(({ nodePort }) => nodePort),
  healthCheckNodePort,
];

/** Ports that are not known yet are covered by themselves alone. */
function covers({ fromPort, toPort }: RuleFacts, port: NodePort | undefined): boolean {
  if (port === fromPort) return true;
  return [fromPort, toPort, port].every((each) => typeof each === "number")
    ? Number(fromPort) <= Number(port) && Number(port) <= Number(toPort)
    : false;
}

export const admission: Admission = {
  concerns: (opening, service) => portsOf(service).some((port) => covers(opening as RuleFacts, port)),
  // The facts of a load balancer have no openings of its own.
  isOnlyFor: () => false,
  causes: (_pair, unexplained) => ({ causes: [], rest: unexplained }),
  shutOut: (exposure, cluster) => shutOut(exposure, cluster as OpenStackClusterFacts),
  opensMore: () => [],
  fillLevels: () => [],
};

/** Of the health monitors that do not connect by TCP. */
const transports: Readonly<Record<string, string>> = { "UDP-CONNECT": "udp", SCTP: "sctp" };

/** Nodes answer a health monitor only at ports that the load balancer's subnet may reach. */
function shutOut({ loadBalancer, firewall }: Exposure, { subnetCidr }: OpenStackClusterFacts): string[] {
  const pools = (factsIn(loadBalancer) as OctaviaFacts | undefined)?.pools ?? [];
  const rules = factsIn(firewall)?.nodes as readonly RuleFacts[] | undefined;
  if (rules === undefined) return [];
  return pools
    .filter(({ healthCheck }) => healthCheck.enabled)
    .map(({ protocol, port, healthCheck }) => ({
      protocol: transports[healthCheck.protocol] ?? "tcp",
      port: healthCheck.port === "traffic-port" ? port : healthCheck.port,
      of: protocol,
    }))
    .filter(
      ({ protocol, port }) =>
        !rules.some(
          (rule) =>
            [protocol, anyProtocol].includes(rule.protocol) &&
            covers(rule, port) &&
            (rule.source === subnetCidr || contains([rule.source], subnetCidr)),
        ),
    )
    .map(
      ({ protocol, port, of }) =>
        `the health monitor of a ${of} pool cannot reach the nodes: no rule lets ${subnetCidr} in to ${protocol} ${port}`,
    );
}
