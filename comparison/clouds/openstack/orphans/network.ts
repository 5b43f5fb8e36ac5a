/** Objects of Neutron that nothing needs: floating IPs, ports of load balancers, security groups of the controller and rules on the nodes. */
import { ranges } from "../../../../components/core/defaults.ts";
import type { RemovableOrphan } from "../../../model/orphan.ts";
import { byText } from "../../../sources/order.ts";
import type { SecurityGroup } from "../api/objects.ts";
import { ofServiceIn } from "../sources/clusterName.ts";
import { isGroupOfCluster, isOfOtherCluster, isOnNodes, usersOf, whyGone } from "./existing.ts";
import type { Existing } from "./existing.ts";
import { removal } from "./removal.ts";
import { unitsOf } from "./units.ts";

export const networkOrphans = (existing: Existing): RemovableOrphan[] => [
  ...floatingIpOrphans(existing),
  ...portOrphans(existing),
  ...groupOrphans(existing),
  ...ruleOrphans(existing),
];

/** pkg/openstack/loadbalancer.go (ensureFloatingIP) */
const ofController = /^Floating IP for Kubernetes external service (\S+) from cluster (.*)$/;

/** Whoever made one, but for the controllers of other clusters: it costs while nothing has it. */
function floatingIpOrphans(existing: Existing): RemovableOrphan[] {
  const wanted = existing.services.flatMap(({ loadBalancerIP }) => loadBalancerIP ?? []);
  const unused = existing.floatingIps
    .filter((ip) => ip.port_id === null && !wanted.includes(ip.floating_ip_address))
    .map((ip) => {
      const [, service, cluster = ""] = ofController.exec(ip.description ?? "") ?? [];
      return { ...ip, service, cluster };
    })
    .filter(({ service, cluster }) => service === undefined || !isOfOtherCluster(cluster, existing));
  return byText(unused, (ip) => ip.floating_ip_address).map((ip) => {
    const { id, floating_ip_address: address, service, cluster } = ip;
    return {
      kind: "floating IP",
      name: address,
      id,
      ...(service === undefined ? {} : { service }),
      reason:
        service === undefined
          ? "no port has it, and nothing tells who made it: keepFloatingIp keeps one, and somebody may have reserved it"
          : `no port has it; the controller made it for Service ${service} of cluster ${cluster}, and the annotation keep-floatingip keeps one`,
      monthlyDollars: 0,
      units: unitsOf([], 1),
      parts: [],
      commands: [removal.floatingIp(id)],
    };
  });
}

/** octavia 19.0.0, octavia/network/drivers/neutron/allowed_address_pairs.py (allocate_vip): the port's device is `lb-ID` */
function portOrphans({ ports, loadBalancers }: Existing): RemovableOrphan[] {
  const devices = new Set(loadBalancers.map(({ id }) => `lb-${id}`));
  return byText(
    ports.filter(
      ({ device_owner, device_id }) =>
        device_owner === "Octavia" && device_id.startsWith("lb-") && !devices.has(device_id),
    ),
    ({ name }) => name,
  ).map(({ id, name, device_id }) => ({
    kind: "port",
    name,
    id,
    reason: `Octavia made it for the load balancer ${device_id.replace(/^lb-/, "")}, which does not exist`,
    monthlyDollars: 0,
    parts: [],
    commands: [removal.port(id)],
  }));
}

function groupOrphans(existing: Existing): RemovableOrphan[] {
  const { groups, ports, services } = existing;
  return byText([...groups], ({ name }) => name).flatMap((group): RemovableOrphan[] => {
    const made = ofServiceIn(group);
    if (made === undefined || !isGroupOfCluster(group, existing)) return [];
    const { owner } = made;
    const users = usersOf(group.id, ports);
    const reason =
      whyGone(owner, services) ??
      (services.some(({ identity }) => group.name.startsWith(`lb-sg-${identity.id}-`))
        ? undefined
        : `Service ${owner} was made anew, and has another group`);
    if (reason === undefined) return [];
    return [
      {
        kind: "security group",
        name: group.name,
        id: group.id,
        service: owner,
        reason,
        monthlyDollars: 0,
        parts: openings(group).map((rule) => ({ kind: "rule", name: ruleName(rule), id: rule.id })),
        commands: [
          ...users.map(({ id }) => removal.groupOfPort(group.id, id)),
          removal.securityGroup(group.id),
        ],
      },
    ];
  });
}

type Rule = SecurityGroup["security_group_rules"][number];

const openings = ({ security_group_rules: rules }: SecurityGroup): Rule[] =>
  rules.filter(({ direction }) => direction === "ingress");

const ruleName = ({ protocol, port_range_min: from, remote_ip_prefix: source }: Rule): string =>
  `${protocol ?? "any"} ${from ?? ""} from ${source ?? "anywhere"}`;

/** Rules as NodePortExposure makes them: for one node port, from the nodes' subnet, in a group that the nodes have. */
function ruleOrphans(existing: Existing): RemovableOrphan[] {
  const { groups, services, subnet } = existing;
  const { min, max } = ranges.nodePort;
  const used = new Set(
    services.flatMap(({ ports, healthCheckNodePort }) => [
      ...ports.flatMap(({ protocol, nodePort }) =>
        nodePort === undefined ? [] : [`${protocol.toLowerCase()} ${nodePort}`],
      ),
      ...(healthCheckNodePort === undefined ? [] : [`tcp ${healthCheckNodePort}`]),
    ]),
  );
  return groups
    .filter((group) => !group.name.startsWith("lb-sg-") && isOnNodes(group, existing))
    .flatMap((group) =>
      openings(group)
        .filter(
          ({ protocol, port_range_min: from, port_range_max: to, remote_ip_prefix: source }) =>
            protocol !== null &&
            from !== null &&
            from === to &&
            from >= min &&
            from <= max &&
            source === subnet.cidr &&
            !used.has(`${protocol} ${from}`),
        )
        .map((rule) => ({
          kind: "rule",
          name: `${ruleName(rule)} in ${group.name}`,
          id: rule.id,
          reason: "it is for a node port that no Service has",
          monthlyDollars: 0,
          parts: [],
          commands: [removal.rule(rule.id)],
        })),
    );
}
