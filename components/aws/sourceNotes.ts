/** What becomes of source ranges where targets do not see the clients' addresses. */
import { defaults } from "../core/defaults.ts";
import { givenChecks } from "./healthCheck.ts";
import type { CheckedPort } from "./healthCheck.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import type { ServiceControllerName } from "./serviceControllers.ts";
import { policyOfChecks, preservesClientIp } from "./targetType.ts";

/** Who makes the load balancer. */
export type Maker = "program" | ServiceControllerName;

/**
 * Targets then see the load balancer's addresses, so only its own security groups can tell clients apart. The AWS cloud controller manager opens a node port to the load balancer
 * for health checks only.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html#target-security-groups
 */
export function sourceNotes(
  options: NetworkLoadBalancerOptions,
  ports: readonly CheckedPort[],
  maker: Maker,
): string[] {
  const { loadBalancerSourceRanges, securityGroups } = options;
  const tcp = ports.some(({ protocol }) => (protocol ?? defaults.protocol) === "TCP");
  if (preservesClientIp(options) || !tcp || loadBalancerSourceRanges.includes("0.0.0.0/0")) return [];
  if (securityGroups !== undefined || maker === "aws-load-balancer-controller") return [];
  const seen = "preserveClientIp: targets see the load balancer's addresses, not the clients'.";
  if (maker === "program")
    return [
      `${seen} Whoever reaches the load balancer is let in, whatever loadBalancerSourceRanges says: set securityGroups to "own", and the load balancer checks the clients.`,
    ];
  const byDefault = policyOfChecks(options) === "Local" ? "healthCheckNodePort" : "traffic-port";
  const checksElsewhere = givenChecks(options, ports).some(
    ({ check, ports: of }) => of.length > 0 && (check.port ?? byDefault) !== "traffic-port",
  );
  const remedy =
    'set controller to "aws-load-balancer-controller", which gives the load balancer a security group';
  return [
    checksElsewhere
      ? `${seen} The AWS cloud controller manager opens the node port to loadBalancerSourceRanges alone, since health checks go to another port: no request is answered unless these have the load balancer's subnets. Add them, or ${remedy}.`
      : `${seen} Whoever reaches the load balancer is let in, whatever loadBalancerSourceRanges says: ${remedy}.`,
  ];
}
