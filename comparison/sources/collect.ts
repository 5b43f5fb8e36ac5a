/** Collects the facts of two exposures from all sources. */
import type { Facts } from "../model/exposure.ts";
import { known } from "../model/sourceResult.ts";
import type { BySide } from "../result/bySide.ts";
import { clusterSources } from "./askedSource.ts";
import { asking } from "./asking.ts";
import { withVersion } from "./clusterVersion.ts";
import type { Ask, AskingOptions } from "./asking.ts";
import { ineligibility, NotComparable } from "./eligibility.ts";
import { askExposure } from "./exposure.ts";
import type { Sources } from "./exposure.ts";
import { nodeFacts, serviceFacts } from "./kubernetes/facts.ts";
import type { ServiceRef } from "./kubernetes/reader.ts";
import { askWarnings, whyNotComparable } from "./pending.ts";
import type { Asked, AskedService } from "./pending.ts";

export interface CollectOptions {
  /** By the source's name. @default each source's own limit */
  readonly timeoutSeconds?: AskingOptions["timeoutSeconds"];
}

/**
 * Asks all sources concurrently. The facts of a source that fails or is too slow are `unreachable`; all others stay known. Owners are read from the objects'
 * marks. The program's state adds its own objects later.
 *
 * @throws NotComparable if a Service does not exist, or cannot be compared
 */
export async function collect(
  { left, right }: BySide<ServiceRef>,
  sources: Sources,
  { timeoutSeconds = {} }: CollectOptions = {},
): Promise<Facts> {
  const all = new AbortController();
  const { kubernetes, cloud } = sources;
  const ask = asking({ ...clusterSources, ...cloud.sources }, { timeoutSeconds, ended: all.signal });
  const v1Nodes = ask("Kubernetes API", (signal) => kubernetes.nodes(signal));
  const nodes = v1Nodes.then((result) => (result.kind === "known" ? known(nodeFacts(result.facts)) : result));
  const version = ask("Kubernetes API", (signal) => kubernetes.version(signal));
  const shared = { nodes, reading: withVersion(cloud.read(nodes, ask), version) };
  const [leftService, rightService] = await Promise.all([
    askService(left, sources, ask),
    askService(right, sources, ask),
  ]);
  const asked: Asked = { sources, ask, nodes: v1Nodes, version, reading: shared.reading };
  const reasons = await whyNotComparable([leftService, rightService], asked);
  if (reasons.length > 0) {
    all.abort();
    throw new NotComparable([...new Set(reasons)]);
  }
  const [cluster, leftExposure, rightExposure, leftWarnings, rightWarnings] = await Promise.all([
    shared.reading.cluster(),
    askExposure(left, leftService.result, shared, sources, ask),
    askExposure(right, rightService.result, shared, sources, ask),
    askWarnings(leftService, asked),
    askWarnings(rightService, asked),
  ]);
  return {
    basis: "measured",
    cloud: cloud.cloud.name,
    cluster,
    state: { kind: "unavailable", reason: "no program's state was read" },
    left: leftExposure,
    right: rightExposure,
    warnings: { left: leftWarnings, right: rightWarnings },
  };
}

async function askService(
  ref: ServiceRef,
  { kubernetes, cloud: { cloud } }: Sources,
  ask: Ask,
): Promise<AskedService> {
  const service = await ask("Kubernetes API", (signal) => kubernetes.service(ref, signal));
  if (service.kind !== "known") return { ref, result: service };
  const facts = service.facts === undefined ? undefined : serviceFacts(service.facts, cloud.controllers);
  const isBeingDeleted = service.facts?.metadata?.deletionTimestamp !== undefined;
  const reason = ineligibility(ref, facts, isBeingDeleted);
  // Without facts there always is a reason.
  if (facts === undefined) return { ref, result: { kind: "unreachable", reason: reason ?? "" }, reason };
  return { ref, result: known(facts), reason };
}
