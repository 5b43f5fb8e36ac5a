import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { Addresses } from "../core/address.ts";
import { exposureUrl } from "../core/address.ts";
import type { Exposure } from "../core/exposure.ts";
import { exposureService, nodePortOf, nodePortsOf } from "../core/service.ts";
import { refuse } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { NetworkLoadBalancer } from "./networkLoadBalancer.ts";
import type { NetworkLoadBalancerExposureArgs } from "./options.ts";
import { nodePortProblems } from "./restrictions.ts";

export interface NodePortExposureArgs extends NetworkLoadBalancerExposureArgs {
  /** The cluster's network, from `findClusterNetwork`. */
  readonly network: ClusterNetwork;
  /** See {@link NetworkLoadBalancer}. @default true */
  readonly sharedNodeRules?: boolean;
}

/**
 * An app exposed by a Service of type NodePort, behind a Network Load Balancer that this program creates, changes and deletes. The
 * target groups get the node ports that Kubernetes allocates. No controller watches the nodes: a change of nodes reaches the target
 * groups at the next `pulumi up`. If the network names the nodes' Auto Scaling groups, AWS updates the targets itself.
 *
 * ```ts
 * const network = await findClusterNetwork("production");
 * const exposure = new NodePortExposure("web", {
 *   namespace: "web",
 *   selector: { app: "web" },
 *   ports: [{ name: "http", port: 80, targetPort: 8080, appProtocol: "http" }],
 *   loadBalancerSourceRanges: ["203.0.113.0/24"],
 *   network,
 * });
 * export const url = exposure.url;
 * ```
 */
export class NodePortExposure extends ComponentResource implements Exposure {
  readonly addresses: Output<Addresses>;
  readonly url: Output<string>;
  readonly service: Service;
  readonly nodePorts: Output<Record<string, number>>;
  readonly loadBalancer: NetworkLoadBalancer;

  /** @throws InputPropertiesError that names every argument that is not allowed */
  constructor(name: string, args: NodePortExposureArgs, opts?: ComponentResourceOptions) {
    super("exposure:index:NodePortExposure", name, {}, opts);
    refuse(`NodePortExposure "${name}"`, nodePortProblems(args, args.ports));

    const { namespace: _namespace, selector: _selector, ports, ...options } = args;
    const service = exposureService(name, args, { spec: { type: "NodePort" } }, this);
    this.service = service;
    this.loadBalancer = new NetworkLoadBalancer(
      name,
      {
        ...options,
        ports: ports.map((port) => ({
          name: port.name,
          port: port.port,
          ...withoutUndefined({ protocol: port.protocol, healthCheck: port.healthCheck }),
          nodePort: nodePortOf(service, port.name),
        })),
      },
      { parent: this },
    );

    this.addresses = this.loadBalancer.dnsName.apply((name): Addresses => [name]);
    this.url = exposureUrl(this.addresses, ports);
    this.nodePorts = nodePortsOf(service, ports);
    this.registerOutputs({ addresses: this.addresses, url: this.url, nodePorts: this.nodePorts });
  }
}
