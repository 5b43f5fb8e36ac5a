/** What scenarios do to load balancers and their firewall rules, through the AWS API. */
import {
  ModifySecurityGroupRulesCommand,
  paginateDescribeSecurityGroupRules,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import type { EC2Client, SecurityGroupRule } from "@aws-sdk/client-ec2";
import {
  DeleteListenerCommand,
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  ElasticLoadBalancingV2Client,
  Listener,
  LoadBalancer,
  ModifyTargetGroupCommandInput,
  TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";

import { interfacesOf } from "../../clouds/aws/sources/zones.ts";

export interface TargetState {
  readonly targetGroupArn: string;
  readonly id: string;
  readonly port: number;
  readonly state: string;
  readonly reason: string;
}

/** What a load balancer has in one zone. */
export interface ZoneInterface {
  readonly zone: string;
  /** Where clients reach it; its private one if it is internal. */
  readonly address: string;
  /** What targets see that do not see the client's. */
  readonly privateAddress: string;
}

/** Identities of what there is in an account: ARNs, and ids of rules. */
export interface Identities {
  readonly loadBalancers: readonly string[];
  readonly listeners: readonly string[];
  readonly targetGroups: readonly string[];
  readonly rules: readonly string[];
}

export class Account {
  constructor(
    private readonly elbv2: ElasticLoadBalancingV2Client,
    private readonly ec2: EC2Client,
  ) {}

  /** Those there are, in any state. */
  async loadBalancers(): Promise<LoadBalancer[]> {
    const found: LoadBalancer[] = [];
    const client = this.elbv2;
    for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {}))
      found.push(...LoadBalancers);
    return found;
  }

  /** @throws if there is none with that name */
  async loadBalancer(hostname: string): Promise<LoadBalancer & { readonly LoadBalancerArn: string }> {
    const found = (await this.loadBalancers()).find(({ DNSName }) => DNSName === hostname);
    if (found?.LoadBalancerArn === undefined) throw new Error(`no load balancer is called ${hostname}`);
    return { ...found, LoadBalancerArn: found.LoadBalancerArn };
  }

  /** In the order of the zones' names. */
  async interfaces(hostname: string, signal: AbortSignal): Promise<ZoneInterface[]> {
    const { LoadBalancerArn } = await this.loadBalancer(hostname);
    const found = await interfacesOf(this.ec2, LoadBalancerArn, signal);
    return found
      .map(({ AvailabilityZone = "", PrivateIpAddress = "", Association }) => ({
        zone: AvailabilityZone,
        address: Association?.PublicIp ?? PrivateIpAddress,
        privateAddress: PrivateIpAddress,
      }))
      .sort((a, b) => a.zone.localeCompare(b.zone));
  }

  async listeners(hostname: string): Promise<Listener[]> {
    const { LoadBalancerArn } = await this.loadBalancer(hostname);
    const { Listeners = [] } = await this.elbv2.send(new DescribeListenersCommand({ LoadBalancerArn }));
    return Listeners;
  }

  async targetGroups(hostname: string): Promise<(TargetGroup & { readonly TargetGroupArn: string })[]> {
    const { LoadBalancerArn } = await this.loadBalancer(hostname);
    const { TargetGroups = [] } = await this.elbv2.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
    return TargetGroups.flatMap((group) =>
      group.TargetGroupArn === undefined ? [] : [{ ...group, TargetGroupArn: group.TargetGroupArn }],
    );
  }

  /** Of all targets of all target groups of a load balancer. */
  async targets(hostname: string): Promise<TargetState[]> {
    const groups = await this.targetGroups(hostname);
    const states = await Promise.all(groups.map(({ TargetGroupArn }) => this.#targetsOf(TargetGroupArn)));
    return states.flat();
  }

  async #targetsOf(targetGroupArn: string): Promise<TargetState[]> {
    const { TargetHealthDescriptions = [] } = await this.elbv2.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }),
    );
    return TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
      targetGroupArn,
      id: Target?.Id ?? "",
      port: Target?.Port ?? 0,
      state: TargetHealth?.State ?? "",
      reason: TargetHealth?.Reason ?? "",
    }));
  }

  /** Of everything that load balancers in front of the nodes consist of, whoever made it. */
  async identities(): Promise<Identities> {
    const client = this.elbv2;
    const loadBalancers = (await this.loadBalancers()).flatMap(({ LoadBalancerArn = [] }) => LoadBalancerArn);
    const listeners = await Promise.all(
      loadBalancers.map((LoadBalancerArn) => client.send(new DescribeListenersCommand({ LoadBalancerArn }))),
    );
    const targetGroups: string[] = [];
    for await (const { TargetGroups = [] } of paginateDescribeTargetGroups({ client }, {}))
      targetGroups.push(...TargetGroups.flatMap(({ TargetGroupArn = [] }) => TargetGroupArn));
    return {
      loadBalancers,
      listeners: listeners.flatMap(({ Listeners = [] }) =>
        Listeners.flatMap(({ ListenerArn = [] }) => ListenerArn),
      ),
      targetGroups,
      rules: (await this.#rules()).flatMap(({ SecurityGroupRuleId = [] }) => SecurityGroupRuleId),
    };
  }

  async deregister(targetGroupArn: string, instanceId: string): Promise<void> {
    await this.elbv2.send(
      new DeregisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [{ Id: instanceId }] }),
    );
  }

  async register(targetGroupArn: string, instanceId: string): Promise<void> {
    await this.elbv2.send(
      new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [{ Id: instanceId }] }),
    );
  }

  async modifyTargetGroup(input: ModifyTargetGroupCommandInput): Promise<void> {
    await this.elbv2.send(new ModifyTargetGroupCommand(input));
  }

  async targetGroupAttributes(targetGroupArn: string): Promise<Record<string, string>> {
    const { Attributes = [] } = await this.elbv2.send(
      new DescribeTargetGroupAttributesCommand({ TargetGroupArn: targetGroupArn }),
    );
    return Object.fromEntries(Attributes.map(({ Key = "", Value = "" }) => [Key, Value]));
  }

  async setTargetGroupAttributes(
    targetGroupArn: string,
    attributes: Readonly<Record<string, string>>,
  ): Promise<void> {
    const Attributes = Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
    await this.elbv2.send(
      new ModifyTargetGroupAttributesCommand({ TargetGroupArn: targetGroupArn, Attributes }),
    );
  }

  async deleteListener(listenerArn: string): Promise<void> {
    await this.elbv2.send(new DeleteListenerCommand({ ListenerArn: listenerArn }));
  }

  /** Rules of the nodes' security groups that let clients reach a node port. */
  async rulesFor(nodePort: number): Promise<SecurityGroupRule[]> {
    return (await this.#rules()).filter(
      ({ IsEgress, FromPort, ToPort }) => IsEgress !== true && FromPort === nodePort && ToPort === nodePort,
    );
  }

  /** Gives a rule another source, and leaves it the rule that it is: id, ports and description stay. */
  async changeSource(
    { GroupId, SecurityGroupRuleId, IpProtocol, FromPort, ToPort, Description }: SecurityGroupRule,
    cidr: string,
  ): Promise<void> {
    const SecurityGroupRule = { IpProtocol, FromPort, ToPort, Description, CidrIpv4: cidr };
    await this.ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId,
        SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
      }),
    );
  }

  async #rules(): Promise<SecurityGroupRule[]> {
    const client = this.ec2;
    const found: SecurityGroupRule[] = [];
    for await (const { SecurityGroupRules = [] } of paginateDescribeSecurityGroupRules({ client }, {}))
      found.push(...SecurityGroupRules);
    return found;
  }

  async revoke({ GroupId, SecurityGroupRuleId }: SecurityGroupRule): Promise<void> {
    if (SecurityGroupRuleId === undefined) throw new Error("a rule without an id can't be revoked");
    await this.ec2.send(
      new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: [SecurityGroupRuleId] }),
    );
  }
}
