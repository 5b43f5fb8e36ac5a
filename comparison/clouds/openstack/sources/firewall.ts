/** Rules of security groups that let traffic in to a Service's ports on the nodes. */
import type { NodePort } from "../../../model/later.ts";
import type { FirewallFacts } from "../../../model/firewall.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { SecurityGroup } from "../api/objects.ts";
import { ownGroup } from "../cloudControllerManager/predict.ts";
import { anyProtocol } from "../model.ts";
import type { RuleFacts } from "../model.ts";
import type { NodeNetwork } from "./network.ts";

type Rule = SecurityGroup["security_group_rules"][number];

/**
 * Of all groups of the nodes. The controller names a group of its own after the Service: pkg/openstack/loadbalancer_sg.go (getSecurityGroupName).
 * It counts as that one only where all nodes have it.
 */
export function firewallFacts(
  { all, shared }: NodeNetwork,
  service: ServiceFacts,
  loadBalancer: string,
): FirewallFacts<RuleFacts> {
  const nodes = all.flatMap((group) => {
    const isOwn = group.name === groupNameOf(service);
    const isEverywhere = shared.some(({ id }) => id === group.id);
    const of = {
      identity: { name: isOwn ? loadBalancer : group.name },
      owner: isOwn ? "cloud controller" : "other",
      securityGroup: isOwn && isEverywhere ? ownGroup : group.id,
    } as const;
    return group.security_group_rules
      .filter((rule) => opens(rule, service))
      .map((rule) => ruleFacts(rule, of));
  });
  return { nodes, loadBalancer: [] };
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
