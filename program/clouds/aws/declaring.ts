/** How the ways are declared on AWS. */
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import {
  LoadBalancerExposure,
  NetworkLoadBalancer,
  NodePortExposure,
  SharedNodeRules,
} from "../../../components/aws/index.ts";
import type {
  ClusterNetwork,
  NetworkLoadBalancerOptions,
  NodePortExposureArgs,
} from "../../../components/aws/index.ts";
import { listenerLevel, loadBalancerLevel } from "../../../components/aws/sharing.ts";
import type { ExposureArgs } from "../../../components/core/index.ts";
import { withoutUndefined } from "../../../components/core/withoutUndefined.ts";
import type { Connection, DeclaredWay } from "../cloud.ts";
import { portsOf } from "./portSettings.ts";
import { component } from "../../../comparison/clouds/aws/adoption/component.ts";
import type { AwsSettings } from "./settings.ts";
import { controllerOf } from "./ways.ts";
import type { AwsWayName } from "./ways.ts";

type Declare = (name: string, args: ExposureArgs, opts?: ComponentResourceOptions) => DeclaredWay;

export function declaring(
  own: AwsSettings,
  network: ClusterNetwork,
): Pick<Connection, "shared" | "declare" | "adopt"> {
  const { options, controller, targetGroupBinding, weightedName } = own;
  // Ways that come and go have the rules apart from them.
  const areApart = weightedName !== undefined && (own.sharedNodeRules || options.targetType === "ip");
  const sharedNodeRules = own.sharedNodeRules && !areApart;
  const portsOfWay = (args: Pick<ExposureArgs, "ports">) => portsOf(args.ports, { ...own, ...options });
  const argsOf = (args: ExposureArgs): NodePortExposureArgs => ({
    ...options,
    ...args,
    ports: portsOfWay(args),
    network,
    targetGroupBinding,
  });

  function nodePort(name: string, args: ExposureArgs, opts?: ComponentResourceOptions): DeclaredWay {
    const exposure = new NodePortExposure(name, { ...argsOf(args), sharedNodeRules }, opts);
    // Both ways need these rules, and AWS keeps each once. The AWS cloud controller manager accepts existing rules, Pulumi does not.
    const { sharedNodeRules: shared, nodeRules, arn, targetGroupArns } = exposure.loadBalancer;
    return {
      exposure,
      shared,
      complete: nodeRules,
      outputs: { loadBalancerArn: arn, targetGroupArns },
    };
  }

  /** Behind one load balancer with a neighbour, which is the app's first port under another number. The tags are those of all objects. */
  function shared(name: string, args: ExposureArgs, opts?: ComponentResourceOptions): DeclaredWay {
    const { ports, ...own } = argsOf(args);
    const loadBalancer = new NetworkLoadBalancer(
      `${name}-front`,
      {
        ...loadBalancerLevel<NetworkLoadBalancerOptions>(own),
        ...withoutUndefined({ tags: own.tags }),
        ...{ network, sharedNodeRules },
      },
      opts,
    );
    const join = (joining: string, theirs: NodePortExposureArgs["ports"]) =>
      new NodePortExposure(joining, { ...listenerLevel(own), ports: theirs, loadBalancer }, opts);
    const exposure = join(name, ports);
    join(`${name}-neighbour`, neighbourPorts(ports));
    const { nodeRules, targetGroupArns } = exposure;
    const { arn } = loadBalancer;
    return {
      exposure,
      shared: loadBalancer.sharedNodeRules,
      complete: nodeRules,
      outputs: { loadBalancerArn: arn, targetGroupArns },
    };
  }

  function byController(
    way: string,
    name: string,
    args: ExposureArgs,
    opts?: ComponentResourceOptions,
  ): DeclaredWay {
    const { network: _network, targetGroupBinding: _binding, ...others } = argsOf(args);
    const exposure = new LoadBalancerExposure(
      name,
      { ...others, controller: controllerOf(way, controller) },
      opts,
    );
    return { exposure };
  }

  const declarations: Readonly<Record<AwsWayName, Declare>> = {
    nodePort,
    shared: (name, args, opts) => shared(name, ownNodePorts(args), opts),
    loadBalancer: (...way) => byController("loadBalancer", ...way),
    lbc: (name, args, opts) => byController("lbc", name, ownNodePorts(args), opts),
  };
  return {
    shared: (name, args, opts) =>
      areApart
        ? new SharedNodeRules(
            name,
            { ...options, ...args, ports: portsOfWay(args), network, sharedNodeRules: own.sharedNodeRules },
            opts,
          ).rules
        : [],
    declare(way, name, args, opts) {
      return declarations[way.name as AwsWayName](name, args, opts);
    },
    adopt(opts) {
      for (const adopted of Object.values(own.adopted))
        new NetworkLoadBalancer(component(adopted.import.name).name, { ...adopted, network }, opts);
    },
  };
}

/** Numbers that the configuration names are those of the ways `nodePort` and `loadBalancer`, which may be there at the same time. */
function ownNodePorts({ ports, healthCheckNodePort: _, ...args }: ExposureArgs): ExposureArgs {
  return { ...args, ports: ports.map(({ nodePort: _nodePort, ...port }) => port) };
}

const neighbourPort = 8080;

/** The first port, under the first number from 8080 on that no other listener has. */
function neighbourPorts(ports: NodePortExposureArgs["ports"]): NodePortExposureArgs["ports"] {
  const taken = new Set(ports.map(({ port }) => port));
  let free = neighbourPort;
  while (taken.has(free)) free += 1;
  return ports.slice(0, 1).map((port) => ({ ...port, port: free }));
}
