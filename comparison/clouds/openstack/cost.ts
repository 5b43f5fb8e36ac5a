/** What both ways use. OpenStack has no price of its own: each cloud that runs it has another one. */
import { factsIn } from "../../model/sourceResult.ts";
import type { BySide } from "../../result/bySide.ts";
import type { Cost } from "../../result/comparison.ts";
import type { OpenStackFacts } from "./model.ts";

export function costOf({ left, right }: OpenStackFacts, titles: BySide<string>): Cost {
  const units = { left: unitsOf(left), right: unitsOf(right) };
  const said =
    units.left === units.right
      ? [`either way: ${units.left}`]
      : [`${titles.left}: ${units.left}`, `${titles.right}: ${units.right}`];
  return {
    prices: [],
    region: "any cloud that runs OpenStack",
    date: "",
    source: "https://docs.openstack.org/octavia/latest/reference/introduction.html",
    hoursPerMonth: 730,
    here: [],
    byServices: [],
    notes: [
      ...said,
      "There are no prices: OpenStack is software, and each cloud that runs it charges otherwise. An amphora is a virtual machine with HAProxy; the flavor decides whether there is one or a pair (topology ACTIVE_STANDBY).",
      "One load balancer for several Services saves amphorae and floating IPs: by hand, or with the controller's annotation loadbalancer.openstack.org/load-balancer-id, by default for two Services (max-shared-lb).",
    ],
  };
}

function unitsOf({ loadBalancer }: OpenStackFacts["left"]): string {
  const facts = factsIn(loadBalancer);
  if (facts === undefined) return "not known without its load balancer";
  const machine =
    facts.provider === "amphora"
      ? `1 load balancer: 1 amphora or 2 (flavor ${facts.flavor})`
      : `1 load balancer of the provider ${facts.provider}`;
  return facts.floatingNetwork === "none" ? machine : `${machine}, 1 floating IP`;
}
