/** Collects the facts of two exposures from all that know something of them. */
import type { ClusterFacts } from "../model/cluster.ts";
import type { Facts } from "../model/exposure.ts";
import type { ServiceFacts } from "../model/service.ts";
import { known } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import { asking, given } from "./asking.ts";
import type { Ask } from "./asking.ts";
import { readInventory } from "../clouds/aws/sources/inventory.ts";
import { readNodeNetwork } from "../clouds/aws/sources/nodeNetwork.ts";
import { readSubnets } from "../clouds/aws/sources/subnets.ts";
import { ineligibility, NotComparable } from "./eligibility.ts";
import { askExposure } from "./exposure.ts";
import type { Shared, Sources } from "./exposure.ts";
import { nodeFacts, serviceFacts } from "./kubernetes/facts.ts";
import type { ServiceRef } from "./kubernetes/reader.ts";
import { defaultTimeoutSeconds } from "./timeLimit.ts";
import type { TimeoutSeconds } from "./timeLimit.ts";

export interface CollectOptions {
  /** @default defaultTimeoutSeconds, for each source */
  readonly timeoutSeconds?: Partial<TimeoutSeconds>;
}

/**
 * Asks all sources side by side. One that fails or is too slow is `unreachable` in what it should have said; everything else stays known. Owners are what the
 * objects themselves say: the program's own are told later, by its state.
 *
 * @throws NotComparable if a Service is not there, or is none that can be compared
 */
export async function collect(
  { left, right }: { readonly left: ServiceRef; readonly right: ServiceRef },
  sources: Sources,
  { timeoutSeconds = {} }: CollectOptions = {},
): Promise<Facts> {
  const all = new AbortController();
  const ask = asking({ ...defaultTimeoutSeconds, ...timeoutSeconds }, all.signal);
  const shared = askShared(sources, ask);
  const [leftService, rightService] = await Promise.all([
    askService(left, sources, ask),
    askService(right, sources, ask),
  ]);
  if (leftService.kind === "ineligible" || rightService.kind === "ineligible") {
    all.abort();
    const reasons = [leftService, rightService].flatMap((each) =>
      each.kind === "ineligible" ? [each.reason] : [],
    );
    throw new NotComparable([...new Set(reasons)]);
  }
  const [cluster, leftExposure, rightExposure] = await Promise.all([
    askCluster(shared, sources, ask),
    askExposure(left, leftService, shared, sources, ask),
    askExposure(right, rightService, shared, sources, ask),
  ]);
  return {
    basis: "measured",
    cluster,
    state: { kind: "unavailable", reason: "no state of a program was read" },
    left: leftExposure,
    right: rightExposure,
  };
}

async function askService(
  ref: ServiceRef,
  { kubernetes }: Sources,
  ask: Ask,
): Promise<SourceResult<ServiceFacts> | { readonly kind: "ineligible"; readonly reason: string }> {
  const service = await ask("Kubernetes API", (signal) => kubernetes.service(ref, signal));
  if (service.kind !== "known") return service;
  const facts = service.facts === undefined ? undefined : serviceFacts(service.facts);
  const isBeingDeleted = service.facts?.metadata?.deletionTimestamp !== undefined;
  const reason = ineligibility(ref, facts, isBeingDeleted);
  return facts === undefined || reason !== undefined
    ? { kind: "ineligible", reason: reason ?? "" }
    : known(facts);
}

function askShared({ kubernetes, elbv2, ec2 }: Sources, ask: Ask): Shared {
  const nodes = ask("Kubernetes API", async (signal) => nodeFacts(await kubernetes.nodes(signal)));
  return {
    nodes,
    inventory: ask("ELBv2 API", (signal) => readInventory(elbv2, signal)),
    network: given({ "the nodes": nodes }, (facts) =>
      ask("EC2 API", (signal) => readNodeNetwork(ec2, facts["the nodes"], signal)),
    ),
  };
}

function askCluster(
  { nodes, network }: Shared,
  { ec2 }: Sources,
  ask: Ask,
): Promise<SourceResult<ClusterFacts>> {
  return given({ "the nodes": nodes, "the nodes' instances": network }, (facts) =>
    ask("EC2 API", async (signal) => {
      const { clusterName, vpc, clusterSecurityGroups } = facts["the nodes' instances"];
      return {
        name: clusterName,
        vpc,
        nodes: facts["the nodes"],
        nodeSecurityGroups: clusterSecurityGroups,
        subnets: await readSubnets(ec2, facts["the nodes' instances"], signal),
      };
    }),
  );
}
