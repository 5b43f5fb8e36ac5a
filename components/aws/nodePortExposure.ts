import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { Addresses } from "../core/address.ts";
import { exposureUrl } from "../core/address.ts";
import type { Exposure } from "../core/exposure.ts";
import { declareNodePortService } from "../core/nodePortService.ts";
import { nodePortOf, nodePortsOf } from "../core/service.ts";
import { refuse } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { join, joinProblems } from "./join.ts";
import { NetworkLoadBalancer } from "./networkLoadBalancer.ts";
import type { NetworkLoadBalancerExposureArgs } from "./options.ts";
import { nodePortProblems } from "./restrictions.ts";
import type { BoundService, TargetGroupBindingOptions } from "./targetGroupBinding.ts";
import { asClientsUse } from "./tls.ts";
import { podPortOf, podPortProblems } from "./targetType.ts";

export interface NodePortExposureArgs extends NetworkLoadBalancerExposureArgs {
  /** The cluster's network, from `findClusterNetwork`. */
  readonly network: ClusterNetwork;
  /**
   * A load balancer that the exposure joins, with listeners, target groups, source ranges and rules of its own. No other exposure of the load balancer may have a listener on
   * the same number, whether TCP or UDP. What is the load balancer's own, such as `scheme` or `securityGroups`, is set there and not here. A change gives the exposure other
   * target groups: until their targets are healthy, it answers no request, and its address changes.
   *
   * Ten exposures that share one load balancer pay for its hours and addresses once. They also share its address, its zones, its security groups and its quotas.
   * @default a load balancer for this exposure alone
   */
  readonly loadBalancer?: NetworkLoadBalancer;
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
 * `targetGroupBinding`, the AWS Load Balancer Controller does, and with `targetType: "ip"` it registers the pods, and the node ports are not used.
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
  /** Of type NodePort. */
  readonly service: Service;
  readonly nodePorts: Output<Record<string, number>>;
  /** Its own, or the one that it has joined. */
  readonly loadBalancer: NetworkLoadBalancer;
  /** ARNs of its target groups by the port's name. */
  readonly targetGroupArns: Output<Record<string, string>>;
  /** Its rules in the nodes' security group, with those that other exposures need as well. */
  readonly nodeRules: Output<readonly SecurityGroupIngressRule[]>;

  /** @throws InputPropertiesError that names every argument that is not allowed */
  constructor(name: string, args: NodePortExposureArgs, opts?: ComponentResourceOptions) {
    super("exposure:index:NodePortExposure", name, {}, opts);
    const { loadBalancer: shared, ...others } = args;
    if (shared === undefined)
      refuse(`NodePortExposure "${name}"`, [
        ...nodePortProblems(args, args.ports),
        ...podPortProblems(args, args.ports),
      ]);
    else refuse(`NodePortExposure "${name}"`, joinProblems(name, others, shared.joinable));

    const { namespace: _namespace, selector: _selector, targetGroupBinding = false, ...options } = others;
    const service = declareNodePortService(name, args, this);
    this.service = service;
    const ports = args.ports.map((port) => ({
      name: port.name,
      port: port.port,
      ...withoutUndefined({ protocol: port.protocol, healthCheck: port.healthCheck, tls: port.tls }),
      nodePort: args.targetType === "ip" ? podPortOf(port) : nodePortOf(service, port.name),
    }));
    const bound =
      targetGroupBinding === false ? {} : { targetGroupBinding: bind(service, targetGroupBinding) };
    if (shared === undefined) {
      this.loadBalancer = new NetworkLoadBalancer(name, { ...options, ports, ...bound }, { parent: this });
      ({ targetGroupArns: this.targetGroupArns, nodeRules: this.nodeRules } = this.loadBalancer);
    } else {
      this.loadBalancer = shared;
      ({ targetGroupArns: this.targetGroupArns, nodeRules: this.nodeRules } = join(
        { name, args: { ...options, ...bound }, ports, declaredPorts: args.ports, parent: this },
        shared.joinable,
      ));
    }

    this.addresses = this.loadBalancer.dnsName.apply((name): Addresses => [name]);
    this.url = exposureUrl(this.addresses, asClientsUse(args.ports));
    this.nodePorts = nodePortsOf(service, args.ports);
    this.registerOutputs({ addresses: this.addresses, url: this.url, nodePorts: this.nodePorts });
  }
}

function bind(service: Service, options: true | TargetGroupBindingOptions): BoundService {
  return {
    namespace: service.metadata.namespace,
    serviceName: service.metadata.name,
    ...(options === true ? {} : options),
  };
}
