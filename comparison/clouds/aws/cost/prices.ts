/**
 * What AWS charges for load balancers, in US dollars without tax.
 * Load balancer and capacity: https://aws.amazon.com/elasticloadbalancing/pricing/
 * Public IPv4 addresses: https://aws.amazon.com/vpc/pricing/
 * Data between zones: https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer_within_the_same_AWS_Region
 */
export const prices = {
  region: "us-east-1 (prices differ between regions)",
  /** The date of the prices. */
  date: "2026-09-20",
  source: "https://aws.amazon.com/elasticloadbalancing/pricing/ and https://aws.amazon.com/vpc/pricing/",
  /** Hours a month in AWS's examples. */
  hoursPerMonth: 730,
  loadBalancerHour: 0.0225,
  /**
   * The price page shows it only in a table that a script fills, so it is of AWS's price list, as others quote it: one copy of it of this date, and a bill of March
   * 2017 with the same line. The list itself was not read.
   */
  classic: {
    loadBalancerHour: 0.025,
    date: "2020-02-11",
    source:
      'AWS\'s price list as others quote it, https://aws.amazon.com/elasticloadbalancing/classicloadbalancer/pricing/ ("$0.025 per LoadBalancer-hour (or partial hour)", usage type LoadBalancerUsage)',
  },
  /** Each public IPv4 address in use, since February 2024; an internet-facing load balancer has one in each zone, a Classic one at least. */
  publicAddressHour: 0.005,
  /** 800 new TCP connections a second, 100,000 active ones or 1 GB an hour, whichever is used most. */
  capacityUnitHour: 0.006,
  /** Per GB from one zone to another; sender and receiver both pay. */
  gigabyteBetweenZones: 0.01,
} as const;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html */
export const listenersPerLoadBalancer = 50;
