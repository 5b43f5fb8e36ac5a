/**
 * Taking over a Network Load Balancer that the AWS cloud controller manager has made. It finds a Service's load balancer by a name that follows from the Service's UID, and leaves a Service
 * alone whose type annotation is "external".
 * kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go (GetLoadBalancer, isLBExternal)
 */
import type { ImportedLoadBalancer } from "../../../../components/aws/index.ts";
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import type { CloudAdoption, Found } from "../../adoption.ts";
import { annotationNames } from "../loadBalancerController/annotations.ts";
import { ownArguments } from "../manifests/ownArguments.ts";
import type { Aws, NlbFacts, RuleFacts } from "../model.ts";
import { loadBalancerName } from "../cloudControllerManager/names.ts";
import { component, imported } from "./component.ts";
import { refusal, returnRefusal, serviceRefusal } from "./refusal.ts";

const { type, targetType } = annotationNames;

export const awsAdoption: CloudAdoption<Aws> = {
  serviceRefusal,
  refusal,
  returnRefusal,
  loadBalancerName,
  component,
  imported,
  argumentsFor,
  identity,
  // With the second annotation the AWS Load Balancer Controller, if there is one, would serve the Service.
  letGo: { [type]: "external", [targetType]: null },
  takeBack: { [type]: "nlb", [targetType]: null },
};

/** Of the Service, or marks that stay as they are: no argument of a load balancer. */
const left = [
  ...["namespace", "selector", "externalTrafficPolicy", "sessionAffinity", "trafficDistribution"],
  ...["tags", "loadBalancerName"],
];

function argumentsFor(found: Found<Aws>): Readonly<Record<string, unknown>> {
  const { service, loadBalancer } = found;
  const made = { kind: "made", ...found } as const;
  const { ports, ...options } = ownArguments(service, { made, service }, [service]);
  const rules = rulesOf(found);
  return {
    ports: ports.map(({ name, port, protocol, healthCheck, tls }, index) => ({
      name,
      port,
      nodePort: service.ports[index]?.nodePort,
      ...withoutUndefined({ protocol, healthCheck, tls }),
    })),
    ...Object.fromEntries(Object.entries(options).filter(([name]) => !left.includes(name))),
    // Tags of subnets may have changed since the controller chose by them.
    subnetIds: loadBalancer.zones.map(({ subnet }) => subnet),
    // The rule for path MTU discovery is that of all load balancers of the controller, or was there before.
    sharedNodeRules: !found.hasOthers && rules.some(({ ipProtocol }) => ipProtocol === "icmp"),
    import: importOf(loadBalancer, rules),
  };
}

const rulesOf = ({ firewall }: Found<Aws>): readonly RuleFacts[] =>
  firewall.nodes.filter(({ owner }) => owner === "cloud controller");

function importOf(
  { identity: { name, id: arn }, listeners, pools }: NlbFacts,
  rules: readonly RuleFacts[],
): ImportedLoadBalancer {
  return {
    name,
    arn,
    listeners: listeners.flatMap(({ port, identity: { id }, forwardsTo }) =>
      pools
        .filter((pool) => forwardsTo.includes(pool.identity.id))
        .map((pool) => ({
          port,
          arn: id,
          targetGroup: {
            name: pool.identity.name,
            arn: pool.identity.id,
            protocol: pool.protocol,
            port: Number(pool.port),
          },
        })),
    ),
    rules: rules.map(({ identity: { id }, ipProtocol, fromPort, toPort, source }) => ({
      ...{ id, ipProtocol, fromPort: Number(fromPort), toPort: Number(toPort), cidrIpv4: source },
    })),
  };
}

/** Without owners and tags, which tell whose it is, and without the targets' health. */
function identity({ loadBalancer, firewall }: Found<Aws>): Readonly<Record<string, unknown>> {
  const { identity: of, address, scheme, attributes, zones, listeners, pools } = loadBalancer;
  const parts = [
    ...listeners.map(({ identity: { id }, owner: _, ...listener }) => [id, listener] as const),
    ...pools.map(
      ({ identity: { id }, owner: _owner, tags: _tags, members, ...pool }) =>
        [id, { ...pool, members: members.map((member) => `${member.id} ${member.port}`).sort() }] as const,
    ),
    ...firewall.nodes.map(({ identity: { id }, owner: _, ...rule }) => [id, rule] as const),
  ];
  return { [of.id]: { address, scheme, attributes, zones }, ...Object.fromEntries<unknown>(parts) };
}
