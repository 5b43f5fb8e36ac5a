import type { ComponentResourceOptions, CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import { Listener } from "@pulumi/openstack/loadbalancer/listener.js";
import { LoadBalancer } from "@pulumi/openstack/loadbalancer/loadBalancer.js";
import { Member } from "@pulumi/openstack/loadbalancer/member.js";
import { Monitor } from "@pulumi/openstack/loadbalancer/monitor.js";
import { Pool } from "@pulumi/openstack/loadbalancer/pool.js";
import { FloatingIp } from "@pulumi/openstack/networking/floatingIp.js";
import { SecGroupRule } from "@pulumi/openstack/networking/secGroupRule.js";
import { defaults } from "../core/defaults.ts";
import type { ListenerPort, Problem } from "../core/validation.ts";
import { refuse, repeated } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { octaviaDefaults } from "./defaults.ts";
import { monitorTarget, resolvedMonitor } from "./healthMonitor.ts";
import type { OctaviaOptions } from "./options.ts";
import { nodePortProblems } from "./restrictions.ts";

/** A port that the load balancer listens on, and the node port that it leads to. */
export interface OctaviaPort extends Omit<ListenerPort, "nodePort"> {
  /** The Service's, which may be an output: see `nodePortOf`. */
  readonly nodePort: Input<number>;
}

/** Arguments of a load balancer in front of a NodePort Service. */
export interface OctaviaLoadBalancerArgs extends OctaviaOptions {
  /** The cluster's network, from `findClusterNetwork`. */
  readonly network: ClusterNetwork;
  /** At least one. */
  readonly ports: readonly OctaviaPort[];
}

/** Octavia takes no second object of a kind on the same place, so that a replacement cannot be made first. */
const alone = { deleteBeforeReplace: true } as const;

/**
 * An Octavia load balancer in front of a cluster's nodes: for each port a listener, a pool with every node as a member, a monitor, and a rule in the nodes' security
 * group that admits the load balancer; and a floating IP, unless it is internal. By default it equals what the OpenStack cloud controller manager makes for a
 * Service of type LoadBalancer.
 *
 * It costs the same as the controller's: a floating IP, and the machine that an amphora is, or two of them if the flavor says so.
 */
export class OctaviaLoadBalancer extends ComponentResource {
  /** As `@pulumi/openstack` has it, for what this component has no option for. */
  readonly loadBalancer: LoadBalancer;
  /** Undefined if the load balancer is internal. */
  readonly floatingIp: FloatingIp | undefined;
  /** Where clients reach it. */
  readonly address: Output<string>;
  /** Its rules in the nodes' security group. */
  readonly nodeRules: readonly SecGroupRule[];

  /** @throws InputPropertiesError that names every argument that is not allowed */
  constructor(name: string, args: OctaviaLoadBalancerArgs, opts?: ComponentResourceOptions) {
    // Empty inputs, not args: otherwise the component's registration, and with it all children, would wait for the node port.
    super("exposure:index:OctaviaLoadBalancer", name, {}, opts);
    const { network } = args;
    // Kubernetes checks a node port that is an output.
    const listeners = args.ports.map(({ nodePort: _, ...port }) => port);
    refuse(`OctaviaLoadBalancer "${name}"`, [
      ...nodePortProblems(args, listeners),
      ...networkProblems(network, args.scheme ?? defaults.scheme),
    ]);

    const own: CustomResourceOptions = { parent: this };
    this.loadBalancer = new LoadBalancer(
      name,
      {
        vipSubnetId: network.subnetId,
        loadbalancerProvider: args.loadbalancerProvider ?? octaviaDefaults.loadbalancerProvider,
        ...withoutUndefined({
          flavorId: args.flavorId,
          availabilityZone: args.availabilityZone,
          tags: args.tags === undefined ? undefined : [...args.tags],
        }),
      },
      own,
    );
    for (const port of args.ports) declareListener(name, port, args, this.loadBalancer, this);
    this.nodeRules = declareRules(name, args, this);

    const { floatingNetwork } = network;
    this.floatingIp =
      (args.scheme ?? defaults.scheme) === "internal" || floatingNetwork === undefined
        ? undefined
        : new FloatingIp(
            name,
            { pool: floatingNetwork.name, portId: this.loadBalancer.vipPortId },
            { ...own, retainOnDelete: args.keepFloatingIp ?? false },
          );
    this.address = this.floatingIp?.address ?? this.loadBalancer.vipAddress;
    this.registerOutputs({ address: this.address, loadBalancerId: this.loadBalancer.id });
  }
}

function declareListener(
  name: string,
  { name: portName, port, protocol = defaults.protocol, nodePort }: OctaviaPort,
  args: OctaviaLoadBalancerArgs,
  loadBalancer: LoadBalancer,
  parent: ComponentResource,
): void {
  const { network, clientAddress, healthCheckNodePort } = args;
  const timeouts = { ...octaviaDefaults.timeouts, ...args.timeouts };
  const isHttp = clientAddress === "X-Forwarded-For";
  const own = { parent, ...alone };
  const child = `${name}-${portName}`;
  const listener = new Listener(
    child,
    {
      loadbalancerId: loadBalancer.id,
      protocol: isHttp ? "HTTP" : protocol,
      protocolPort: port,
      connectionLimit: args.connectionLimit ?? octaviaDefaults.connectionLimit,
      // In the order of their table's key, in which Octavia lists them: for Pulumi's provider another order is a change.
      allowedCidrs: [...args.loadBalancerSourceRanges].sort(),
      timeoutClientData: timeouts.clientDataMilliseconds,
      timeoutMemberConnect: timeouts.memberConnectMilliseconds,
      timeoutMemberData: timeouts.memberDataMilliseconds,
      timeoutTcpInspect: timeouts.tcpInspectMilliseconds,
      ...(isHttp ? { insertHeaders: { "X-Forwarded-For": "true" } } : {}),
    },
    own,
  );
  const pool = new Pool(
    child,
    {
      listenerId: listener.id,
      protocol: isHttp ? "HTTP" : (clientAddress ?? protocol),
      lbMethod: args.lbMethod ?? octaviaDefaults.lbMethod,
      ...(args.sessionAffinity === "ClientIP" ? { persistence: { type: "SOURCE_IP" } } : {}),
    },
    own,
  );
  for (const node of network.nodes)
    // By its address: names of Neutron's ports may repeat, and Octavia takes an address only once.
    new Member(
      `${child}-${node.address}`,
      {
        poolId: pool.id,
        name: node.name,
        address: node.address,
        protocolPort: nodePort,
        subnetId: network.subnetId,
        ...withoutUndefined({ monitorPort: healthCheckNodePort }),
      },
      own,
    );
  const monitor = resolvedMonitor(args);
  if (monitor === undefined) return;
  new Monitor(
    child,
    {
      poolId: pool.id,
      ...monitorTarget(protocol, healthCheckNodePort),
      delay: monitor.delaySeconds,
      timeout: monitor.timeoutSeconds,
      maxRetries: monitor.maxRetries,
      maxRetriesDown: monitor.maxRetriesDown,
    },
    own,
  );
}

/** An amphora connects from its own address, which is in the nodes' subnet. Who may connect to it is a matter of its listeners. */
function declareRules(
  name: string,
  args: OctaviaLoadBalancerArgs,
  parent: ComponentResource,
): SecGroupRule[] {
  const rule = (what: string, protocol: string, port: Input<number>): SecGroupRule =>
    new SecGroupRule(
      `${name}-${what}`,
      {
        securityGroupId: args.network.nodeSecurityGroupId,
        direction: "ingress",
        ethertype: "IPv4",
        protocol,
        portRangeMin: port,
        portRangeMax: port,
        remoteIpPrefix: args.network.subnetCidr,
      },
      { parent, ...alone },
    );
  const { healthCheckNodePort } = args;
  return [
    ...args.ports.map(({ name: portName, protocol = defaults.protocol, nodePort }) =>
      rule(portName, protocol.toLowerCase(), nodePort),
    ),
    // No port has this name: 15 characters are the most.
    ...(healthCheckNodePort === undefined
      ? []
      : [rule("health-check-node-port", "tcp", healthCheckNodePort)]),
  ];
}

function networkProblems({ nodes, floatingNetwork }: ClusterNetwork, scheme: string): Problem[] {
  const problems: Problem[] = [];
  if (nodes.length === 0)
    problems.push({
      propertyPath: "network.nodes",
      reason: "the list is empty; name at least one node, or use findClusterNetwork",
    });
  problems.push(
    ...repeated(
      nodes,
      (index) => `network.nodes[${index}].address`,
      ({ address }) => address,
    ),
  );
  if (scheme !== "internal" && floatingNetwork === undefined)
    problems.push({
      propertyPath: "network.floatingNetwork",
      reason:
        'it is missing, and an internet-facing load balancer needs a floating IP; name it (findClusterNetwork: floatingNetworkId), or set scheme to "internal"',
    });
  return problems;
}
