/** The testbed's Pulumi program: the app once for each way, and all variants of exposures in front of it. */
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { Output } from "@pulumi/pulumi";
import { all } from "@pulumi/pulumi";
import {
  EchoApp,
  findClusterNetwork,
  LoadBalancerExposure,
  NodePortExposure,
} from "../../../components/index.ts";
import type { Exposure, ServicePort } from "../../../components/index.ts";
import type { Target } from "./testbed.ts";
import { tagged } from "./tagged.ts";
import { declared, variants } from "./variants.ts";
import type { Change, VariantName } from "./variants.ts";

/** Titles of the two ways. */
export const ways = { left: "NodePort + own NLB", right: "LoadBalancer" } as const;

/** Where the testbed is deployed. */
export interface TestbedPlace {
  readonly clusterName: string;
  /** The Auto Scaling groups that the cluster's nodes are in. */
  readonly autoscalingGroupNames: readonly string[];
  /** Key of a tag that tells the testbed's load balancers from others. */
  readonly tag: string;
}

/** Outputs by variant: both targets. */
export function testbedProgram(
  { clusterName, autoscalingGroupNames, tag }: TestbedPlace,
  change?: Change,
): PulumiFn {
  return async () => {
    const transformations = [tagged(tag, "scenarios")];
    const network = await findClusterNetwork(clusterName);
    const apps = { left: new EchoApp("nodeport"), right: new EchoApp("loadbalancer") };
    const names = Object.keys(variants) as VariantName[];
    const declare = (name: VariantName) => {
      const { options, ports, sharedNodeRules, attachesGroup = false } = declared(name, "left", change);
      const nodes = attachesGroup ? { ...network, autoscalingGroupNames } : network;
      const args = { ...options, ...behind(apps.left), ports, network: nodes, sharedNodeRules };
      const nodePort = new NodePortExposure(`np-${name.toLowerCase()}`, args, { transformations });
      return { name, ports, nodePort };
    };
    const own = names.map(declare);
    // The cloud controller manager accepts rules that it finds. Pulumi does not.
    const dependsOn = own.flatMap(({ nodePort }) => nodePort.loadBalancer.sharedNodeRules);
    return Object.fromEntries(
      own.map(({ name, ports, nodePort }) => {
        const right = declared(name, "right", change);
        const args = { ...right.options, ...behind(apps.right), ports: right.ports };
        const loadBalancer = new LoadBalancerExposure(`lb-${name.toLowerCase()}`, args, {
          dependsOn,
          transformations,
        });
        return [
          name,
          {
            left: targetOf(ways.left, nodePort, apps.left, ports),
            right: targetOf(ways.right, loadBalancer, apps.right, right.ports),
          },
        ];
      }),
    );
  };
}

function behind({ namespace, selector }: EchoApp): Pick<EchoApp, "namespace" | "selector"> {
  return { namespace, selector };
}

function targetOf(
  way: string,
  { addresses, service, nodePorts }: Exposure,
  { deployment }: EchoApp,
  ports: readonly ServicePort[],
): Output<Target> {
  return all([
    addresses,
    service.metadata.namespace,
    service.metadata.name,
    nodePorts,
    deployment.metadata.name,
  ]).apply(([[address], namespace, serviceName, allocated, deploymentName]) => ({
    way,
    address,
    namespace,
    service: serviceName,
    ports: Object.fromEntries(ports.map((port) => [port.name, port.port])),
    nodePorts: allocated,
    deployment: deploymentName,
  }));
}
