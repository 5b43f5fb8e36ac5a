import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { annotations } from "./annotations.ts";
import { leastControllerRules } from "./controllerRules.ts";
import type { Exposure, ExposureArgs } from "../core/exposure.ts";
import { loadBalancerProblems } from "./restrictions.ts";
import { controllerRulesAsked, countControllerRules } from "./ruleDemand.ts";
import { exposureService, exposureUrl, hostnameOf, nodePortsOf } from "../core/service.ts";
import { refuse } from "../core/validation.ts";

/**
 * An app exposed by a Service of type LoadBalancer: the AWS cloud controller manager makes, changes and deletes the Network Load
 * Balancer, and follows nodes that come and go. It is in no Pulumi plan or state, and is gone some seconds after the Service.
 * Changes of `scheme` and `subnetIds` reach only a new Service.
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
  readonly hostname: Output<string>;
  readonly url: Output<string>;
  readonly service: Service;
  readonly nodePorts: Output<Record<string, number>>;

  /** @throws InputPropertiesError that names every argument which is not allowed, or which the cloud controller cannot do */
  constructor(name: string, args: ExposureArgs, opts?: ComponentResourceOptions) {
    super("exposure:index:LoadBalancerExposure", name, {}, opts);
    const cluster = this.getProvider("kubernetes:core/v1:Service");
    refuse(
      `LoadBalancerExposure "${name}"`,
      loadBalancerProblems(args, args.ports, controllerRulesAsked(cluster)),
    );
    countControllerRules(cluster, leastControllerRules(args, args.ports));

    const loadBalancerSourceRanges = [...args.loadBalancerSourceRanges];
    this.service = exposureService(
      name,
      args,
      { annotations: annotations(args), spec: { type: "LoadBalancer", loadBalancerSourceRanges } },
      this,
    );

    this.hostname = hostnameOf(this.service);
    this.url = exposureUrl(this.hostname, args.ports);
    this.nodePorts = nodePortsOf(this.service, args.ports);
    this.registerOutputs({ hostname: this.hostname, url: this.url, nodePorts: this.nodePorts });
  }
}
