import type { Problem } from "./validation.ts";

/**
 * Names of load balancers and target groups: at most 32 letters, digits and hyphens, no hyphen at either end, no beginning
 * `internal-`. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
const awsLength = 32;

/** Pulumi appends a hyphen and seven random characters, so that a replacement can be made first. https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming */
const suffixLength = 8;

/** What is wrong with the names that AWS would see for a load balancer `name` with a target group `name-port<suffix>` for each port. */
export function nameProblems(
  name: string,
  ports: readonly { readonly name: string }[],
  suffix = "",
): Problem[] {
  if (!/^[a-zA-Z0-9][-a-zA-Z0-9]*$/.test(name) || name.startsWith("internal-")) {
    return [
      {
        propertyPath: "name",
        reason: `"${name}" is not allowed as a load balancer's name; allowed are letters, digits and inner hyphens, and no beginning "internal-"`,
      },
    ];
  }
  const longest = Math.max(0, ...ports.map((port) => port.name.length + suffix.length + 1));
  const allowed = awsLength - suffixLength - longest;
  if (name.length <= allowed) return [];
  return [
    {
      propertyPath: "name",
      reason: `"${name}" has ${name.length} characters, and the names of its target groups would have more than ${awsLength}; allowed are ${allowed} with these ports, or shorter port names`,
    },
  ];
}
