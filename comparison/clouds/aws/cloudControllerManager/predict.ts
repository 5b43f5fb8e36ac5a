/**
 * A model of the AWS cloud controller manager, kubernetes/cloud-provider-aws v1.35.0, which objects of AWS it makes of a
 * Service. Whatever of them exists already, the controller brings to the same, except for what setOnce.ts lists.
 */
import type { Aws, AwsClusterFacts, NlbFacts } from "../model.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { Predicted } from "../../cloud.ts";
import { annotation, annotationNames, annotationPrefix } from "./annotations.ts";
import { loadBalancer } from "./loadBalancer.ts";
import { defaultConfiguration } from "./configuration.ts";
import type { Configuration } from "./configuration.ts";
import { portMappings } from "./portMappings.ts";
import { refusalOf } from "./refusals/index.ts";
import { balancerRules } from "./balancerRules.ts";
import { nodeRules } from "./rules.ts";
import { subnetsFor } from "./subnets.ts";

/**
 * Why it makes no Network Load Balancer for a Service: it does not claim the Service, or refuses it. Undefined if it makes one.
 * @param cluster undefined if it is not known; what depends on it is then no reason
 */
export function whyNone(
  service: ServiceFacts,
  cluster: AwsClusterFacts | undefined,
  configuration = defaultConfiguration,
): string | undefined {
  const reason = whyNotItsOwn(service);
  if (reason !== undefined) return reason;
  const refusal = refusalOf({ service, cluster, configuration, existing: undefined });
  return refusal === undefined ? undefined : `refused: ${refusal}`;
}

export function claims(service: ServiceFacts): boolean {
  return whyNotItsOwn(service) === undefined;
}

/**
 * @param existing the Service's load balancer, if it exists already; what the controller reads only when it makes one is then no reason to refuse the Service
 */
export function predict(
  service: ServiceFacts,
  cluster: AwsClusterFacts,
  existing?: NlbFacts,
  configuration = defaultConfiguration,
): Predicted<Aws> {
  const reason = whyNotItsOwn(service);
  if (reason !== undefined) return { kind: "not its own", reason };
  const refusal = refusalOf({ service, cluster, configuration, existing });
  if (refusal !== undefined) return { kind: "refused", reason: refusal };
  return made(service, cluster, configuration, existing);
}

/**
 * https://github.com/kubernetes/cloud-provider/blob/v0.35.4/controllers/service/controller.go (wantsLoadBalancer),
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (isNLB, isLBExternal)
 */
function whyNotItsOwn(service: ServiceFacts): string | undefined {
  const { type, loadBalancerClass } = service;
  if (type !== "LoadBalancer") {
    return `the Service's type is ${type}; the cloud controller manager makes load balancers only for type LoadBalancer`;
  }
  if (loadBalancerClass !== undefined) {
    return `the Service's loadBalancerClass is ${loadBalancerClass}; the cloud controller manager makes load balancers only for Services without one`;
  }
  const kind = annotation(service, "type");
  if (kind === "nlb") return undefined;
  if (kind === "external" || kind === "nlb-ip") {
    const without = kind === "external" ? `, if it has ${annotationPrefix}nlb-target-type or a class` : "";
    return `${annotationNames.type} is "${kind}"; the AWS Load Balancer Controller handles such a Service${without}, not the cloud controller manager`;
  }
  return `${annotationNames.type} is ${kind === undefined ? "missing" : `"${kind}"`}; the cloud controller manager then makes a Classic Load Balancer; it makes a Network Load Balancer only for "nlb"`;
}

function made(
  service: ServiceFacts,
  cluster: AwsClusterFacts,
  configuration: Configuration,
  existing: NlbFacts | undefined,
): Predicted<Aws> {
  const mappings = portMappings(service);
  const subnets = subnetsFor(service, cluster);
  const balancer = loadBalancer(service, cluster, mappings, subnets, configuration, existing);
  const nodes = nodeRules(service, cluster, balancer, mappings, subnets, configuration);
  return {
    kind: "made",
    loadBalancer: balancer,
    firewall: { nodes, loadBalancer: balancerRules(service, balancer, mappings) },
  };
}
