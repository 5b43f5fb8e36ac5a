/** Monthly costs of both ways, from the price table: of this deployment, and of any number of Services. */
import type { BySide } from "../../../result/bySide.ts";
import type { AwsFacts } from "../model.ts";
import type { Cost } from "../../../result/comparison.ts";
import { deploymentOf } from "./deployment.ts";
import type { Deployment, Way } from "./deployment.ts";
import { listenersPerLoadBalancer, prices } from "./prices.ts";

/** The number of Services that fit on one load balancer if each needs one listener. */
const mostServices = listenersPerLoadBalancer;

export function costOf(facts: AwsFacts, titles: BySide<string>): Cost {
  return costOfDeployment(deploymentOf(facts, titles));
}

export function costOfDeployment({ ways, portsPerService, assumption }: Deployment): Cost {
  const [way] = ways;
  const { hoursPerMonth, date, region, source } = prices;
  return {
    prices: [
      {
        item: "Network Load Balancer",
        unit: "hour",
        dollars: prices.loadBalancerHour,
        quantity: `one for each Service, ${hoursPerMonth} hours a month`,
      },
      {
        item: "public IPv4 address",
        unit: "hour",
        dollars: prices.publicAddressHour,
        quantity: "one in each zone of an internet-facing load balancer",
      },
      {
        item: "capacity unit (NLCU)",
        unit: "hour",
        dollars: prices.capacityUnitHour,
        quantity: "by traffic, not in the sums",
      },
      {
        item: "data between zones",
        unit: "GB in each direction",
        dollars: prices.gigabyteBetweenZones,
        quantity: "by traffic, not in the sums",
      },
    ],
    region,
    date,
    source,
    hoursPerMonth,
    here: ways.map((each) => ({
      way: each.title,
      monthly: cents(monthly(1, each)),
      formula: formula(each),
    })),
    byServices: Array.from({ length: mostServices }, (_, index) => index + 1).map((services) => ({
      services,
      oneEach: cents(monthly(services, way)),
      oneShared: cents(monthly(Math.ceil((services * portsPerService) / listenersPerLoadBalancer), way)),
    })),
    notes: notes(ways, assumption),
  };
}

/** Monthly cost of load balancers without traffic. */
function monthly(
  loadBalancers: number,
  { publicAddresses }: Pick<Way, "publicAddresses">,
  loadBalancerHour: number = prices.loadBalancerHour,
): number {
  const { hoursPerMonth, publicAddressHour } = prices;
  return loadBalancers * hoursPerMonth * (loadBalancerHour + publicAddresses * publicAddressHour);
}

/** Dollars a month for one load balancer without traffic. */
export function monthlyCostOf(loadBalancer: Pick<Way, "publicAddresses">): number {
  return cents(monthly(1, loadBalancer));
}

/** The same for a Classic Load Balancer. */
export function monthlyCostOfClassic(loadBalancer: Pick<Way, "publicAddresses">): number {
  return cents(monthly(1, loadBalancer, prices.classic.loadBalancerHour));
}

function formula(way: Way): string {
  const { hoursPerMonth, loadBalancerHour, publicAddressHour } = prices;
  const { publicAddresses: count } = way;
  const addresses =
    count === 0
      ? ""
      : ` + ${count} ${count === 1 ? "address" : "addresses"} x ${hoursPerMonth} h x $${publicAddressHour}`;
  return `1 load balancer x ${hoursPerMonth} h x $${loadBalancerHour}${addresses} = $${cents(monthly(1, way)).toFixed(2)}`;
}

/** What a Service pays of a load balancer that it shares. */
function sharedNote({ title, shared, ...way }: Way): string[] {
  if (shared === undefined) return [];
  const all = shared.own + shared.others;
  const sum = monthly(1, way);
  return [
    `The load balancer of ${title} has ${all} listeners, ${shared.own} of them for this Service. They share its address, and its $${cents(sum).toFixed(2)} a month are paid once for all: $${cents(sum / all).toFixed(2)} for each listener.`,
  ];
}

/** Rounds half up to a cent, despite binary fractions. */
function cents(dollars: number): number {
  return Math.round(Number((dollars * 100).toFixed(6))) / 100;
}

function notes(ways: Deployment["ways"], assumption: string | undefined): string[] {
  const [left, right] = ways.map((way) => cents(monthly(1, way)));
  const unit = cents(prices.hoursPerMonth * prices.capacityUnitHour).toFixed(2);
  return [
    ...(assumption === undefined ? [] : [assumption]),
    left === right
      ? "Both ways cost the same: AWS charges for a load balancer, not for who made it. Kubernetes itself charges for neither."
      : "The costs of the two ways differ because their load balancers differ: one has more public addresses than the other.",
    ...ways.flatMap(sharedNote),
    `The sums are the costs without traffic. Each capacity unit used on average adds $${unit} a month in either way. It is charged by use, so traffic costs about the same on one load balancer as on several. One is 800 new TCP connections a second, 100,000 active ones or 1 GB an hour, whichever is used most; for UDP 400, 50,000 or 1 GB; for TLS 50, 3,000 or 1 GB.`,
    "Data costs more where it crosses zones. A load balancer keeps to its zone unless cross-zone is on, but with externalTrafficPolicy Cluster the node may forward to a pod in another zone; Local avoids it. Both ways behave the same.",
    `One load balancer for all Services is only possible by hand: the AWS cloud controller manager makes one for each Service. Each Service then needs a separate port, and AWS's fixed limit is ${listenersPerLoadBalancer} listeners; beyond it, you need another load balancer.`,
  ];
}
