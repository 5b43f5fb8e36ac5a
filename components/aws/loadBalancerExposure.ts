import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { Addresses } from "../core/address.ts";
import { exposureUrl } from "../core/address.ts";
import type { Exposure } from "../core/exposure.ts";
import { addressesOf, exposureService, nodePortsOf } from "../core/service.ts";
import { refuse } from "../core/validation.ts";
import { annotations } from "./annotations.ts";
import { leastControllerRules } from "./controllerRules.ts";
import { notes, warnOf } from "./notes.ts";
import type { NetworkLoadBalancerExposureArgs } from "./options.ts";
import { togetherNotes } from "./quotas.ts";
import { loadBalancerProblems } from "./restrictions.ts";
import { controllerRulesAsked, countControllerRules, rulesTogether } from "./ruleDemand.ts";

/**
 * An app exposed by a Service of type LoadBalancer. The AWS cloud controller manager creates, changes and deletes the Network Load
 * Balancer, and registers and deregisters nodes as they come and go. The load balancer is not in Pulumi's plan or state; it is
 * deleted a few seconds after the Service. A change of `scheme`, `subnetIds` or `tags` affects only a new Service.
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
  readonly service: Service;
  readonly nodePorts: Output<Record<string, number>>;

  /** @throws InputPropertiesError that names every argument that is not allowed, or that the AWS cloud controller manager cannot implement */
  constructor(name: string, args: NetworkLoadBalancerExposureArgs, opts?: ComponentResourceOptions) {
    super("exposure:index:LoadBalancerExposure", name, {}, opts);
    const cluster = this.getProvider("kubernetes:core/v1:Service");
    refuse(
      `LoadBalancerExposure "${name}"`,
      loadBalancerProblems(args, args.ports, controllerRulesAsked(cluster)),
    );
    countControllerRules(cluster, leastControllerRules(args, args.ports));
    warnOf([...notes(args, args.ports), ...togetherNotes(rulesTogether(cluster), args.quotas)], this);

    const loadBalancerSourceRanges = [...args.loadBalancerSourceRanges];
    this.service = exposureService(
      name,
      args,
      {
        annotations: annotations(args, args.ports),
        spec: { type: "LoadBalancer", loadBalancerSourceRanges },
      },
      this,
    );

    this.addresses = addressesOf(this.service);
    this.url = exposureUrl(this.addresses, args.ports);
    this.nodePorts = nodePortsOf(this.service, args.ports);
    this.registerOutputs({ addresses: this.addresses, url: this.url, nodePorts: this.nodePorts });
  }
}
