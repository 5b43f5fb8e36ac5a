/** Rules of Neutron's security groups that let something in. */
import type { CloudOperations, Opening } from "../../operations.ts";
import { securityGroup } from "../api/objects.ts";
import type { SecurityGroup } from "../api/objects.ts";
import type { OpenStackApi } from "../api/session.ts";

type Rule = SecurityGroup["security_group_rules"][number];

export const groupsIn = (api: OpenStackApi): Promise<readonly SecurityGroup[]> =>
  api.list("network", "v2.0/security-groups", "security_groups", securityGroup);

type FirewallOperations = Pick<CloudOperations, "openings" | "balancerOpenings" | "changeSource" | "close">;

export function firewallOperations(api: OpenStackApi): FirewallOperations {
  const isOf =
    (nodePort: number) =>
    ({ direction, ethertype, port_range_min, port_range_max }: Rule): boolean =>
      direction === "ingress" &&
      ethertype === "IPv4" &&
      port_range_min === nodePort &&
      port_range_max === nodePort;
  return {
    async openings(nodePort) {
      const rules = (await groupsIn(api)).flatMap(({ security_group_rules: of }) => of);
      return rules
        .filter(isOf(nodePort))
        .map(({ id, remote_ip_prefix }): Opening => ({ id, source: remote_ip_prefix ?? undefined }));
    },
    // Who may connect is a matter of its listeners.
    balancerOpenings: () => Promise.resolve([]),
    // https://docs.openstack.org/api-ref/network/v2/#security-group-rules-security-group-rules: they are created, shown and deleted.
    changeSource: () => Promise.reject(new Error("Neutron changes no rule: it can only be deleted")),
    async close({ id }) {
      await api.ask("DELETE", "network", `v2.0/security-group-rules/${id}`);
    },
  };
}
