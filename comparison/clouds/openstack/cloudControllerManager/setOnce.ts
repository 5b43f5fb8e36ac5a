/** What the controller gives a load balancer when it makes it, and does not bring to what the Service asks for later. pkg/openstack/loadbalancer.go */
import type { ServiceFacts } from "../../../model/service.ts";
import type { ControllerSettings } from "../model.ts";
import { methods } from "./refusals/octavia.ts";
import { lbMethodOf, monitorTimingOf, maxRetriesDownOf } from "./settings.ts";

interface Asked {
  readonly service: ServiceFacts;
  readonly settings: ControllerSettings | undefined;
  /** The paths of all values that are not as predicted. */
  readonly unlike: ReadonlySet<string>;
}

interface Rule {
  readonly path: RegExp;
  /** @default always */
  readonly holds?: (asked: Asked) => boolean;
}

const rules: readonly Rule[] = [
  // Only the request that makes a load balancer or a pool has them (createOctaviaLoadBalancer, buildPoolCreateOpt). A pool keeps its name when an earlier port goes.
  {
    path: /^loadBalancer \/ (vipSubnet|provider|flavor|availabilityZone|pools \/ .+ \/ (name|sessionPersistence|memberSubnet))$/,
  },
  // A floating IP that the load balancer has is kept, whichever network is asked for (ensureFloatingIP).
  {
    path: /^loadBalancer \/ floatingNetwork$/,
    holds: ({ unlike }) => !unlike.has("loadBalancer / scheme"),
  },
  // If Octavia refuses the new one, there is an event, and the pool stays as it is (ensureOctaviaPool).
  {
    path: /^loadBalancer \/ pools \/ .+ \/ lbMethod$/,
    holds: ({ service, settings }) => !methods.includes(lbMethodOf(service, settings)),
  },
  ...leftOut(
    "intervalSeconds",
    ({ service, settings }) => monitorTimingOf(service, settings).intervalSeconds,
  ),
  ...leftOut("timeoutSeconds", ({ service, settings }) => monitorTimingOf(service, settings).timeoutSeconds),
  ...leftOut(
    "healthyThresholdCount",
    ({ service, settings }) => monitorTimingOf(service, settings).healthyThresholdCount,
  ),
  ...leftOut("unhealthyThresholdCount", ({ service, settings }) => maxRetriesDownOf(service, settings)),
];

/** An update leaves 0 out. gophercloud v2.8.0, openstack/loadbalancer/v2/monitors/requests.go (UpdateOpts) */
function leftOut(field: string, valueOf: (asked: Asked) => number): Rule[] {
  return [
    {
      path: new RegExp(`^loadBalancer / pools / .+ / healthCheck / ${field}$`),
      holds: (asked) => valueOf(asked) === 0,
    },
  ];
}

export const isSetOnce = (path: string, asked: Asked): boolean =>
  rules.some(({ path: pattern, holds }) => pattern.test(path) && holds?.(asked) !== false);
