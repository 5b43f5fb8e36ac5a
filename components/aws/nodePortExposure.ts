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
import type { TargetGroupBindingOptions } from "./targetGroupBinding.ts";
import { asClientsUse } from "./tls.ts";

export interface NodePortExposureArgs extends NetworkLoadBalancerExposureArgs {
  /** The cluster's network, from `findClusterNetwork`. */
  readonly network: ClusterNetwork;
  /** See {@link NetworkLoadBalancer}. @default true */
  readonly sharedNodeRules?: boolean;
  /**
   * Lets the AWS Load Balancer Controller register the nodes, instead of the program: it follows nodes that come, go or are not ready, while the load balancer,
   * the target groups and the rules in the nodes' security group stay the program's. The controller must be installed in the cluster, and must run when the exposure
   * is made or deleted. A binding cannot be combined with Auto Scaling groups of the network. `true` registers every node that can take traffic. A change replaces the
   * target groups.
   * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/
   * @default false: the program attaches the network's nodes or Auto Scaling groups
   */
  readonly targetGroupBinding?: boolean | TargetGroupBindingOptions;
}

/**
 * An app exposed by a Service of type NodePort, behind a Network Load Balancer that this program creates, changes and deletes. The
 * target groups get the node ports that Kubernetes allocates. No controller watches the nodes: a change of nodes reaches the target
 * groups at the next `pulumi up`. If the network names the nodes' Auto Scaling groups, AWS updates the targets itself. With
 * `targetGroupBinding`, the AWS Load Balancer Controller does.
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

    const {
      namespace: _namespace,
      selector: _selector,
      ports,
      targetGroupBinding = false,
      ...options
    } = args;
    const service = exposureService(name, args, { spec: { type: "NodePort" } }, this);
    this.service = service;
    this.loadBalancer = new NetworkLoadBalancer(
      name,
      {
        ...options,
        ports: ports.map((port) => ({
          name: port.name,
          port: port.port,
          ...withoutUndefined({ protocol: port.protocol, healthCheck: port.healthCheck, tls: port.tls }),
          nodePort: nodePortOf(service, port.name),
        })),
        ...(targetGroupBinding === false
          ? {}
          : {
              targetGroupBinding: {
                namespace: service.metadata.namespace,
                serviceName: service.metadata.name,
                ...(targetGroupBinding === true ? {} : targetGroupBinding),
              },
            }),
      },
      { parent: this },
    );

    this.addresses = this.loadBalancer.dnsName.apply((name): Addresses => [name]);
    this.url = exposureUrl(this.addresses, asClientsUse(ports));
    this.nodePorts = nodePortsOf(service, ports);
    this.registerOutputs({ addresses: this.addresses, url: this.url, nodePorts: this.nodePorts });
  }
}
