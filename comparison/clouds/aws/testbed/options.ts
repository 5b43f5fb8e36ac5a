/** What a variant of the testbed is on AWS. */
import type {
  ClusterNetwork,
  HealthCheck,
  NetworkLoadBalancerOptions,
  NetworkLoadBalancerPort,
  ServiceControllerName,
  Tls,
} from "../../../../components/aws/index.ts";
import { defaultController, serviceControllerNames } from "../../../../components/aws/serviceControllers.ts";
import { chooseSubnets } from "../../../../components/aws/subnets.ts";
import { echoPorts } from "../../../../components/core/echoPorts.ts";
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import { variantNames, variants } from "../../../scenarios/testbed/variants.ts";
import type { EndsTls, TlsVersions, Variant, VariantName } from "../../../scenarios/testbed/variants.ts";

/** A UDP port answers no health checks, so kube-proxy's own health port is checked. */
const kubeProxyCheck: HealthCheck = { protocol: "HTTP", port: 10256, path: "/healthz" };

export function optionsOf({
  options,
  ports,
  crossZone,
  preservesClientAddress,
  drainingSeconds,
  proxyProtocol,
  podMembers = false,
}: Variant): NetworkLoadBalancerOptions {
  return {
    ...options,
    ...withoutUndefined({
      crossZoneLoadBalancing: crossZone,
      preserveClientIp: preservesClientAddress,
      deregistrationDelaySeconds: drainingSeconds,
      proxyProtocolV2: proxyProtocol,
      targetType: podMembers ? "ip" : undefined,
      healthCheck: ports.some(({ protocol }) => protocol === "UDP") ? kubeProxyCheck : undefined,
    }),
  };
}

/**
 * Its ports. The program opens the ports of pods that are targets, so it needs their numbers.
 *
 * @param maker of the load balancer: a controller, or the program
 */
export function portsOf(
  { ports, tls = {}, podMembers = false }: Variant,
  maker: ServiceControllerName | "program",
): readonly NetworkLoadBalancerPort[] {
  return ports.map((port) => {
    const number = Object.entries(echoPorts).find(([name]) => podMembers && name === port.targetPort)?.[1];
    const ends = tls[port.name];
    return {
      ...port,
      ...(number === undefined ? {} : { targetPort: number }),
      ...(ends === undefined ? {} : { tls: tlsOf(ends, maker !== defaultController) }),
    };
  });
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html */
const sslPolicies: Readonly<Record<TlsVersions, string>> = {
  "1.2 and 1.3": "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "before 1.3": "ELBSecurityPolicy-2016-08",
};

/** The AWS cloud controller manager has one certificate and no ALPN policy: v1.35.0, pkg/providers/v1/aws_loadbalancer.go (createListenerV2). */
function tlsOf({ certificates: [certificateArn, ...others], versions }: EndsTls, setsAll: boolean): Tls {
  const sslPolicy = sslPolicies[versions];
  return setsAll
    ? { certificateArn, sslPolicy, additionalCertificateArns: others, alpnPolicy: "HTTP1Only" }
    : { certificateArn, sslPolicy };
}

/**
 * The AWS Load Balancer Controller finds private subnets only for an internal load balancer, or those with the tag for it, unless the Service names some. The testbed's are those
 * of internet-facing load balancers.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/
 */
export function namedSubnets(
  controller: ServiceControllerName,
  { options: { scheme } }: Variant,
  { subnets }: Pick<ClusterNetwork, "subnets">,
): Pick<NetworkLoadBalancerOptions, "subnetIds"> {
  if (controller === defaultController || scheme !== "internal") return {};
  const choice = chooseSubnets(subnets, scheme);
  return choice.kind === "chosen" ? { subnetIds: choice.subnets.map(({ id }) => id) } : {};
}

/**
 * Whether a variant declares the node rules that all variants with its source ranges share. AWS keeps a rule once for the same protocol, ports and
 * source, so the first of them does.
 */
export function declaresSharedRules(name: VariantName): boolean {
  const ranges = (each: VariantName): string => variants[each].options.loadBalancerSourceRanges.join();
  return variantNames.find((each) => ranges(each) === ranges(name)) === name;
}

/** @throws Error that names the allowed ones */
export function controllerNamed(name: string = defaultController): ServiceControllerName {
  const found = serviceControllerNames.find((each) => each === name);
  if (found !== undefined) return found;
  throw new Error(
    `controller "${name}" makes no load balancers on AWS; allowed are ${serviceControllerNames.join(" and ")}`,
  );
}
