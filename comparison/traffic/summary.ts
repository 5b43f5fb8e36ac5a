/** What the requests through one load balancer show, and whether that is what its Service promises. */
import type { Sample } from "./load.ts";

export interface TrafficSummary {
  readonly sent: number;
  readonly answered: number;
  /** Reasons of failures and how often each came. */
  readonly failures: ReadonlyMap<string, number>;
  /** Answers by pod. */
  readonly pods: ReadonlyMap<string, number>;
  /** Answers by node. */
  readonly nodes: ReadonlyMap<string, number>;
  /** Addresses that the pods saw as the client's. */
  readonly clientAddresses: readonly string[];
}

/** What to expect of the traffic. */
export interface Expectation {
  /** Ready pods of the Service and the node of each. */
  readonly nodeOfPod: ReadonlyMap<string, string>;
  readonly externalTrafficPolicy: string;
  /** The client's own address. */
  readonly clientAddress: string;
  /** The nodes' own addresses. */
  readonly nodeAddresses: readonly string[];
}

export function summarise(
  samples: readonly Sample[],
  nodeOfPod: ReadonlyMap<string, string>,
): TrafficSummary {
  const answers = samples.flatMap(({ outcome }) => (outcome.kind === "answered" ? [outcome] : []));
  const reasons = samples.flatMap(({ outcome }) => (outcome.kind === "lost" ? [outcome.reason] : []));
  return {
    sent: samples.length,
    answered: answers.length,
    failures: count(reasons),
    pods: count(answers.map(({ pod }) => pod)),
    nodes: count(answers.map(({ pod }) => nodeOfPod.get(pod) ?? "unknown node")),
    clientAddresses: [...new Set(answers.map(({ clientAddress }) => clientAddress))].sort(),
  };
}

/**
 * What is not as it should be, a sentence each; empty if all is well: all requests answered, every ready pod took part, and the pods saw the
 * address that the Service's policy lets them see. With the policy Cluster a node may forward to another node's pod, and puts its own address in the
 * client's place so that the answer comes back through it; with Local the client's address stays.
 * https://kubernetes.io/docs/tutorials/services/source-ip/#source-ip-for-services-with-type-loadbalancer
 */
export function shortcomings(summary: TrafficSummary, expected: Expectation): string[] {
  const found: string[] = [];
  for (const [reason, times] of summary.failures)
    found.push(`${times} of ${summary.sent} requests failed: ${reason}`);
  if (summary.sent === 0) found.push("no request was sent");

  const silent = [...expected.nodeOfPod.keys()].filter((pod) => !summary.pods.has(pod));
  if (silent.length > 0) found.push(`no request reached ${silent.join(", ")}`);
  const strangers = [...summary.pods.keys()].filter((pod) => !expected.nodeOfPod.has(pod));
  if (strangers.length > 0)
    found.push(`answers came from ${strangers.join(", ")}, which the Service does not select`);

  const allowed =
    expected.externalTrafficPolicy === "Local" ? [expected.clientAddress] : expected.nodeAddresses;
  const odd = summary.clientAddresses.filter((address) => !allowed.includes(address));
  if (odd.length > 0) {
    found.push(
      `pods saw ${odd.join(", ")} as the client, and with externalTrafficPolicy ${expected.externalTrafficPolicy} it should be ${allowed.join(" or ")}`,
    );
  }
  return found;
}

function count(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of [...words].sort()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
