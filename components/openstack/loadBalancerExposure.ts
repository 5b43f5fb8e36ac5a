import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { Addresses } from "../core/address.ts";
import { exposureUrl } from "../core/address.ts";
import type { Exposure } from "../core/exposure.ts";
import { addressesOf, exposureService, nodePortsOf } from "../core/service.ts";
import { refuse } from "../core/validation.ts";
import { warnOf } from "../core/warnOf.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import { octaviaAnnotations } from "./annotations.ts";
import { notes } from "./notes.ts";
import type { OctaviaExposureArgs } from "./options.ts";
import { loadBalancerProblems } from "./restrictions.ts";

/**
 * An app exposed by a Service of type LoadBalancer. The OpenStack cloud controller manager creates, changes and deletes the Octavia load balancer with its floating IP, and
 * makes every node a member as nodes come and go. None of it is in Pulumi's plan or state; it is deleted with the Service. The controller sets `flavorId`,
 * `availabilityZone` and the load balancer's part of `sessionAffinity` once: a change affects only a new Service.
 *
 * Its cloud.conf decides the provider (`lb-provider`), the subnets and the floating network, and makes every load balancer internal with `internal-lb=true`, whatever
 * `scheme` is: no annotation changes it.
 *
 * The nodes must admit the load balancer: the controller opens their security groups only with `manage-security-groups=true` in its cloud.conf.
 *
 * ```ts
 * const exposure = new LoadBalancerExposure("web", {
 *   namespace: "web",
 *   selector: { app: "web" },
 *   ports: [{ name: "http", port: 80, targetPort: 8080, appProtocol: "http" }],
 *   loadBalancerSourceRanges: ["203.0.113.0/24"],
 * });
 * export const url = exposure.url;
 * ```
 */
export class LoadBalancerExposure extends ComponentResource implements Exposure {
  readonly addresses: Output<Addresses>;
  readonly url: Output<string>;
  /** Of type LoadBalancer. */
  readonly service: Service;
  readonly nodePorts: Output<Record<string, number>>;

  /** @throws InputPropertiesError that names every argument that is not allowed, or that the controller cannot implement */
  constructor(name: string, args: OctaviaExposureArgs, opts?: ComponentResourceOptions) {
    super("exposure:index:LoadBalancerExposure", name, {}, opts);
    refuse(`LoadBalancerExposure "${name}"`, loadBalancerProblems(args, args.ports));
    warnOf(notes(args), this);

    this.service = exposureService(
      name,
      args,
      {
        annotations: octaviaAnnotations(args),
        spec: {
          type: "LoadBalancer",
          loadBalancerSourceRanges: [...args.loadBalancerSourceRanges],
          ...withoutUndefined({ healthCheckNodePort: args.healthCheckNodePort }),
        },
      },
      this,
    );

    this.addresses = addressesOf(this.service);
    this.url = exposureUrl(this.addresses, args.ports);
    this.nodePorts = nodePortsOf(this.service, args.ports);
    this.registerOutputs({ addresses: this.addresses, url: this.url, nodePorts: this.nodePorts });
  }
}
