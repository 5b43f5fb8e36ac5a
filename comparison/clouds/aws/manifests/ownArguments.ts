/** The arguments of a NodePortExposure that makes the load balancer that a controller makes of a Service. */
import type { NodePortExposureArgs } from "../../../../components/aws/index.ts";
import { defaultSslPolicy } from "../../../../components/aws/tls.ts";
import type { AlpnPolicy, Tls } from "../../../../components/aws/tls.ts";
import type { TrafficDistribution } from "../../../../components/core/exposure.ts";
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import { later } from "../../../model/later.ts";
import type { ServiceFacts, ServicePortFacts } from "../../../model/service.ts";
import { ownPort } from "../../../manifests/ownPort.ts";
import type { MadeFor } from "../../manifests.ts";
import { annotation, annotationNames, keyValues } from "../cloudControllerManager/annotations.ts";
import { sourceRanges } from "../cloudControllerManager/sourceRanges.ts";
import * as lbc from "../loadBalancerController/annotations.ts";
import { claimedBy } from "../loadBalancerController/claims.ts";
import { admittedSources } from "../loadBalancerController/sourceRanges.ts";
import type { Aws, NlbFacts } from "../model.ts";
import { ownAttributes } from "./ownAttributes.ts";
import { areAllUnanswered, checkOfAll, isUnanswered, unansweredCheck } from "./ownHealthCheck.ts";
import { ownLocalCheck } from "./ownLocalCheck.ts";
import { ownTargetType } from "./ownTargetType.ts";

/** Plain data. The network is the program's. */
export type Arguments = Omit<NodePortExposureArgs, "network" | "namespace" | "selector"> & {
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
};

/**
 * Only what differs from the component's defaults.
 * @param all the Services that are judged together, whose node ports no other may have
 */
export function ownArguments(
  service: ServiceFacts,
  like: MadeFor<Aws> | undefined,
  all: readonly ServiceFacts[],
): Arguments {
  const { namespace, selector, externalTrafficPolicy } = service;
  const balancer = like?.made.loadBalancer;
  const asking = like?.service ?? service;
  const localCheck = like === undefined ? undefined : ownLocalCheck(service, like, all);
  const securityGroups = ownGroups(service, asking, like);
  // The component has it only with groups of the load balancer's own, and without UDP: else the comparison shows the difference.
  const ipAddressType =
    balancer?.ipAddressType === "dualstack" &&
    securityGroups !== undefined &&
    service.ports.every(({ protocol }) => protocol !== "UDP")
      ? ("dualstack" as const)
      : undefined;
  return {
    namespace,
    selector,
    ports: service.ports.map((port) => ({
      ...ownPort(port, service),
      ...(balancer === undefined ? {} : withoutUndefined({ tls: ownTls(port, balancer) })),
      ...(localCheck === undefined &&
      isUnanswered(port, service) &&
      (balancer === undefined || !areAllUnanswered(service))
        ? withoutUndefined({ healthCheck: unansweredCheck(balancer, service, asking) })
        : {}),
    })),
    // The rules of groups that exist say who may connect.
    ...(Array.isArray(securityGroups)
      ? { loadBalancerSourceRanges: [] }
      : ownClients(asking, like, ipAddressType)),
    ...withoutUndefined({
      scheme: balancer?.scheme === "internal" ? ("internal" as const) : undefined,
      externalTrafficPolicy: externalTrafficPolicy === "Local" ? ("Local" as const) : undefined,
      sessionAffinity: service.sessionAffinity === "ClientIP" ? ("ClientIP" as const) : undefined,
      // A manifest with another value is not valid.
      trafficDistribution: service.trafficDistribution as TrafficDistribution | undefined,
      securityGroups,
      ipAddressType,
      ...(balancer === undefined ? {} : ownPlaces(balancer, asking)),
    }),
    ...(balancer === undefined ? {} : ownOptions(balancer, service, asking)),
    ...(localCheck ??
      (balancer === undefined
        ? {}
        : withoutUndefined({ healthCheck: checkOfAll(balancer, service, asking) }))),
  };
}

/** Everywhere, if the Service names none. Only one of the controllers reads prefix lists. */
function ownClients(
  asking: ServiceFacts,
  like: MadeFor<Aws> | undefined,
  ipAddressType: "dualstack" | undefined,
) {
  const lists =
    claimedBy(asking) === undefined || like === undefined ? undefined : lbc.list(asking, "prefixLists");
  if (lists === undefined || lists.length === 0)
    return {
      loadBalancerSourceRanges:
        ipAddressType === undefined ? sourceRanges(asking) : [...admittedSources(asking)],
    };
  return {
    loadBalancerSourceRanges: admittedSources(asking).filter((source) => !lists.includes(source)),
    sourcePrefixLists: lists.map((id) => ({ id })),
  };
}

/** The component has ids only; a group that the Service names by its tag Name has none in a manifest. */
function ownGroups(
  service: ServiceFacts,
  asking: ServiceFacts,
  like: MadeFor<Aws> | undefined,
): Arguments["securityGroups"] {
  // Nothing says that the load balancer of a NodePort Service that exists has any.
  if (service.type === "NodePort") return undefined;
  if (like === undefined || like.made.loadBalancer.securityGroups.length === 0) return undefined;
  const given = claimedBy(asking) === undefined ? [] : (lbc.list(asking, "securityGroups") ?? []);
  if (given.length === 0) return "own";
  return given.every((group) => /^sg-\w+$/.test(group)) ? given : undefined;
}

/** Both controllers have the same annotations for addresses. Fixed addresses need their subnets. */
function ownPlaces({ zones }: NlbFacts, asking: ServiceFacts) {
  const eipAllocationIds = annotation(asking, "eipAllocations")
    ?.split(",")
    .map((id) => id.trim())
    // The AWS Load Balancer Controller leaves empty items out.
    .filter((id) => id !== "");
  const addresses = zones.flatMap((zone) => zone.addresses.filter((address) => address !== later));
  const privateIpv4Addresses =
    annotation(asking, "privateIpv4Addresses") === undefined || addresses.length < zones.length
      ? undefined
      : addresses;
  const isChosen = [annotation(asking, "subnets"), eipAllocationIds, privateIpv4Addresses].some(
    (each) => each !== undefined,
  );
  return {
    subnetIds: isChosen ? zones.map(({ subnet }) => subnet) : undefined,
    eipAllocationIds,
    privateIpv4Addresses,
  };
}

/** Its value is the cluster's, so two load balancers that differ in it have the same facts. */
const unseen = ["targetNodeLabels"] as const;

export function withoutOption(service: ServiceFacts) {
  const ofOther = claimedBy(service) === undefined ? [] : lbc.unseen.map((name) => lbc.annotationNames[name]);
  return [...unseen.map((name) => annotationNames[name]), ...ofOther].flatMap((title) => {
    const value = service.annotations[title];
    return value === undefined ? [] : [{ title, value }];
  });
}

/** Only what differs from the component's defaults. */
function ownTls({ port }: ServicePortFacts, { listeners, pools }: NlbFacts): Tls | undefined {
  const listener = listeners.find((each) => each.protocol === "TLS" && each.port === port);
  const [certificateArn, ...others] = listener?.certificates ?? [];
  if (listener === undefined || certificateArn === undefined) return undefined;
  const { sslPolicy, alpnPolicy, forwardsTo } = listener;
  const group = pools.find(({ identity }) => forwardsTo.includes(identity.id));
  return {
    certificateArn,
    ...withoutUndefined({
      additionalCertificateArns: others.length === 0 ? undefined : others,
      sslPolicy: sslPolicy === defaultSslPolicy ? undefined : sslPolicy,
      // The controllers send no others.
      alpnPolicy: alpnPolicy[0] as AlpnPolicy | undefined,
      targetProtocol: group?.protocol === "TLS" ? ("TLS" as const) : undefined,
    }),
  };
}

function ownOptions(balancer: NlbFacts, service: ServiceFacts, asking: ServiceFacts) {
  const targetType = ownTargetType(service, balancer.pools);
  return withoutUndefined({
    // Only the AWS Load Balancer Controller registers pods.
    ...(targetType === "ip" ? { targetType, targetGroupBinding: {} } : {}),
    ...ownAttributes(balancer, targetType),
    // Only one of the controllers reads it.
    loadBalancerName:
      lbc.annotation(asking, "name") === balancer.identity.name ? balancer.identity.name : undefined,
    tags: ownTags(balancer, asking),
  });
}

/** Without those that the controller overwrites by its own. */
function ownTags({ tags }: NlbFacts, service: ServiceFacts) {
  const given = Object.entries(keyValues(annotation(service, "additionalTags") ?? ""));
  const made = given.filter(([key, value]) => tags[key] === value);
  return made.length === 0 ? undefined : Object.fromEntries(made);
}
