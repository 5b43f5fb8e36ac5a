/** What the listeners of one exposure need, before anything is declared. */
import type { Input } from "@pulumi/pulumi";
import { isNodePort } from "../core/defaults.ts";
import type { KnownValues } from "../core/onceKnown.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import type { FirewallRule } from "./firewallRules.ts";
import type { ForwardedPort } from "./forwarding.ts";
import { givenChecks, resolveHealthCheck } from "./healthCheck.ts";
import type { CheckedPort } from "./healthCheck.ts";
import { listenersOf } from "./listeners.ts";
import type { ListenerArgs, Listening } from "./listeners.ts";
import { withLocalCheck } from "./localCheck.ts";
import type { LocalCheckOptions } from "./localCheck.ts";
import { besides, firewallOf } from "./loadBalancerFirewall.ts";
import type { Firewall } from "./loadBalancerFirewall.ts";
import type { Member } from "./members.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { sharingPodRules } from "./podRules.ts";
import { policyOfChecks } from "./targetType.ts";
import type { TargetOptions } from "./targetType.ts";

export interface ListenerPlan {
  readonly listeners: readonly (ForwardedPort & Pick<Listening, "names">)[];
  readonly firewall: Firewall;
}

interface Needs {
  readonly ports: readonly ListenerArgs[];
  /** Those of the load balancer included. */
  readonly options: NetworkLoadBalancerOptions;
  readonly subnetCidrs: readonly string[];
  readonly sharedNodeRules: boolean;
  /** The keys of rules on the nodes that are declared apart from load balancers. */
  readonly apart: ReadonlySet<string>;
  /** The keys of rules on the nodes that other load balancers have. @default none */
  readonly ofOthers?: ReadonlySet<string>;
}

export function planListeners({
  ports,
  options,
  subnetCidrs,
  sharedNodeRules,
  apart,
  ofOthers = new Set(),
}: Needs): ListenerPlan {
  const { healthCheck } = withLocalCheck(options);
  const listeners = listenersOf(ports).map((port) => ({
    ...port,
    healthCheck: resolveHealthCheck(port.healthCheck ?? healthCheck, policyOfChecks(options)),
  }));
  const firewall = firewallOf({
    ports: listeners.map(({ name, port, protocol, healthCheck }) => ({
      name,
      port,
      protocol,
      healthCheckPort: healthCheck.port,
    })),
    options,
    subnetCidrs,
    sharedNodeRules,
  });
  const ofTargets = options.targetType === "ip" ? sharingPodRules(firewall, listeners, ofOthers) : firewall;
  return { listeners, firewall: besides(ofTargets, apart) };
}

/**
 * The plan of an exposure that joins a load balancer. A check at a node port is for a node port of its own Service, or of one that is there for the check alone: the
 * rule goes with the exposure, and not with those that all exposures need. Pods have no node ports.
 */
export function joiningPlan(needs: Needs): ListenerPlan {
  const { listeners, firewall } = planListeners(needs);
  const opensNodePort = ({ ipProtocol, ports }: FirewallRule): boolean =>
    needs.options.targetType !== "ip" &&
    ipProtocol !== "icmp" &&
    ports.kind === "fixed" &&
    isNodePort(ports.fromPort);
  const fixed = firewall.fixed.filter((rule) => !opensNodePort(rule));
  const checks = firewall.fixed.filter(opensNodePort);
  const own = (nodePorts: KnownValues<number>) => [...checks, ...firewall.own(nodePorts)];
  return { listeners, firewall: { ...firewall, fixed, own } };
}

/** A port as the program gives it. */
type GivenPort = Omit<CheckedPort, "nodePort"> & { readonly nodePort?: Input<number> };

export function memberOf(
  name: string,
  ports: readonly GivenPort[],
  options: LocalCheckOptions & TargetOptions,
  { nodeInstanceIds }: Pick<ClusterNetwork, "nodeInstanceIds">,
): Member {
  const numbers = ports.map(({ port }) => port);
  const listeners = ports.flatMap(({ port }, index) =>
    numbers.indexOf(port) === index ? [{ port, propertyPath: `ports[${index}]` }] : [],
  );
  // How many pods there are is not known, and no rule opens a node port to them.
  if (options.targetType === "ip") return { name, listeners, nodeInstanceIds: [], nodePorts: [] };
  const checked = ports.map(({ nodePort: _, ...port }) => port);
  const named = [
    ...ports.flatMap(({ nodePort }, index) =>
      typeof nodePort === "number" ? [{ port: nodePort, propertyPath: `ports[${index}].nodePort` }] : [],
    ),
    ...givenChecks(withLocalCheck(options), checked).flatMap(
      ({ propertyPath, check: { port }, ports: of }) =>
        typeof port === "number" && isNodePort(port) && of.length > 0
          ? [{ port, propertyPath: `${propertyPath}.port` }]
          : [],
    ),
  ];
  const nodePorts = named.filter(
    ({ port }, index) => named.findIndex((each) => each.port === port) === index,
  );
  return { name, listeners, nodeInstanceIds, nodePorts };
}
