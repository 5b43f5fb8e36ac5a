/** What a user should know of what the controller makes of a Service, one sentence each. */
import type { ServiceFacts } from "../../../model/service.ts";
import type { AwsClusterFacts } from "../model.ts";
import { annotationNames, flag, list } from "./annotations.ts";
import { droppedPorts, mergesProtocols } from "./portMappings.ts";
import { ownGroupName, sharedGroupName } from "./names.ts";
import { later } from "../../../model/later.ts";
import { groupsOf } from "./securityGroups.ts";
import { inEc2, rangesUnlikeEc2 } from "./sourceRanges.ts";
import { targetTypeOf } from "./targetType.ts";

export function notes(service: ServiceFacts, cluster: AwsClusterFacts): readonly string[] {
  return [
    ...dropped(service),
    ...merged(service),
    ...groups(service, cluster),
    ...closedNodes(service, cluster),
    ...stuck(service, cluster),
  ];
}

/** test/live/clouds/aws/loadBalancerController/model.test.ts: the first time it works. */
function stuck(service: ServiceFacts, cluster: AwsClusterFacts): string[] {
  const [range] = rangesUnlikeEc2(service);
  return range === undefined || groupsOf(service, cluster).kind !== "own"
    ? []
    : [
        `The next change of the Service will fail: EC2 keeps the source range ${range} as ${inEc2(range)}, the controller asks for its own again, and EC2 refuses it (InvalidPermission.Duplicate). Name ${inEc2(range)}.`,
      ];
}

function dropped(service: ServiceFacts): string[] {
  return droppedPorts(service).map(
    ({ protocol, port }) =>
      `${protocol} ${port} gets no listener, and nothing says so: another port has the number ${port}, and the controller makes one listener for each number. ${annotationNames.tcpUdp}: "true" makes one listener for both.`,
  );
}

/** pkg/service/model_build_listener.go (buildListenersWithTCPUDPSupport): the first port's node port takes both. */
function merged(service: ServiceFacts): string[] {
  if (!mergesProtocols(service) || targetTypeOf(service) === "ip") return [];
  const { ports } = service;
  return ports.flatMap((port, index) => {
    const first = ports.find((each) => each.port === port.port);
    const isOther = first !== undefined && ports.indexOf(first) < index && first.nodePort !== port.nodePort;
    return isOther
      ? [
          `${port.protocol} ${port.port} goes to node port ${first.nodePort ?? "none"}, which is that of ${first.protocol}: a target group has one port. Give both the same nodePort.`,
        ]
      : [];
  });
}

function groups(service: ServiceFacts, cluster: AwsClusterFacts): string[] {
  const { kind, backend } = groupsOf(service, cluster);
  if (backend === undefined) return [];
  const own = ownGroupName(service, cluster);
  const what = `the group that all the controller's load balancers share ("[k8s] Shared Backend SecurityGroup for LoadBalancer")`;
  const name = sharedGroupName(cluster);
  return kind === "own"
    ? [
        `The load balancer has two security groups: one of its own${own === later ? "" : `, ${own}`} ("[k8s] Managed SecurityGroup for LoadBalancer"), which lets the clients in, and ${name}, ${what}. The nodes let in that group: one rule for each protocol, from the lowest to the highest port of all its target groups.`,
      ]
    : [`The nodes let in ${name}, ${what}: one rule for each protocol.`];
}

function closedNodes(service: ServiceFacts, cluster: AwsClusterFacts): string[] {
  const { kind, backend } = groupsOf(service, cluster);
  const ranges = service.loadBalancerSourceRanges;
  return [
    ...(kind === "given" && backend === undefined
      ? [
          `The controller does not open the nodes, since the Service names the load balancer's security groups: open them yourself for ${(list(service, "securityGroups") ?? []).join(", ")}, or set ${annotationNames.manageNodeRules}: "true".`,
        ]
      : []),
    ...(kind === "given" && ranges.length > 0
      ? [
          `spec.loadBalancerSourceRanges (${ranges.join(", ")}) has no effect: the controller does not change security groups that the Service names.`,
        ]
      : []),
    ...(kind === "none" && flag(service, "manageNodeRules") === false
      ? [`The controller does not open the nodes, since ${annotationNames.manageNodeRules} is false.`]
      : []),
  ];
}
