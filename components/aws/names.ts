import type { Problem } from "../core/validation.ts";

/**
 * Names of load balancers and target groups: at most 32 letters, digits and hyphens, no hyphen at either end, not starting with
 * `internal-`. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
const awsLength = 32;

export const loadBalancerNameRules = `1 to ${awsLength} letters, digits and inner hyphens, not beginning with "internal-"`;

/** Whether AWS takes it as the whole name of a load balancer. */
export function isLoadBalancerName(name: string): boolean {
  return (
    name.length <= awsLength &&
    /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(name) &&
    !name.startsWith("internal-")
  );
}

/** Pulumi appends a hyphen and seven random characters, so that it can create a replacement first. https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming */
const suffixLength = 8;

/** What is wrong with the names that AWS would get: `name` for the load balancer, `name-<port number><suffix>` for the target group of each port. */
export function nameProblems(
  name: string,
  ports: readonly { readonly port: number }[],
  suffix = "",
): Problem[] {
  if (!/^[a-zA-Z0-9][-a-zA-Z0-9]*$/.test(name) || name.startsWith("internal-")) {
    return [
      {
        propertyPath: "name",
        reason: `"${name}" is not allowed as a load balancer's name; allowed are letters, digits and inner hyphens, and it must not start with "internal-"`,
      },
    ];
  }
  const longest = Math.max(0, ...ports.map((port) => String(port.port).length + suffix.length + 1));
  const allowed = awsLength - suffixLength - longest;
  if (name.length <= allowed) return [];
  return [
    {
      propertyPath: "name",
      reason: `"${name}" has ${name.length} characters, so the names of its target groups would have more than ${awsLength}; allowed are ${allowed} with these ports; shorten the name`,
    },
  ];
}
