/** One behaviour of AWS: what is documented, what the lab does, which tests show it, and what is left. */
export interface Behaviour {
  readonly name: string;
  /** What AWS documents, in our words. */
  readonly documented: string;
  /** Where AWS documents it. */
  readonly source: string;
  readonly lab: string;
  /** Titles of tests by file. Empty if there is nothing to show. */
  readonly shownBy: Readonly<Record<string, readonly string[]>>;
  /** What the lab cannot show; left out if nothing is missing. */
  readonly limit?: Limit;
}

interface Limit {
  readonly text: string;
  /** A sentence for the reports. */
  readonly short: string;
}

const userGuide = "https://docs.aws.amazon.com/elasticloadbalancing/latest";

/** Pages of the Network Load Balancers' user guide. */
export const guide = {
  attributes: `${userGuide}/network/edit-target-group-attributes.html`,
  healthChecks: `${userGuide}/network/target-group-health-checks.html`,
  idleTimeout: `${userGuide}/network/network-load-balancers.html#connection-idle-timeout`,
  listeners: `${userGuide}/network/load-balancer-listeners.html`,
  loadBalancers: `${userGuide}/network/network-load-balancers.html`,
  overview: `${userGuide}/network/introduction.html#network-load-balancer-overview`,
  securityGroups: `${userGuide}/network/load-balancer-security-groups.html`,
  targetGroups: `${userGuide}/network/load-balancer-target-groups.html`,
  troubleshooting: `${userGuide}/network/load-balancer-troubleshooting.html`,
} as const;

/** Files of tests that are named more than once. */
export const tests = {
  connections: "test/live/clouds/aws/balancer/connections.test.ts",
  firewall: "test/live/clouds/aws/balancer/firewall.test.ts",
  health: "test/live/clouds/aws/balancer/health.test.ts",
  routing: "test/live/clouds/aws/balancer/routing.test.ts",
} as const;
