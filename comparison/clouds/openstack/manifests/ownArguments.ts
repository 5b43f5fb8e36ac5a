/** The component's arguments for a load balancer that equals another one: only what differs from its defaults. */
import { octaviaDefaults } from "../../../../components/openstack/defaults.ts";
import type { NodePortExposureArgs } from "../../../../components/openstack/index.ts";
import { withoutUndefined } from "../../../../components/core/withoutUndefined.ts";
import type { TrafficDistribution } from "../../../../components/core/exposure.ts";
import { freeNodePort } from "../../../manifests/freeNodePort.ts";
import { ownPort } from "../../../manifests/ownPort.ts";
import type { HealthCheckFacts } from "../../../model/loadBalancer.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { MadeFor, OwnArguments } from "../../manifests.ts";
import { flag } from "../cloudControllerManager/annotations.ts";
import { sourceRanges } from "../cloudControllerManager/sourceRanges.ts";
import type { OctaviaFacts, OctaviaListenerFacts, OctaviaPoolFacts, OpenStack } from "../model.ts";

export type Arguments = Omit<NodePortExposureArgs, "network"> & OwnArguments;

type Options = Partial<Omit<NodePortExposureArgs, "network" | "namespace" | "selector" | "ports">>;

export function ownArguments(
  service: ServiceFacts,
  like: MadeFor<OpenStack> | undefined,
  all: readonly ServiceFacts[],
): Arguments {
  const { namespace, selector, externalTrafficPolicy, sessionAffinity, trafficDistribution } = service;
  const asking = like?.service ?? service;
  return {
    namespace,
    selector,
    ports: service.ports.map((port) => ownPort(port, service)),
    loadBalancerSourceRanges: sourceRanges(asking),
    ...withoutUndefined({
      externalTrafficPolicy: externalTrafficPolicy === "Local" ? ("Local" as const) : undefined,
      sessionAffinity: sessionAffinity === "ClientIP" ? ("ClientIP" as const) : undefined,
      // A manifest with another value is not valid.
      trafficDistribution: trafficDistribution as TrafficDistribution | undefined,
    }),
    ...(like === undefined ? {} : optionsLike(like.made.loadBalancer, like.service)),
    ...(like === undefined ? {} : localCheck(service, like, all)),
  };
}

/** One listener and one pool stand for all: annotations are for all ports. */
function optionsLike(balancer: OctaviaFacts, asking: ServiceFacts): Options {
  const [listener] = balancer.listeners;
  const [pool] = balancer.pools;
  const isInternal = balancer.scheme === "internal";
  return withoutUndefined({
    scheme: isInternal ? ("internal" as const) : undefined,
    flavorId: unless(balancer.flavor, "default"),
    availabilityZone: unless(balancer.availabilityZone, "default"),
    loadbalancerProvider: unless(balancer.provider, octaviaDefaults.loadbalancerProvider),
    keepFloatingIp: !isInternal && flag(asking, "keep-floatingip", false) ? true : undefined,
    ...(listener === undefined ? {} : ofListener(listener)),
    ...(pool === undefined ? {} : ofPool(pool, listener)),
  });
}

const unless = <T>(value: T, usual: T): T | undefined => (value === usual ? undefined : value);

function ofListener({ connectionLimit, timeouts }: OctaviaListenerFacts) {
  const usual = octaviaDefaults.timeouts;
  const changed = withoutUndefined({
    clientDataMilliseconds: unless(timeouts.clientData, usual.clientDataMilliseconds),
    memberConnectMilliseconds: unless(timeouts.memberConnect, usual.memberConnectMilliseconds),
    memberDataMilliseconds: unless(timeouts.memberData, usual.memberDataMilliseconds),
    tcpInspectMilliseconds: unless(timeouts.tcpInspect, usual.tcpInspectMilliseconds),
  });
  return {
    connectionLimit: unless<number>(connectionLimit, octaviaDefaults.connectionLimit),
    timeouts: emptyAsNone(changed),
  };
}

function ofPool(
  { protocol, lbMethod, healthCheck }: OctaviaPoolFacts,
  listener: OctaviaListenerFacts | undefined,
) {
  return {
    // The component refuses a method that it does not have.
    lbMethod: unless(lbMethod, octaviaDefaults.lbMethod) as Arguments["lbMethod"],
    clientAddress: clientAddressOf(protocol, listener),
    healthMonitor: healthCheck.enabled ? timingOf(healthCheck) : (false as const),
  };
}

function clientAddressOf(
  protocol: string,
  listener: OctaviaListenerFacts | undefined,
): Arguments["clientAddress"] {
  if (protocol === "PROXY" || protocol === "PROXYV2") return protocol;
  return listener?.insertHeaders["X-Forwarded-For"] === "true" ? "X-Forwarded-For" : undefined;
}

function timingOf(check: HealthCheckFacts) {
  const usual = octaviaDefaults.healthMonitor;
  return emptyAsNone(
    withoutUndefined({
      delaySeconds: unless<number>(check.intervalSeconds, usual.delaySeconds),
      timeoutSeconds: unless<number>(check.timeoutSeconds, usual.timeoutSeconds),
      maxRetries: unless<number>(check.healthyThresholdCount, usual.maxRetries),
      maxRetriesDown: unless<number>(check.unhealthyThresholdCount, usual.maxRetriesDown),
    }),
  );
}

const emptyAsNone = <T extends object>(fields: T): T | undefined =>
  Object.keys(fields).length === 0 ? undefined : fields;

/** A NodePort Service of a manifest exists without the second Service that the component makes for this option. */
function localCheck(
  service: ServiceFacts,
  { made: { loadBalancer }, service: asking }: MadeFor<OpenStack>,
  all: readonly ServiceFacts[],
): Options {
  const [pool] = loadBalancer.pools;
  const asksKubeProxy =
    pool?.healthCheck.protocol === "HTTP" && pool.healthCheck.port === asking.healthCheckNodePort;
  if (!asksKubeProxy || service.type === "NodePort") return {};
  return withoutUndefined({ healthCheckNodePort: freeNodePort(service, all) });
}
