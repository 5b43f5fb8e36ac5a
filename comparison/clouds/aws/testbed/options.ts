/** What a variant of the testbed is on AWS. */
import type {
  ClusterNetwork,
  HealthCheck,
  NetworkLoadBalancerOptions,
  ServiceControllerName,
} from "../../../../components/aws/index.ts";
import { defaultController, serviceControllerNames } from "../../../../components/aws/serviceControllers.ts";
import { chooseSubnets } from "../../../../components/aws/subnets.ts";
import { echoPorts } from "../../../../components/core/echoPorts.ts";
import type { ServicePort } from "../../../../components/core/index.ts";
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import { variantNames, variants } from "../../../scenarios/testbed/variants.ts";
import type { Variant, VariantName } from "../../../scenarios/testbed/variants.ts";

/** A UDP port answers no health checks, so kube-proxy's own health port is checked. */
const kubeProxyCheck: HealthCheck = { protocol: "HTTP", port: 10256, path: "/healthz" };

export function optionsOf({
  options,
  ports,
  crossZone,
  preservesClientAddress,
  drainingSeconds,
  podMembers = false,
}: Variant): NetworkLoadBalancerOptions {
  return {
    ...options,
    ...withoutUndefined({
      crossZoneLoadBalancing: crossZone,
      preserveClientIp: preservesClientAddress,
      deregistrationDelaySeconds: drainingSeconds,
      targetType: podMembers ? "ip" : undefined,
      healthCheck: ports.some(({ protocol }) => protocol === "UDP") ? kubeProxyCheck : undefined,
    }),
  };
}

/** Its ports. The program opens the ports of pods that are targets, so it needs their numbers. */
export function portsOf({ ports, podMembers = false }: Variant): readonly ServicePort[] {
  if (!podMembers) return ports;
  return ports.map((port) => {
    const name = Object.keys(echoPorts).find((each) => each === port.targetPort);
    return name === undefined ? port : { ...port, targetPort: echoPorts[name as keyof typeof echoPorts] };
  });
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
