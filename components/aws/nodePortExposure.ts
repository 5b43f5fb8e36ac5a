import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import type { Exposure, ExposureArgs } from "../core/exposure.ts";
import { NetworkLoadBalancer } from "./networkLoadBalancer.ts";
import { nodePortProblems } from "./restrictions.ts";
import { exposureService, exposureUrl, nodePortOf, nodePortsOf } from "../core/service.ts";
import { refuse } from "../core/validation.ts";

export interface NodePortExposureArgs extends ExposureArgs {
  /** Where the nodes are; `findClusterNetwork` finds out. */
  readonly network: ClusterNetwork;
  /** See {@link NetworkLoadBalancer}. @default true */
  readonly sharedNodeRules?: boolean;
}

/**
 * An app exposed by a Service of type NodePort, behind a Network Load Balancer that this program makes, changes and deletes. The
 * node ports that Kubernetes allocates flow into the target groups. Nodes that come or go are targets, or no longer, after the
 * next `pulumi up`: no controller watches them. Where the network names their Auto Scaling groups, AWS does.
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
  readonly hostname: Output<string>;
  readonly url: Output<string>;
  readonly service: Service;
  readonly nodePorts: Output<Record<string, number>>;
  readonly loadBalancer: NetworkLoadBalancer;

  /** @throws InputPropertiesError that names every argument which is not allowed */
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
          ...(port.protocol === undefined ? {} : { protocol: port.protocol }),
          nodePort: nodePortOf(service, port.name),
        })),
      },
      { parent: this },
    );

    this.hostname = this.loadBalancer.dnsName;
    this.url = exposureUrl(this.hostname, ports);
    this.nodePorts = nodePortsOf(service, ports);
    this.registerOutputs({ hostname: this.hostname, url: this.url, nodePorts: this.nodePorts });
  }
}
