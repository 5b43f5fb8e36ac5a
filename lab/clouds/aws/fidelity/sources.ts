/** What the rows refer to: pages of AWS's documentation, and files of tests. */
const userGuide = "https://docs.aws.amazon.com/elasticloadbalancing/latest";

/** Pages of the user guide for Network Load Balancers. */
export const guide = {
  attributes: `${userGuide}/network/edit-target-group-attributes.html`,
  healthChecks: `${userGuide}/network/target-group-health-checks.html`,
  idleTimeout: `${userGuide}/network/network-load-balancers.html#connection-idle-timeout`,
  listeners: `${userGuide}/network/load-balancer-listeners.html`,
  loadBalancers: `${userGuide}/network/network-load-balancers.html`,
  overview: `${userGuide}/network/introduction.html#network-load-balancer-overview`,
  securityGroups: `${userGuide}/network/load-balancer-security-groups.html`,
  targetGroups: `${userGuide}/network/load-balancer-target-groups.html`,
  tlsListeners: `${userGuide}/network/create-tls-listener.html`,
  weightedRecords: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html",
  troubleshooting: `${userGuide}/network/load-balancer-troubleshooting.html`,
} as const;

/** Files of tests that several rows name. */
export const tests = {
  connections: "test/live/clouds/aws/balancer/connections.test.ts",
  firewall: "test/live/clouds/aws/balancer/firewall.test.ts",
  health: "test/live/clouds/aws/balancer/health.test.ts",
  listeners: "test/live/clouds/aws/api/listeners.test.ts",
  loadBalancers: "test/live/clouds/aws/api/loadBalancers.test.ts",
  proxy: "test/live/clouds/aws/balancer/proxy.test.ts",
  routing: "test/live/clouds/aws/balancer/routing.test.ts",
  securityGroups: "test/live/clouds/aws/api/securityGroups.test.ts",
  targetGroups: "test/live/clouds/aws/api/targetGroups.test.ts",
} as const;
