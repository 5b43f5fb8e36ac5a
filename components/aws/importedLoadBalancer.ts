import type { CustomResourceOptions, Input, InvokeOptions } from "@pulumi/pulumi";
import { RunError } from "@pulumi/pulumi";
import { getListener } from "@pulumi/aws/lb/getListener.js";
import { getLoadBalancer } from "@pulumi/aws/lb/getLoadBalancer.js";
import { getTargetGroup } from "@pulumi/aws/lb/getTargetGroup.js";
import { getSecurityGroupRule } from "@pulumi/aws/vpc/getSecurityGroupRule.js";
import { getSecurityGroupRules } from "@pulumi/aws/vpc/getSecurityGroupRules.js";
import type { Problem } from "../core/validation.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import type { ListenerArgs, ListenerProtocol } from "./listeners.ts";

/** A Network Load Balancer that the AWS cloud controller manager has made, with everything that belongs to it, for a `NetworkLoadBalancer` that takes it over. */
export interface ImportedLoadBalancer {
  /** That the controller gave it. */
  readonly name: string;
  /** Names it in AWS. */
  readonly arn: string;
  /** Those whose ports were asked for. */
  readonly listeners: readonly ImportedListener[];
  /** Its rules in the nodes' security group. */
  readonly rules: readonly ImportedRule[];
}

/** A listener of a load balancer that is taken over, and where it leads. */
export interface ImportedListener {
  /** Where clients connect. */
  readonly port: number;
  /** Names it in AWS. */
  readonly arn: string;
  /** Of its default action. */
  readonly targetGroup: ImportedTargetGroup;
}

/** A target group of a load balancer that is taken over. */
export interface ImportedTargetGroup {
  /** That the controller gave it. */
  readonly name: string;
  /** Names it in AWS. */
  readonly arn: string;
  /** Of the connections to the targets, such as `TCP`. */
  readonly protocol: string;
  /** The Service's node port. */
  readonly port: number;
}

/** A rule that lets traffic in, by what AWS tells rules apart by. */
export interface ImportedRule {
  /** Such as `sgr-0123456789abcdef0`. */
  readonly id: string;
  /** As EC2 has it: `tcp`, `udp` or `icmp`. */
  readonly ipProtocol: string;
  /** The first port, or ICMP's type. */
  readonly fromPort: number;
  /** The last port, or ICMP's code. */
  readonly toPort: number;
  /** An IPv4 range; the controller has no other sources. */
  readonly cidrIpv4: string;
}

/** What {@link findLoadBalancer} looks for. */
export interface LoadBalancerQuery {
  /** The name that the controller gave the load balancer: `a`, then the Service's UID without hyphens, cut to 32 characters. */
  readonly name: string;
  /** Ports of the listeners that it has. */
  readonly ports: readonly number[];
  /** The cluster's network, from `findClusterNetwork`. */
  readonly network: Pick<ClusterNetwork, "nodeSecurityGroupId">;
}

/**
 * Finds a Network Load Balancer that the AWS cloud controller manager has made, its listeners, its target groups, and its rules in the nodes' security group, for
 * the option `import` of a `NetworkLoadBalancer`. It only reads.
 *
 * @throws RunError if it is no Network Load Balancer, or has security groups of its own; what is not there is an error of the provider
 */
export async function findLoadBalancer(
  { name, ports, network }: LoadBalancerQuery,
  opts?: InvokeOptions,
): Promise<ImportedLoadBalancer> {
  const { arn, loadBalancerType, securityGroups } = await getLoadBalancer({ name }, opts);
  if (loadBalancerType !== "network")
    throw new RunError(
      `The load balancer ${name} is of the type "${loadBalancerType}"; only one of the type "network" can be taken over.`,
    );
  if (securityGroups.length > 0)
    throw new RunError(
      `The load balancer ${name} has security groups (${securityGroups.join(", ")}); only one without can be taken over. Move its clients to another one instead.`,
    );
  const [listeners, rules] = await Promise.all([
    Promise.all(ports.map((port) => findListener(arn, port, opts))),
    findRules(name, network.nodeSecurityGroupId, opts),
  ]);
  return { name, arn, listeners, rules };
}

async function findListener(
  loadBalancerArn: string,
  port: number,
  opts?: InvokeOptions,
): Promise<ImportedListener> {
  const { arn, defaultActions } = await getListener({ loadBalancerArn, port }, opts);
  const [action] = defaultActions;
  if (action === undefined) throw new RunError(`The listener ${arn} leads to no target group.`);
  const group = await getTargetGroup({ arn: action.targetGroupArn }, opts);
  return {
    port,
    arn,
    targetGroup: { name: group.name, arn: group.arn, protocol: group.protocol, port: group.port },
  };
}

/** Source: kubernetes/cloud-provider-aws v1.35.0, pkg/providers/v1/aws.go (NLBClientRuleDescription and the two beside it) */
const isOfController = (description: string, loadBalancer: string): boolean =>
  [
    `kubernetes.io/rule/nlb/client=${loadBalancer}`,
    `kubernetes.io/rule/nlb/health=${loadBalancer}`,
    "kubernetes.io/rule/nlb/mtu",
  ].includes(description);

async function findRules(name: string, group: string, opts?: InvokeOptions): Promise<ImportedRule[]> {
  const { ids } = await getSecurityGroupRules({ filters: [{ name: "group-id", values: [group] }] }, opts);
  const rules = await Promise.all(
    ids.map((securityGroupRuleId) => getSecurityGroupRule({ securityGroupRuleId }, opts)),
  );
  return rules
    .filter(({ isEgress, description }) => !isEgress && isOfController(description, name))
    .map(({ id, ipProtocol, fromPort, toPort, cidrIpv4 }) => ({
      id,
      ipProtocol,
      fromPort,
      toPort,
      cidrIpv4,
    }));
}

/** The controller's tags, and its descriptions of rules: nothing depends on them any more, and an import must not change anything. */
const marks = ["tags", "tagsAll", "description"];

/** Options of a resource that the program takes over. @param id none: the program makes it */
export const importing = (id: string | undefined): CustomResourceOptions =>
  id === undefined ? {} : { import: id, ignoreChanges: marks };

/**
 * The listener's target group as it was found, if it still is what the port needs. With another node port or protocol it has to be a new one, with another name.
 */
export function importedTargetGroup(
  imported: ImportedLoadBalancer | undefined,
  {
    port,
    nodePort,
    targetProtocol,
  }: {
    readonly port: number;
    readonly nodePort: Input<number>;
    readonly targetProtocol: ListenerProtocol;
  },
): ImportedTargetGroup | undefined {
  const group = imported?.listeners.find((listener) => listener.port === port)?.targetGroup;
  return group?.port === nodePort && group.protocol === targetProtocol ? group : undefined;
}

/** The id of the rule that was found for this traffic. */
export const importedRule = (
  rules: readonly ImportedRule[],
  wanted: {
    readonly ipProtocol: string;
    readonly fromPort: Input<number> | undefined;
    readonly toPort: Input<number> | undefined;
    readonly cidrIpv4: string | undefined;
  },
): string | undefined =>
  rules.find(
    ({ ipProtocol, fromPort, toPort, cidrIpv4 }) =>
      ipProtocol === wanted.ipProtocol &&
      fromPort === wanted.fromPort &&
      toPort === wanted.toPort &&
      cidrIpv4 === wanted.cidrIpv4,
  )?.id;

/** What is wrong with the ports of a load balancer that is taken over. */
export function importProblems(
  imported: ImportedLoadBalancer | undefined,
  ports: readonly ListenerArgs[],
  options: { readonly loadBalancerName?: string; readonly securityGroups?: unknown },
): Problem[] {
  if (imported === undefined) return [];
  const { name, listeners } = imported;
  const { loadBalancerName, securityGroups } = options;
  return [
    ...(loadBalancerName === undefined || loadBalancerName === name
      ? []
      : [
          {
            propertyPath: "loadBalancerName",
            reason: `"${loadBalancerName}" is not the name of the load balancer that is taken over, ${name}, which AWS cannot change; omit it`,
          },
        ]),
    ...(securityGroups === undefined
      ? []
      : [
          {
            propertyPath: "securityGroups",
            reason:
              "a load balancer that was made without security groups cannot get any, so taking one over would replace it; omit securityGroups",
          },
        ]),
    ...ports.flatMap(({ port, nodePort }, index) => {
      const found = listeners.find((listener) => listener.port === port);
      if (found === undefined || typeof nodePort === "number") return [];
      const reason = `it is known only during the update; a listener that is taken over needs a number: ${found.targetGroup.port}, the port of its target group`;
      return [{ propertyPath: `ports[${index}].nodePort`, reason }];
    }),
  ];
}
