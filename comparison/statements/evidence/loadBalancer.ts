/** Evidence from load balancers: their makers, where they send traffic, and the results. */
import { isIP } from "node:net";
import { controllerOf } from "../../clouds/cloud.ts";
import { counted } from "../../difference/inWords.ts";
import type { LoadBalancerFacts } from "../../model/loadBalancer.ts";
import { factsIn } from "../../model/sourceResult.ts";
import { answerIn } from "../../probes/asked.ts";
import { contradicts, eachSide, enumerate, none, nodePortsOf, reservesNone, supports } from "../run.ts";
import type { Judge, Side } from "../run.ts";

const listenersOf = ({ listeners }: LoadBalancerFacts): string =>
  enumerate(listeners.map(({ protocol, port }) => `${protocol} ${port}`));

const trafficOf = ({ traffic }: Side): string[] =>
  traffic === undefined ? [] : [`${traffic.answered} of ${traffic.sent} requests to it were answered`];

export const forwardsToNodePorts: Judge = eachSide(["LoadBalancer"], (side, { facts, cloud }) => {
  const { loadBalancer } = side.exposure;
  if (loadBalancer.kind !== "known") return none(`the load balancer: ${loadBalancer.reason}`);
  const { pools } = loadBalancer.facts;
  const members = pools.flatMap((pool) => pool.members);
  const elsewhere = cloud.elsewhere(pools);
  if (elsewhere !== undefined) {
    return side.service.loadBalancerClass === undefined
      ? contradicts(`its ${elsewhere}`)
      : none(`a load balancer of the default controller, not of ${side.service.loadBalancerClass}`);
  }
  const ports = nodePortsOf(side.service);
  const astray = members.filter(({ port }) => typeof port !== "number" || !ports.includes(port));
  if (astray.length > 0)
    return contradicts(
      `${enumerate(astray.map(({ id, port }) => `${id}:${port}`))}: not node port ${enumerate(ports.map(String))}`,
    );
  const cluster = factsIn(facts.cluster);
  const nodes = controllerOf(cloud, side.service).memberNodes(side.service, cluster?.nodes ?? [], cluster);
  const missing = nodes.filter((node) =>
    pools.some((pool) => !pool.members.some((member) => cloud.isMember(member, node))),
  );
  if (missing.length > 0) return contradicts(`${enumerate(missing.map(({ name }) => name))}: no target`);
  return members.length === 0
    ? none("a load balancer with targets")
    : supports(
        `${listenersOf(loadBalancer.facts)} to node port ${enumerate(ports.map(String))} of ${counted(members.length, "target")}`,
      );
});

/** The question itself. A plan that declares such a load balancer counts as evidence. */
export const nothingPrevents: Judge = eachSide(["NodePort"], (side, { facts, cloud }) => {
  const { loadBalancer } = side.exposure;
  if (loadBalancer.kind !== "known") return none(`the load balancer: ${loadBalancer.reason}`);
  const { traffic } = side;
  if (traffic !== undefined && traffic.sent > 0 && traffic.answered === 0)
    return contradicts(`none of ${traffic.sent} requests through its load balancer was answered`);
  const { owner, pools } = loadBalancer.facts;
  if (facts.basis === "planned")
    return supports(`planned: a load balancer of the ${owner}, ${listenersOf(loadBalancer.facts)}`);
  const healthy = pools.flatMap(({ members }) =>
    members.filter(({ state }) => state === cloud.working.member),
  );
  if (healthy.length === 0 && traffic === undefined) return none("a healthy target, or traffic");
  return supports(
    [
      `a load balancer made by the ${owner}, ${listenersOf(loadBalancer.facts)}, with ${counted(healthy.length, "healthy target")}`,
      ...trafficOf(side),
    ].join("; "),
  );
});

export const additionally: Judge = eachSide(["LoadBalancer"], ({ service }) => {
  const ports = nodePortsOf(service);
  const addresses = service.clusterIPs.filter((address) => address !== "" && address !== "None");
  if (addresses.length === 0) return contradicts("no cluster IP");
  if (ports.length === 0 && !reservesNone(service)) return contradicts("no node port");
  if (service.ingress.length === 0) return none("a load balancer; the Service is still waiting for one");
  const own = [
    `cluster IP ${enumerate(addresses)}`,
    ...(ports.length > 0 ? [`node port ${enumerate(ports.map(String))}`] : []),
  ];
  return supports(`${enumerate(own)}, and in addition ${enumerate(service.ingress)}`);
});

export const automatically: Judge = eachSide(["LoadBalancer"], ({ service, exposure, events }, { cloud }) => {
  if (exposure.loadBalancer.kind !== "known")
    return none(`the load balancer: ${exposure.loadBalancer.reason}`);
  const { owner } = exposure.loadBalancer.facts;
  if (owner === "program") return contradicts("the load balancer is declared in the program");
  const controller = controllerOf(cloud, service);
  if (owner !== controller.owner) return none(`a load balancer of a known owner, not ${owner}`);
  const said = (answerIn(events) ?? []).filter(({ reason }) => reason.endsWith("LoadBalancer"));
  return supports(
    [
      `${controller.title} made the load balancer`,
      ...(service.finalizers.includes(controller.finalizer)
        ? [`it protects the Service with the finalizer ${controller.finalizer}`]
        : []),
      ...(said.length > 0
        ? [`its events: ${said.map(({ reason, time }) => `${reason} at ${time}`).join(", ")}`]
        : []),
    ].join("; "),
  );
});

export const otherClouds: Judge = ({ cloud }) =>
  none(`a cluster on Compute Engine and one on OpenStack: this run has only ${cloud.title}'s load balancers`);

export const alwaysByNodePort: Judge = eachSide(["NodePort", "LoadBalancer"], (side) => {
  if (side.traffic === undefined || side.traffic.sent === 0)
    return none("requests through the load balancer");
  const name = factsIn(side.exposure.loadBalancer)?.address ?? "its load balancer";
  return side.traffic.answered === 0
    ? contradicts(`none of ${side.traffic.sent} requests to ${name} was answered`)
    : supports(`${side.traffic.answered} of ${side.traffic.sent} requests to ${name} were answered`);
});

export const ownAddress: Judge = eachSide(["LoadBalancer"], ({ service, exposure }, { cloud }) => {
  if (service.ingress.length === 0) return none("a load balancer; the Service is still waiting for one");
  const [only, ...others] = service.ingress;
  const scheme = factsIn(exposure.loadBalancer)?.scheme;
  if (only !== undefined && others.length === 0 && isIP(only) !== 0) {
    const address = `the one address ${only}`;
    if (!cloud.statements["own-address"].verdict.startsWith("true")) return contradicts(address);
    return supports(scheme === "internal" ? `${address}, internal, so not public` : address);
  }
  const addresses = factsIn(exposure.name)?.addresses ?? [];
  return supports(
    [
      `a name, ${enumerate(service.ingress)}`,
      ...(addresses.length > 0
        ? [
            `with ${addresses.length === 1 ? "1 address" : `${addresses.length} addresses`} now: ${enumerate(addresses)}`,
          ]
        : []),
      ...(scheme === undefined ? [] : [scheme === "internal" ? "internal, so not public" : scheme]),
    ].join(", "),
  );
});

export const onlyHealthy: Judge = eachSide(["NodePort", "LoadBalancer"], ({ exposure }, { cloud }) => {
  if (exposure.loadBalancer.kind !== "known")
    return none(`the load balancer: ${exposure.loadBalancer.reason}`);
  const checks = exposure.loadBalancer.facts.pools.map(({ healthCheck }) => healthCheck);
  if (checks.length === 0) return none(`a load balancer with a ${cloud.words.pool}`);
  if (checks.some(({ enabled }) => !enabled))
    return contradicts("health checks are off, so a failed node keeps getting connections");
  const described = checks.map(
    ({ protocol, intervalSeconds, unhealthyThresholdCount: failures }) =>
      `${protocol} checks every ${intervalSeconds} s, ${failures} failures take a node out: a dead node gets connections for about ${intervalSeconds * failures} s`,
  );
  return supports(`${enumerate([...new Set(described)])} (calculated; no node failed in this run)`);
});
