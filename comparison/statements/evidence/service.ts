/** Evidence from the Services: what the API server gives them, and what it refuses. */
import { counted } from "../../difference/inWords.ts";
import { factsIn } from "../../model/sourceResult.ts";
import { answerIn, whyNot } from "../../probes/asked.ts";
import { contradicts, eachSide, enumerate, none, nodePortsOf, reservesNone, supports } from "../run.ts";
import type { Evidence, Judge, Side } from "../run.ts";

const both = ["NodePort", "LoadBalancer"] as const;

export const clusterIp: Judge = eachSide(both, ({ service }) => {
  const addresses = service.clusterIPs.filter((address) => address !== "" && address !== "None");
  const ports = service.ports.map(({ port, protocol }) => `${port}/${protocol}`);
  return addresses.length === 0
    ? contradicts("the Service has no cluster IP")
    : supports(`${enumerate(addresses)}, port ${enumerate(ports)}`);
});

export const nodePort: Judge = eachSide(both, ({ service }) => {
  const without = service.ports.filter((port) => port.nodePort === undefined);
  if (without.length === 0) return supports(`node port ${enumerate(nodePortsOf(service).map(String))}`);
  return reservesNone(service)
    ? supports("the exception: no node port, since allocateLoadBalancerNodePorts is false")
    : contradicts(`port ${enumerate(without.map(({ port }) => String(port)))} has no node port`);
});

export const endpoints: Judge = eachSide(both, ({ service, exposure }) => {
  const ready = (factsIn(exposure.endpoints) ?? []).filter((endpoint) => endpoint.ready);
  if (ready.length > 0) {
    const nodes = new Set(ready.map(({ node }) => node));
    return supports(`${counted(ready.length, "ready endpoint")} on ${enumerate([...nodes].sort())}`);
  }
  if (exposure.endpoints.kind !== "known") return none(`the endpoints: ${exposure.endpoints.reason}`);
  return Object.keys(service.selector).length === 0
    ? supports("the exception: no selector, so Kubernetes makes no endpoints")
    : none("a ready pod of the Service");
});

export const udp: Judge = ({ facts, probes: { dryRuns } }) => {
  if (dryRuns.udp.kind === "refused")
    return contradicts(
      `the API server refuses a LoadBalancer Service with port 53/UDP: ${dryRuns.udp.message}`,
    );
  const accepted = answerIn(dryRuns.udp)?.ports.some(({ protocol }) => protocol === "UDP") ?? false;
  if (!accepted) {
    return none(
      dryRuns.udp.kind === "answered"
        ? "a dry run whose answer keeps the UDP port"
        : `a dry run of a LoadBalancer Service with a UDP port (${whyNot(dryRuns.udp)})`,
    );
  }
  const listening = [facts.left, facts.right].some(({ loadBalancer }) =>
    factsIn(loadBalancer)?.listeners.some(({ protocol }) => protocol.includes("UDP")),
  );
  return supports(
    [
      "the API server accepts a LoadBalancer Service with port 53/UDP in a dry run",
      ...(dryRuns.tcpAndUdp.kind === "answered" ? ["it also accepts one with TCP and UDP on one port"] : []),
      listening ? "a compared load balancer has a UDP listener" : "no UDP was sent in this run",
    ].join("; "),
  );
};

export const reserved: Judge = eachSide(["NodePort"], ({ service, takenNodePort }) =>
  takenBy(nodePortsOf(service), takenNodePort),
);

export const nothingReserved: Judge = eachSide(["LoadBalancer"], (side, { probes }) => {
  const without = probes.dryRuns.withoutNodePorts;
  const told = answerIn(without)?.ports.every(({ hasNodePort }) => !hasNodePort);
  if (told === false)
    return contradicts("with allocateLoadBalancerNodePorts: false, the API server still gives a node port");
  if (reservesNone(side.service))
    return supports("the exception: none is reserved, since allocateLoadBalancerNodePorts is false");
  const ports = nodePortsOf(side.service);
  if (ports.length === 0)
    return contradicts("no node port, although allocateLoadBalancerNodePorts is not false");
  const taken = takenBy(ports, side.takenNodePort);
  if (taken.kind === "contradicts") return taken;
  return supports(
    [
      taken.kind === "supports" ? taken.text : `node port ${enumerate(ports.map(String))} is reserved`,
      ...(told === true
        ? ["with allocateLoadBalancerNodePorts: false, the API server gives none (dry run)"]
        : []),
    ].join("; "),
  );
});

/** A second Service that asks for the port shows whether it is reserved. */
function takenBy(ports: readonly number[], taken: Side["takenNodePort"]): Evidence {
  const [port] = ports;
  if (port === undefined) return none("a node port of the Service");
  if (taken.kind === "answered")
    return contradicts(`a second Service can get node port ${port} too (dry run)`);
  if (taken.kind === "refused" && taken.message.includes("already allocated"))
    return supports(`node port ${port} is reserved: a second Service is refused (${taken.message})`);
  return none(`a dry run of a second Service with node port ${port} (${whyNot(taken)})`);
}

/** https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport */
const defaultRange = { from: 30_000, to: 32_767 };
const defaultSize = defaultRange.to - defaultRange.from + 1;

export const range: Judge = (run) => {
  const { nodePortOmitted } = run.probes.dryRuns;
  if (nodePortOmitted.kind === "refused")
    return contradicts(`a Service that names no node port is refused: ${nodePortOmitted.message}`);
  if (answerIn(nodePortOmitted)?.ports.some(({ hasNodePort }) => !hasNodePort) === true)
    return contradicts("a NodePort Service that names no node port gets none (dry run)");

  const allocator = answerIn(run.probes.allocator);
  const size = allocator === undefined ? undefined : allocator.allocated + allocator.available;
  if (size !== undefined && size !== defaultSize)
    return none(`a cluster with the default range: this one has ${size} node ports, not ${defaultSize}`);
  const sizes =
    allocator === undefined
      ? []
      : [
          `the API server has ${defaultSize} node ports, as many as from ${defaultRange.from} to ${defaultRange.to}; since it started, it chose ${allocator.chosenByServer} and users named ${allocator.namedByUser}`,
        ];
  const inRange = eachSide(both, ({ service }) => {
    const ports = nodePortsOf(service);
    const outside = ports.filter((port) => port < defaultRange.from || port > defaultRange.to);
    if (ports.length === 0) return none("a node port of the Service");
    return outside.length > 0
      ? contradicts(
          `node port ${enumerate(outside.map(String))} is outside ${defaultRange.from}-${defaultRange.to}`,
        )
      : supports(`node port ${enumerate(ports.map(String))}`);
  })(run);
  return inRange.kind === "supports" ? supports([inRange.text, ...sizes].join("; ")) : inRange;
};
