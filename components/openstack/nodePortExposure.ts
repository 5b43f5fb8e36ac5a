import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { Addresses } from "../core/address.ts";
import { exposureUrl } from "../core/address.ts";
import type { Exposure } from "../core/exposure.ts";
import { declareNodePortService } from "../core/nodePortService.ts";
import { nodePortOf, nodePortsOf } from "../core/service.ts";
import { refuse } from "../core/validation.ts";
import { warnOf } from "../core/warnOf.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { ClusterNetwork } from "./clusterNetwork.ts";
import { notes } from "./notes.ts";
import { OctaviaLoadBalancer } from "./octaviaLoadBalancer.ts";
import type { OctaviaExposureArgs } from "./options.ts";
import { nodePortProblems } from "./restrictions.ts";

export interface NodePortExposureArgs extends OctaviaExposureArgs {
  /** The cluster's network, from `findClusterNetwork`. */
  readonly network: ClusterNetwork;
}

/**
 * An app exposed by a Service of type NodePort, behind an Octavia load balancer that this program creates, changes and deletes. The pools get the node ports that
 * Kubernetes allocates. No controller watches the nodes: a change of nodes reaches the pools at the next `pulumi up`.
 *
 * ```ts
 * const network = await findClusterNetwork({ subnetId, nodeSecurityGroupId, floatingNetworkId });
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
  /** Its own. */
  readonly loadBalancer: OctaviaLoadBalancer;

  /** @throws InputPropertiesError that names every argument that is not allowed */
  constructor(name: string, args: NodePortExposureArgs, opts?: ComponentResourceOptions) {
    super("exposure:index:NodePortExposure", name, {}, opts);
    refuse(`NodePortExposure "${name}"`, nodePortProblems(args, args.ports));
    warnOf(notes(args), this);

    const { namespace: _namespace, selector: _selector, ...options } = args;
    const service = declareNodePortService(name, args, this);
    this.service = service;
    const ports = args.ports.map((port) => ({
      name: port.name,
      port: port.port,
      ...withoutUndefined({ protocol: port.protocol }),
      nodePort: nodePortOf(service, port.name),
    }));
    this.loadBalancer = new OctaviaLoadBalancer(name, { ...options, ports }, { parent: this });

    this.addresses = this.loadBalancer.address.apply((address): Addresses => [address]);
    this.url = exposureUrl(this.addresses, args.ports);
    this.nodePorts = nodePortsOf(service, args.ports);
    this.registerOutputs({ addresses: this.addresses, url: this.url, nodePorts: this.nodePorts });
  }
}
