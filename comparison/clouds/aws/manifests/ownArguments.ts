/** The arguments of a NodePortExposure that makes the load balancer that a controller makes of a Service. */
import type { NodePortExposureArgs } from "../../../../components/aws/index.ts";
import { resolveHealthCheck } from "../../../../components/aws/healthCheck.ts";
import type { HealthCheck, NetworkLoadBalancerPort } from "../../../../components/aws/options.ts";
import { defaultSslPolicy } from "../../../../components/aws/tls.ts";
import type { AlpnPolicy, Tls } from "../../../../components/aws/tls.ts";
import type { TrafficDistribution } from "../../../../components/core/exposure.ts";
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import { later, laterForHealthChecks } from "../../../model/later.ts";
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import type { ServiceFacts, ServicePortFacts } from "../../../model/service.ts";
import type { MadeFor } from "../../manifests.ts";
import { annotation, annotationNames, keyValues } from "../cloudControllerManager/annotations.ts";
import { sourceRanges } from "../cloudControllerManager/sourceRanges.ts";
import { healthCheckOf } from "../defaults.ts";
import * as lbc from "../loadBalancerController/annotations.ts";
import { claimedBy } from "../loadBalancerController/claims.ts";
import { admittedSources } from "../loadBalancerController/sourceRanges.ts";
import type { Aws, NlbFacts, TargetGroupFacts } from "../model.ts";
import { ownAttributes } from "./ownAttributes.ts";

/** Plain data. The network is the program's. */
export type Arguments = Omit<NodePortExposureArgs, "network" | "namespace" | "selector"> & {
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
};

/** Only what differs from the component's defaults. */
export function ownArguments(service: ServiceFacts, like: MadeFor<Aws> | undefined): Arguments {
  const { namespace, selector, externalTrafficPolicy } = service;
  const balancer = like?.made.loadBalancer;
  const asking = like?.service ?? service;
  return {
    namespace,
    selector,
    ports: service.ports.map((port) => ({
      ...ownPort(port, service),
      ...(balancer === undefined ? {} : withoutUndefined({ tls: ownTls(port, balancer) })),
      ...(isUnanswered(port, service) && (balancer === undefined || !areAllUnanswered(service))
        ? withoutUndefined({ healthCheck: unansweredCheck(balancer, service, asking) })
        : {}),
    })),
    ...ownClients(asking, like),
    ...withoutUndefined({
      scheme: balancer?.scheme === "internal" ? ("internal" as const) : undefined,
      externalTrafficPolicy: externalTrafficPolicy === "Local" ? ("Local" as const) : undefined,
      sessionAffinity: service.sessionAffinity === "ClientIP" ? ("ClientIP" as const) : undefined,
      // A manifest with another value is not valid.
      trafficDistribution: service.trafficDistribution as TrafficDistribution | undefined,
      ...(balancer === undefined ? {} : ownPlaces(balancer, asking)),
    }),
    ...(balancer === undefined ? {} : ownOptions(balancer, service, asking)),
  };
}

/** Everywhere, if the Service names none. Only one of the controllers reads prefix lists. */
function ownClients(asking: ServiceFacts, like: MadeFor<Aws> | undefined) {
  const lists =
    claimedBy(asking) === undefined || like === undefined ? undefined : lbc.list(asking, "prefixLists");
  if (lists === undefined || lists.length === 0) return { loadBalancerSourceRanges: sourceRanges(asking) };
  return {
    loadBalancerSourceRanges: admittedSources(asking).filter((source) => !lists.includes(source)),
    sourcePrefixLists: lists.map((id) => ({ id })),
  };
}

/** Both controllers have the same annotations for addresses. Fixed addresses need their subnets. */
function ownPlaces({ zones }: NlbFacts, asking: ServiceFacts) {
  const eipAllocationIds = annotation(asking, "eipAllocations")
    ?.split(",")
    .map((id) => id.trim());
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

const allowedName = /^[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/;

/** A NodePort Service keeps its node ports; a second Service cannot have those of a LoadBalancer Service. */
function ownPort(port: ServicePortFacts, { type }: ServiceFacts): NetworkLoadBalancerPort {
  const { name, protocol, targetPort, appProtocol, nodePort } = port;
  return {
    name: allowedName.test(name) ? name : `${protocol.toLowerCase()}-${port.port}`,
    port: port.port,
    ...(targetPort === port.port ? {} : { targetPort }),
    // The component refuses any other.
    ...(protocol === "TCP" ? {} : { protocol: protocol as "UDP" }),
    ...withoutUndefined({ appProtocol }),
    ...(type === "NodePort" && typeof nodePort === "number" ? { nodePort } : {}),
  };
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
  const [group] = balancer.pools;
  return withoutUndefined({
    ...ownAttributes(balancer),
    // Only one of the controllers reads it.
    loadBalancerName:
      lbc.annotation(asking, "name") === balancer.identity.name ? balancer.identity.name : undefined,
    tags: ownTags(balancer, asking),
    healthCheck:
      group === undefined
        ? undefined
        : ownHealthCheck(checkOfNodes(group), service, asking, areAllUnanswered(service)),
  });
}

/** Of a port where nothing answers, beside others. */
function unansweredCheck(balancer: NlbFacts | undefined, service: ServiceFacts, asking: ServiceFacts) {
  const [group] = balancer?.pools ?? [];
  return group === undefined ? kubeProxyCheck : ownHealthCheck(checkOfNodes(group), service, asking, true);
}

/** Without those that the controller overwrites by its own. */
function ownTags({ tags }: NlbFacts, service: ServiceFacts) {
  const given = Object.entries(keyValues(annotation(service, "additionalTags") ?? ""));
  const made = given.filter(([key, value]) => tags[key] === value);
  return made.length === 0 ? undefined : Object.fromEntries(made);
}

/** A port of the pods is none of the nodes, which are the targets of the printed program. */
const checkOfNodes = ({ targetType, healthCheck }: TargetGroupFacts): HealthCheckFacts =>
  targetType === "ip" ? { ...healthCheck, port: "traffic-port" } : healthCheck;

/** The fields that differ from the component's own check for the same policy; undefined if none does. */
function ownHealthCheck(
  made: HealthCheckFacts,
  service: ServiceFacts,
  asking: ServiceFacts,
  isUnanswered: boolean,
): HealthCheck | undefined {
  const policy = service.externalTrafficPolicy === "Local" ? "Local" : "Cluster";
  const { intervalSeconds, timeoutSeconds, healthyThresholdCount, unhealthyThresholdCount } = made;
  // Only a LoadBalancer Service has this port, so the component checks the node port, or kube-proxy where nothing answers there.
  const isItsOwn =
    made.port === laterForHealthChecks ||
    (made.port !== "traffic-port" && made.port === asking.healthCheckNodePort);
  const target = (isItsOwn && !isUnanswered ? {} : targetOf(made, isUnanswered, isItsOwn)) as HealthCheck;
  const own = resolveHealthCheck(target, policy);
  const given = withoutUndefined({
    ...target,
    intervalSeconds: intervalSeconds === own.intervalSeconds ? undefined : intervalSeconds,
    timeoutSeconds:
      isItsOwn || timeoutSeconds === resolveHealthCheck({ ...target, intervalSeconds }, policy).timeoutSeconds
        ? undefined
        : timeoutSeconds,
    healthyThresholdCount:
      healthyThresholdCount === own.healthyThresholdCount ? undefined : healthyThresholdCount,
    unhealthyThresholdCount:
      unhealthyThresholdCount === own.unhealthyThresholdCount ? undefined : unhealthyThresholdCount,
  });
  return Object.keys(given).length === 0 ? undefined : given;
}

/** The component refuses a check at a UDP node port, which nothing answers. */
function targetOf(
  { protocol, port, path, matcher }: HealthCheckFacts,
  isUnanswered: boolean,
  isItsOwn: boolean,
) {
  if ((port === "traffic-port" || isItsOwn) && isUnanswered) return kubeProxyCheck;
  return withoutUndefined({
    protocol: protocol === "TCP" ? undefined : protocol,
    // A node port that is not allocated yet has no number to name.
    port: port === "traffic-port" || port === later ? undefined : port,
    path: path === "/" ? undefined : path,
    matcher: matcher === healthCheckOf(protocol).matcher ? undefined : matcher,
  });
}

function areAllUnanswered(service: ServiceFacts): boolean {
  return service.ports.every((port) => isUnanswered(port, service));
}

/** Nothing answers a check at a UDP node port, without a TCP port of the same number. */
function isUnanswered({ port, protocol }: ServicePortFacts, { ports }: ServiceFacts): boolean {
  return protocol === "UDP" && !ports.some((each) => each.port === port && each.protocol === "TCP");
}

/** https://kubernetes.io/docs/reference/networking/virtual-ips/ */
const kubeProxyCheck = { protocol: "HTTP", port: 10256, path: "/healthz" } as const;
