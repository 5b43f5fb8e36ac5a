/** Evidence from nodes: answers from their addresses, and their rules. */
import { factsIn } from "../../model/sourceResult.ts";
import type { NodePortAnswer } from "../../probes/probes.ts";
import { whyNot } from "../../probes/asked.ts";
import { contradicts, eachSide, enumerate, none, nodePortsOf, supports } from "../run.ts";
import type { Evidence, Judge, Run, Side } from "../run.ts";

/**
 * Answers of the nodes that should answer: those that are ready and, with the policy Local, have a pod of the Service.
 * https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy
 */
function expectedAnswers({ service, exposure, nodePorts }: Side, { facts }: Run): NodePortAnswer[] {
  const notReady = (factsIn(facts.cluster)?.nodes ?? []).filter(({ ready }) => !ready);
  const withPod = new Set(
    (factsIn(exposure.endpoints) ?? []).filter(({ ready }) => ready).map(({ node }) => node),
  );
  return nodePorts.filter(
    ({ node }) =>
      !notReady.some(({ name }) => name === node) &&
      (service.externalTrafficPolicy !== "Local" || withPod.has(node)),
  );
}

const place = ({ node, address, port }: NodePortAnswer): string => `${node} (${address}:${port})`;
const places = (answers: readonly NodePortAnswer[]): string => enumerate(answers.map(place));

/** The need for a client that reaches the nodes, and why this run's client did not. */
function needsReach(answers: readonly NodePortAnswer[]): Evidence {
  const reasons = answers.flatMap(({ outcome }) => (outcome.kind === "answered" ? [] : [whyNot(outcome)]));
  const why = reasons.length === 0 ? "" : ` (${[...new Set(reasons)].join(", ")})`;
  return none(`a client that reaches the nodes' addresses${why}`);
}

/** Requests to the address of every node: all answer, or one does not although others do. */
function askedEachNode(side: Side, run: Run): Evidence {
  const answers = expectedAnswers(side, run);
  const answering = answers.filter(({ outcome }) => outcome.kind === "answered");
  const refusing = answers.filter(({ outcome }) => outcome.kind === "refused");
  const silent = answers.filter((answer) => !answering.includes(answer));
  if (refusing.length > 0) return contradicts(`${places(refusing)} refused the connection`);
  if (answering.length === 0) return needsReach(answers);
  if (silent.length > 0)
    return contradicts(`${places(silent)} did not answer, although ${places(answering)} did`);
  return supports(`${places(answering)} answered`);
}

const both = ["NodePort", "LoadBalancer"] as const;

export const anyNode: Judge = eachSide(["NodePort"], askedEachNode);

export const samePort: Judge = eachSide(both, (side, run) => {
  const ports = nodePortsOf(side.service);
  if (ports.length === 0) return none("a node port of the Service");
  const asked = askedEachNode(side, run);
  const paths = factsIn(side.exposure.dataPath) ?? [];
  const lacking = paths.filter(({ entrances }) =>
    ports.some(
      (port) => !entrances.some((entrance) => entrance.kind === "node port" && entrance.port === port),
    ),
  );
  if (lacking.length > 0)
    return contradicts(
      `the rules of ${enumerate(lacking.map(({ node }) => node))} lack node port ${enumerate(ports.map(String))}`,
    );
  if (asked.kind !== "none" || paths.length === 0) return asked;
  return supports(
    `node port ${enumerate(ports.map(String))} is in the rules of ${enumerate(paths.map(({ node }) => node))}`,
  );
});

export const kubeProxy: Judge = eachSide(both, ({ exposure }) => {
  if (exposure.dataPath.kind !== "known") return none(`the nodes' rules: ${exposure.dataPath.reason}`);
  const paths = exposure.dataPath.facts;
  const modes = [...new Set(paths.map(({ mode }) => mode))];
  if (modes.includes("userspace"))
    return contradicts("kube-proxy in userspace mode takes connections itself");
  const pods = new Set(
    paths.flatMap(({ entrances }) =>
      entrances.filter(({ kind }) => kind === "node port").flatMap((entrance) => entrance.endpoints),
    ),
  );
  if (pods.size === 0) return none("a node whose rules lead from a node port to a pod");
  return supports(
    `${enumerate(modes)} rules of ${enumerate(paths.map(({ node }) => node))} lead from the node port to ${enumerate([...pods].sort())}`,
  );
});

export const clusterIpAndNodes: Judge = eachSide(["NodePort"], (side, run) => {
  const asked = askedEachNode(side, run);
  if (asked.kind === "contradicts") return asked;
  const paths = factsIn(side.exposure.dataPath) ?? [];
  const lacking = paths.filter(({ entrances }) => !entrances.some(({ kind }) => kind === "cluster IP"));
  if (lacking.length > 0)
    return contradicts(`the rules of ${enumerate(lacking.map(({ node }) => node))} lack the cluster IP`);
  if (paths.length === 0) return asked;
  const inside = `the rules of ${enumerate(paths.map(({ node }) => node))} have the cluster IP`;
  return supports(asked.kind === "supports" ? `${asked.text}; ${inside}` : inside);
});

export const onlyByLoadBalancer: Judge = eachSide(["LoadBalancer"], (side, run) => {
  if (nodePortsOf(side.service).length === 0) return none("a LoadBalancer Service with a node port");
  const answers = expectedAnswers(side, run);
  const answering = answers.filter(({ outcome }) => outcome.kind === "answered");
  if (answering.length > 0)
    return supports(`${places(answering)} answered the client, past the load balancer`);
  return answers.length > 0 && answers.every(({ outcome }) => outcome.kind === "refused")
    ? contradicts(`${places(answers)} refused the connection`)
    : needsReach(answers);
});

/** Only a failing node shows it, and no comparison makes a node fail. */
export const firstNode: Judge = (run) => {
  const down = (factsIn(run.facts.cluster)?.nodes ?? [])
    .filter(({ ready }) => !ready)
    .map(({ name }) => name);
  const answers = [...run.probes.nodePorts.left, ...run.probes.nodePorts.right];
  const silent = answers.filter(({ node, outcome }) => down.includes(node) && outcome.kind !== "answered");
  const answering = answers.filter(({ outcome }) => outcome.kind === "answered");
  return silent.length > 0 && answering.length > 0
    ? supports(`${places(silent)}, not ready, did not answer; ${places(answering)} did`)
    : none("a node that fails while a client uses only its address");
};
