/** Network Load Balancers, found by their DNS name. */
import type { EC2Client } from "@aws-sdk/client-ec2";
import {
  DeleteListenerCommand,
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeTargetGroupsCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  paginateDescribeLoadBalancers,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type {
  ElasticLoadBalancingV2Client,
  Listener,
  LoadBalancer,
  TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { shared } from "../../../shared.ts";
import type { LoadBalancerOperations } from "../../operations.ts";
import { interfacesOf } from "../sources/zones.ts";
import { membersOf, poolOf } from "./targetGroups.ts";

export function loadBalancerOperations(
  elbv2: ElasticLoadBalancingV2Client,
  ec2: EC2Client,
): LoadBalancerOperations & {
  /** Ids of the load balancer's own security groups. */
  readonly securityGroups: (address: string) => Promise<readonly string[]>;
} {
  const all = shared(() => listed(elbv2));
  /** @throws if no load balancer has that name */
  const find = async (address: string): Promise<LoadBalancer> => {
    const found = (await all()).find(({ DNSName }) => DNSName === address);
    if (found === undefined) throw new Error(`no load balancer has the name ${address}`);
    return found;
  };
  const listeners = async (address: string): Promise<Listener[]> => {
    const { LoadBalancerArn } = await find(address);
    const { Listeners = [] } = await elbv2.send(new DescribeListenersCommand({ LoadBalancerArn }));
    return Listeners;
  };
  const targetGroups = async (address: string): Promise<TargetGroup[]> => {
    const { LoadBalancerArn } = await find(address);
    const { TargetGroups = [] } = await elbv2.send(new DescribeTargetGroupsCommand({ LoadBalancerArn }));
    return TargetGroups;
  };
  return {
    async zones(address) {
      const { LoadBalancerArn = "", AvailabilityZones = [] } = await find(address);
      const interfaces = await interfacesOf(ec2, LoadBalancerArn, new AbortController().signal);
      return AvailabilityZones.map(({ ZoneName: zone = "" }) => {
        const own = interfaces.find(({ AvailabilityZone }) => AvailabilityZone === zone);
        const sourceAddress = own?.PrivateIpAddress ?? "";
        return { zone, address: own?.Association?.PublicIp ?? sourceAddress, sourceAddress };
      }).sort((a, b) => a.zone.localeCompare(b.zone));
    },
    securityGroups: async (address) => (await find(address)).SecurityGroups ?? [],
    async scheme(address) {
      const { Scheme } = await find(address);
      return Scheme === "internal" ? "internal" : "internet-facing";
    },
    async listeningPorts(address) {
      return (await listeners(address)).flatMap(({ Port = [] }) => Port);
    },
    async deleteListener(address, port) {
      const listener = (await listeners(address)).find(({ Port }) => Port === port);
      if (listener === undefined) throw new Error(`${address} has no listener on port ${port}`);
      await elbv2.send(new DeleteListenerCommand({ ListenerArn: listener.ListenerArn }));
    },
    async pools(address) {
      return Promise.all((await targetGroups(address)).map((group) => poolOf(elbv2, group)));
    },
    async members(address) {
      const groups = await targetGroups(address);
      const members = groups.map(({ TargetGroupArn = "" }) => membersOf(elbv2, TargetGroupArn));
      return (await Promise.all(members)).flat();
    },
    async takeOut({ pool, machine }) {
      const input = { TargetGroupArn: pool, Targets: [{ Id: machine }] };
      await elbv2.send(new DeregisterTargetsCommand(input));
    },
    async putBack({ pool, machine }) {
      await elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: pool, Targets: [{ Id: machine }] }));
    },
    async setDraining(pool, { delaySeconds, terminates }) {
      const Attributes = [
        { Key: "deregistration_delay.timeout_seconds", Value: String(delaySeconds) },
        { Key: "deregistration_delay.connection_termination.enabled", Value: String(terminates) },
      ];
      await elbv2.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: pool, Attributes }));
    },
    async setCheckPort(pool, port) {
      await elbv2.send(new ModifyTargetGroupCommand({ TargetGroupArn: pool, HealthCheckPort: port }));
    },
  };
}

async function listed(client: ElasticLoadBalancingV2Client): Promise<LoadBalancer[]> {
  const found: LoadBalancer[] = [];
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {}))
    found.push(...LoadBalancers);
  return found;
}
