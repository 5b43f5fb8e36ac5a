import type { ComponentResourceOptions, Output } from "@pulumi/pulumi";
import { ComponentResource, output } from "@pulumi/pulumi";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { Addresses } from "../core/address.ts";
import { exposureUrl } from "../core/address.ts";
import type { Exposure } from "../core/exposure.ts";
import { addressesOf, exposureService, nodePortsOf } from "../core/service.ts";
import { refuse } from "../core/validation.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import { warnOf } from "../core/warnOf.ts";
import { declareLogBucket } from "./logBucket.ts";
import { notes } from "./notes.ts";
import type { NetworkLoadBalancerExposureArgs } from "./options.ts";
import { togetherNotes } from "./quotas.ts";
import { controllerRulesAsked, countControllerRules, rulesTogether } from "./ruleDemand.ts";
import { defaultController, serviceControllers } from "./serviceControllers.ts";
import type { ServiceControllerName } from "./serviceControllers.ts";
import { unsharedProblems } from "./sharing.ts";
import { asClientsUse } from "./tls.ts";

export interface LoadBalancerExposureArgs extends NetworkLoadBalancerExposureArgs {
  /**
   * Who makes the load balancer. The AWS Load Balancer Controller must be installed in the cluster. It gives the load balancer security groups of its own, and
   * opens the nodes for one of them instead of the source ranges. It can do what the AWS cloud controller manager cannot: docs/options.md. A change replaces the
   * Service and its load balancer.
   * @default "aws-cloud-controller-manager"
   */
  readonly controller?: ServiceControllerName;
}

/**
 * An app exposed by a Service of type LoadBalancer. A controller in the cluster creates, changes and deletes the Network Load
 * Balancer, and registers and deregisters nodes as they come and go. The load balancer is not in Pulumi's plan or state; it is
 * deleted a few seconds after the Service. With the AWS cloud controller manager, a change of `scheme`, `subnetIds` or `tags` affects only a
 * new Service. The AWS Load Balancer Controller follows them; another `scheme` makes it replace the load balancer, and `loadBalancerName` and fixed addresses are
 * for a new one only.
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
  constructor(name: string, args: LoadBalancerExposureArgs, opts?: ComponentResourceOptions) {
    super("exposure:index:LoadBalancerExposure", name, {}, opts);
    const cluster = this.getProvider("kubernetes:core/v1:Service");
    const controllerName = args.controller ?? defaultController;
    const controller = serviceControllers[controllerName];
    refuse(`LoadBalancerExposure "${name}"`, [
      ...unsharedProblems(args, controllerName),
      ...controller.problems(args, args.ports, controllerRulesAsked(cluster)),
    ]);
    countControllerRules(cluster, controller.rules(args, args.ports));
    warnOf(
      [...notes(args, args.ports, controllerName), ...togetherNotes(rulesTogether(cluster), args.quotas)],
      this,
    );

    const loadBalancerSourceRanges = [...args.loadBalancerSourceRanges];
    this.service = exposureService(
      name,
      args,
      {
        annotations: controller.annotations(args, args.ports),
        spec: {
          type: "LoadBalancer",
          loadBalancerSourceRanges,
          ...withoutUndefined({
            loadBalancerClass: controller.loadBalancerClass,
            healthCheckNodePort: args.healthCheckNodePort,
            allocateLoadBalancerNodePorts: args.allocateLoadBalancerNodePorts,
          }),
        },
      },
      this,
      declareLogBucket(name, args, this),
    );

    this.addresses = addressesOf(this.service);
    this.url = exposureUrl(this.addresses, asClientsUse(args.ports));
    this.nodePorts =
      args.allocateLoadBalancerNodePorts === false
        ? output<Record<string, number>>({})
        : nodePortsOf(this.service, args.ports);
    this.registerOutputs({ addresses: this.addresses, url: this.url, nodePorts: this.nodePorts });
  }
}
