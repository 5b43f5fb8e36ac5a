import type { ComponentResource, Output, Resource } from "@pulumi/pulumi";
import { all, RunError, runtime, unknown } from "@pulumi/pulumi";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { addressesIn } from "./address.ts";
import type { Addresses, LoadBalancerStatus } from "./address.ts";
import { defaults } from "./defaults.ts";
import type { ExposureArgs, ServicePort } from "./exposure.ts";
import { servicePort } from "./servicePort.ts";
import { withoutUndefined } from "./withoutUndefined.ts";

/** What differs between the Services of the two ways. */
export interface OwnOfWay {
  readonly annotations?: Record<string, string>;
  readonly spec:
    | { readonly type: "NodePort" }
    | {
        readonly type: "LoadBalancer";
        readonly loadBalancerSourceRanges: string[];
        readonly healthCheckNodePort?: number;
        /** Names the controller. @default the cluster's default one */
        readonly loadBalancerClass?: string;
        /** @default true */
        readonly allocateLoadBalancerNodePorts?: boolean;
      };
}

/**
 * The Service of an exposure. Both ways use it, so that their Services cannot drift apart.
 *
 * @param dependsOn what a controller needs before it serves the Service; nothing by default
 */
export function exposureService(
  name: string,
  args: ExposureArgs,
  { annotations, spec }: OwnOfWay,
  parent: ComponentResource,
  dependsOn: Resource[] = [],
): Service {
  return new Service(
    name,
    {
      metadata: { namespace: args.namespace, ...withoutUndefined({ annotations }) },
      spec: {
        ...spec,
        selector: args.selector,
        ports: args.ports.map((port) => servicePort(port, args.ports)),
        externalTrafficPolicy: args.externalTrafficPolicy ?? defaults.externalTrafficPolicy,
        ...withoutUndefined({
          sessionAffinity: args.sessionAffinity,
          trafficDistribution: args.trafficDistribution,
        }),
      },
    },
    // Kubernetes lets nobody change the class.
    { parent, dependsOn, replaceOnChanges: ["spec.loadBalancerClass"] },
  );
}

/**
 * The node port of one of the Service's ports, for a `NetworkLoadBalancer` in front of a Service that you declare yourself. Unknown in a preview of a first update.
 *
 * @param name of the port
 * @throws RunError, in the output, if the Service has no such port or no node port for it
 */
export function nodePortOf(service: Service, name: string): Output<number> {
  return service.spec.apply(
    (spec) =>
      spec.ports.find((port) => port.name === name)?.nodePort ??
      notYet(`The Service has no node port for "${name}".`),
  );
}

/** Node ports by the port's name. */
export function nodePortsOf(service: Service, ports: readonly ServicePort[]): Output<Record<string, number>> {
  return all(Object.fromEntries(ports.map(({ name }) => [name, nodePortOf(service, name)])));
}

/** The addresses that a controller wrote into the status of a LoadBalancer Service. */
export function addressesOf(service: Service): Output<Addresses> {
  return all([service.metadata, service.status]).apply(
    ([metadata, status]: [{ namespace?: string; name?: string }, { loadBalancer?: LoadBalancerStatus }?]) =>
      addressesIn(status?.loadBalancer) ?? notYet(noAddress(metadata)),
  );
}

/** A program cannot read events. Refusals that follow from the options are errors before the Service is declared. */
function noAddress({ namespace = "default", name = "" }: { namespace?: string; name?: string }): string {
  return (
    `The Service ${namespace}/${name} has no load balancer. Its options are none that the controller refuses, so the reason is in the ` +
    `cluster or the cloud: no controller for load balancers, subnets without tags, a quota. The controller's last warning has it: ` +
    `kubectl get events --namespace ${namespace} --field-selector involvedObject.name=${name},type=Warning`
  );
}

/**
 * In a preview a value that only the cluster can give is unknown, although the plug-in may omit it instead of marking it unknown
 * (https://github.com/pulumi/pulumi-kubernetes/issues/1537). In an update a missing value is an error.
 */
function notYet(message: string): never {
  if (runtime.isDryRun()) return unknown as never;
  throw new RunError(message);
}
