/** The exposures behind one load balancer, and what they cannot have at the same time. */
import type { Problem } from "../core/validation.ts";
import { loadBalancerQuotasSource, maximumListeners } from "./defaults.ts";

/** An exposure that has listeners, or the load balancer itself if it has ports of its own. */
export interface Member {
  /** In the program. */
  readonly name: string;
  readonly listeners: readonly {
    readonly port: number;
    /** Where the program sets the number: `ports[0]`. */
    readonly propertyPath: string;
  }[];
  readonly nodeInstanceIds: readonly string[];
  /** The ports in Kubernetes' range for node ports that the program names: they are in rules of this member alone. */
  readonly nodePorts: readonly { readonly port: number; readonly propertyPath: string }[];
}

/** What is wrong if `joining` has its listeners beside those of `others`. */
export function memberProblems(joining: Member, others: readonly Member[], loadBalancer: string): Problem[] {
  return [
    ...listenerProblems(joining, others, loadBalancer),
    ...takenProblems(joining, others, loadBalancer),
    ...nodePortProblems(joining, others, loadBalancer),
  ];
}

function listenerProblems(joining: Member, others: readonly Member[], loadBalancer: string): Problem[] {
  const there = others.flatMap(({ listeners }) => listeners).length;
  const { length } = joining.listeners;
  // More than this in one exposure have their own error.
  if (length > maximumListeners || there + length <= maximumListeners) return [];
  const counts = others.map(({ name, listeners }) => `"${name}" ${listeners.length}`).join(", ");
  return [
    {
      propertyPath: "ports",
      reason: `${length} ports are too many: of the ${maximumListeners} listeners that a Network Load Balancer has at most (${loadBalancerQuotasSource}), ${there} of "${loadBalancer}" are taken (${counts}); join another NetworkLoadBalancer, or omit loadBalancer`,
    },
  ];
}

/** AWS has one listener for a number, and for TCP and UDP on it one target group. */
function takenProblems(joining: Member, others: readonly Member[], loadBalancer: string): Problem[] {
  return joining.listeners.flatMap(({ port, propertyPath }) => {
    const owner = others.find(({ listeners }) => listeners.some((listener) => listener.port === port));
    if (owner === undefined) return [];
    return [
      {
        propertyPath: `${propertyPath}.port`,
        reason: `${port} is already the port of a listener of "${owner.name}" on the load balancer "${loadBalancer}", which "${joining.name}" joins as well; AWS has one listener for a number, whether TCP or UDP; choose another number, or have TCP and UDP on one number in one exposure`,
      },
    ];
  });
}

/** AWS keeps a rule once, and no exposure would notice that it needs another one's rule after that one is gone. */
function nodePortProblems(joining: Member, others: readonly Member[], loadBalancer: string): Problem[] {
  return joining.nodePorts.flatMap(({ port, propertyPath }) => {
    const owner = others.find(({ nodePorts }) => nodePorts.some((each) => each.port === port));
    if (owner === undefined) return [];
    return [
      {
        propertyPath,
        reason: `${port} is a port of the nodes that "${owner.name}" names as well, on the load balancer "${loadBalancer}": both need the same rule of the nodes' security group, and AWS keeps it once; choose another number, have both in one exposure, or check at kube-proxy's 10256`,
      },
    ];
  });
}
