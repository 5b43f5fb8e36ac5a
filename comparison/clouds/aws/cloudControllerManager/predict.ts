/**
 * A model of the AWS cloud controller manager, kubernetes/cloud-provider-aws v1.35.0, which objects of AWS it makes of a
 * Service. Whatever of them exists already, the controller brings to the same, except for what setOnce.ts lists.
 */
import type { Aws, AwsClusterFacts, NlbFacts } from "../model.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { Predicted } from "../../cloud.ts";
import { reasonsOf, refusedFor } from "../../refusing.ts";
import { loadBalancer } from "./loadBalancer.ts";
import { defaultConfiguration } from "./configuration.ts";
import type { Configuration } from "./configuration.ts";
import { portMappings } from "./portMappings.ts";
import { annotationNames } from "./annotations.ts";
import { servedAs } from "./kinds.ts";
import { classicRefusals } from "./refusals/classic.ts";
import { networkReasons } from "./refusals/index.ts";
import { refusalsIn } from "./refusals/refusal.ts";
import type { RefusalContext } from "./refusals/refusal.ts";
import { asConfigured, asRead, minorOf } from "./releases.ts";
import { balancerRules } from "./balancerRules.ts";
import { nodeRules } from "./rules.ts";
import { subnetsFor } from "./subnets.ts";

export function claims(service: ServiceFacts): boolean {
  return servedAs(service).kind === "network";
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
  const minor = minorOf(cluster.kubernetesVersion);
  const settings = asConfigured(configuration, minor);
  const context = { service, cluster, configuration: settings, minor, existing };
  const none = withoutNetworkLoadBalancer(context);
  if (none !== undefined) return none;
  return refusedFor(networkReasons(context)) ?? made(asRead(service, minor), cluster, settings, existing);
}

/** Undefined if the controller makes a Network Load Balancer for the Service, or is asked for one and refuses it. */
export function withoutNetworkLoadBalancer(
  context: RefusalContext,
): Exclude<Predicted<Aws>, { readonly kind: "made" }> | undefined {
  const served = servedAs(context.service);
  if (served.kind === "network") return undefined;
  const refused =
    served.kind === "classic"
      ? refusedFor(reasonsOf(refusalsIn(context, classicRefusals), context))
      : undefined;
  if (refused === undefined) return { kind: "not its own", reason: served.why };
  return {
    ...refused,
    reason: `${refused.reason}; it asks for a Classic Load Balancer, since ${annotationNames.type} is not "nlb"`,
  };
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
