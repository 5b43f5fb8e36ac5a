/** What the AWS Load Balancer Controller makes of a Service, with the defaults of its flags and feature gates: upstream.ts has its version. */
import type { EndpointFacts, ServiceFacts } from "../../../model/service.ts";
import { refusedInWords } from "../../cloud.ts";
import type { Predicted } from "../../cloud.ts";
import type { Aws, AwsClusterFacts, NlbFacts } from "../model.ts";
import { refusedFor } from "../../refusing.ts";
import { whyNotItsOwn } from "./claims.ts";
import { withKept } from "./kept.ts";
import { loadBalancer } from "./loadBalancer.ts";
import { nodeRules, whyRangesAreNotKnown } from "./nodeRules.ts";
import { portMappings } from "./portMappings.ts";
import { reasonsFor } from "./refusals/index.ts";
import { balancerRules, groupsOf, whyGroupsAreNotKnown } from "./securityGroups.ts";
import { subnetsFor } from "./subnets.ts";
import { targetTypeOf } from "./targetType.ts";
import { whyNotModelled } from "./whatHasNoModel.ts";

/**
 * Why there is no load balancer for the Service; undefined if the model knows no reason.
 * @param cluster undefined if it is not known; what depends on it is then no reason
 */
export function whyNone(service: ServiceFacts, cluster: AwsClusterFacts | undefined): string | undefined {
  const reason = whyNotItsOwn(service);
  if (reason !== undefined) return reason;
  const refused = refusedFor(reasonsFor({ service, cluster }));
  return refused === undefined ? whyNotModelled(service) : refusedInWords(refused);
}

/**
 * @param existing the Service's load balancer, if it exists already
 * @param endpoints the Service's pods. @default not known
 */
export function predict(
  declared: ServiceFacts,
  cluster: AwsClusterFacts,
  existing?: NlbFacts,
  endpoints?: readonly EndpointFacts[],
): Predicted<Aws> {
  const reason = whyNotItsOwn(declared);
  if (reason !== undefined) return { kind: "not its own", reason };
  if (existing !== undefined && cluster.controllerGroups === undefined)
    return { kind: "not modelled", reason: groupsNotKnown };
  const service = withKept(declared, cluster, existing);
  const refused = refusedFor(reasonsFor({ service, cluster, existing }));
  if (refused !== undefined) return refused;
  const unknown =
    whyNotModelled(service) ??
    (existing === undefined ? undefined : whyGroupsAreNotKnown(service)) ??
    (existing !== undefined && endpoints === undefined && targetTypeOf(service) === "ip"
      ? podsNotKnown
      : whyRangesAreNotKnown(service, subnetsFor(service, cluster)));
  return unknown === undefined
    ? made(service, cluster, existing !== undefined, endpoints)
    : { kind: "not modelled", reason: unknown };
}

const podsNotKnown =
  "the source does not give the Service's pods, which are the targets, so the load balancer is compared as it is, and not predicted";

const groupsNotKnown =
  "the source does not tell which security groups the AWS Load Balancer Controller made, so its load balancer is compared as it is, and not predicted";

function made(
  service: ServiceFacts,
  cluster: AwsClusterFacts,
  exists: boolean,
  endpoints: readonly EndpointFacts[] | undefined,
): Predicted<Aws> {
  const mappings = portMappings(service, endpoints);
  const subnets = subnetsFor(service, cluster);
  const groups = groupsOf(service, cluster);
  const balancer = loadBalancer(service, { cluster, mappings, subnets, groups, endpoints });
  return {
    kind: "made",
    loadBalancer: balancer,
    firewall: {
      // One rule for the ports of all its Services, so one Service does not tell what is there.
      nodes:
        exists && groups.backend !== undefined
          ? []
          : nodeRules(service, cluster, balancer, groups, mappings, subnets, endpoints),
      loadBalancer: balancerRules(service, groups),
    },
    ...(groups.kind === "given"
      ? {
          rulesNotKnown: `the Service names security groups (${groups.frontend.join(", ")}), and no manifest tells what their rules let in; the comparison of the Services as they are deployed covers it`,
        }
      : {}),
  };
}
