import type { ComponentResource, Input, Output } from "@pulumi/pulumi";
import { all, output, RunError, runtime, unknown } from "@pulumi/pulumi";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { defaults } from "./defaults.ts";
import type { ExposureArgs, ServicePort } from "./exposure.ts";

/** What the two ways' Services do not have alike. */
export interface OwnOfWay {
  readonly annotations?: Record<string, string>;
  readonly spec:
    | { readonly type: "NodePort" }
    | { readonly type: "LoadBalancer"; readonly loadBalancerSourceRanges: string[] };
}

/** The Service of an exposure; what both ways' Services have alike is here, so that they cannot drift apart. */
export function exposureService(
  name: string,
  args: ExposureArgs,
  { annotations, spec }: OwnOfWay,
  parent: ComponentResource,
): Service {
  return new Service(
    name,
    {
      metadata: { namespace: args.namespace, ...(annotations === undefined ? {} : { annotations }) },
      spec: {
        ...spec,
        selector: args.selector,
        ports: args.ports.map(servicePort),
        externalTrafficPolicy: args.externalTrafficPolicy ?? defaults.externalTrafficPolicy,
      },
    },
    { parent },
  );
}

function servicePort({
  name,
  port,
  targetPort = port,
  protocol = defaults.protocol,
  appProtocol,
  nodePort,
}: ServicePort) {
  return {
    name,
    port,
    targetPort,
    protocol,
    ...(appProtocol === undefined ? {} : { appProtocol }),
    ...(nodePort === undefined ? {} : { nodePort }),
  };
}

/** The node port of one of the Service's ports. */
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

/** The DNS name that the cloud controller gave the Service's load balancer. */
export function hostnameOf(service: Service): Output<string> {
  return service.status.apply(
    (status?: { loadBalancer?: { ingress?: { hostname?: string }[] } }) =>
      status?.loadBalancer?.ingress?.[0]?.hostname ??
      notYet("The Service has no load balancer. Its events say why: kubectl describe service."),
  );
}

/** Where clients find the first port. */
export function exposureUrl(hostname: Input<string>, ports: readonly ServicePort[]): Output<string> {
  return output(hostname).apply((host) => urlOf(host, ports[0]));
}

function urlOf(hostname: string, first: ServicePort | undefined): string {
  if (first === undefined) return "";
  const scheme = first.appProtocol ?? (first.protocol ?? defaults.protocol).toLowerCase();
  const standard = { http: 80, https: 443 }[scheme];
  return `${scheme}://${hostname}${first.port === standard ? "" : `:${first.port}`}`;
}

/**
 * In a preview a value that only the cluster can give is unknown, although the plug-in may leave it out instead of saying so
 * (https://github.com/pulumi/pulumi-kubernetes/issues/1537). In an update its absence is an error.
 */
function notYet(message: string): never {
  if (runtime.isDryRun()) return unknown as never;
  throw new RunError(message);
}
