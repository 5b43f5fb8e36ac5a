/** Rules of security groups that let traffic in to a Service's ports on the nodes. */
import type { NodePort } from "../../../model/later.ts";
import type { FirewallFacts } from "../../../model/firewall.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { SecurityGroup } from "../api/objects.ts";
import { ownGroup } from "../cloudControllerManager/predict.ts";
import { anyProtocol } from "../model.ts";
import type { OctaviaFacts, RuleFacts } from "../model.ts";
import type { NodeNetwork } from "./network.ts";

type Rule = SecurityGroup["security_group_rules"][number];

/**
 * Of all groups of the nodes. The controller names a group of its own after the Service, and adds it to the members' ports only: pkg/openstack/loadbalancer_sg.go
 * (getSecurityGroupName, applyNodeSecurityGroupIDForLB). A group counts where all members of the load balancer have it; other nodes need none.
 */
export function firewallFacts(
  network: NodeNetwork,
  service: ServiceFacts,
  { identity, pools }: Pick<OctaviaFacts, "identity" | "pools">,
): FirewallFacts<RuleFacts> {
  const members = pools.flatMap((pool) => pool.members.map(({ id }) => id));
  const nodes = network.all.flatMap((group) => {
    const isOwn = group.name === groupNameOf(service);
    const isAtAll = isAtMembers(group, members, network);
    const of = {
      identity: { name: isOwn ? identity.name : group.name },
      owner: isOwn ? "cloud controller" : "other",
      securityGroup: isOwn ? (isAtAll ? ownGroup : group.id) : isAtAll ? group.id : `${group.id}${notAtAll}`,
    } as const;
    return group.security_group_rules
      .filter((rule) => opens(rule, service))
      .map((rule) => ruleFacts(rule, of));
  });
  return { nodes, loadBalancer: [] };
}

/** No group of the nodes is called so: what only some members have is no opening for all. */
const notAtAll = ", which not every member has";

/** Without members, at those that nodes could become. A member whose port is not known has it not. */
function isAtMembers(
  { id }: SecurityGroup,
  members: readonly string[],
  { nodePorts, shared }: NodeNetwork,
): boolean {
  return members.length === 0
    ? shared.some((group) => group.id === id)
    : members.every((address) => nodePorts.get(address)?.security_groups.includes(id) === true);
}

/** With at most 255 characters. */
export const groupNameOf = ({ identity: { id, name }, namespace }: ServiceFacts): string =>
  `lb-sg-${id}-${namespace}-${name}`.slice(0, 255);

function opens(rule: Rule, { ports, healthCheckNodePort }: ServiceFacts): boolean {
  if (rule.direction !== "ingress" || rule.ethertype !== "IPv4") return false;
  const [from, to] = [rule.port_range_min ?? 1, rule.port_range_max ?? 65535];
  const isIn = (port: NodePort | undefined, protocol: string): boolean =>
    typeof port === "number" &&
    port >= from &&
    port <= to &&
    (rule.protocol === null || rule.protocol === protocol);
  return (
    ports.some(({ nodePort, protocol }) => isIn(nodePort, protocol.toLowerCase())) ||
    isIn(healthCheckNodePort, "tcp")
  );
}

interface OfGroup extends Pick<RuleFacts, "owner" | "securityGroup"> {
  readonly identity: { readonly name: string };
}

function ruleFacts(rule: Rule, { identity: { name }, owner, securityGroup }: OfGroup): RuleFacts {
  return {
    identity: { name, id: rule.id },
    owner,
    securityGroup,
    protocol: rule.protocol ?? anyProtocol,
    fromPort: rule.port_range_min ?? 1,
    toPort: rule.port_range_max ?? 65535,
    source: rule.remote_ip_prefix ?? rule.remote_group_id ?? "0.0.0.0/0",
  };
}
