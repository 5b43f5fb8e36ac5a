/** Why Services that exist cannot be compared: the cluster is on no cloud, or a controller has not made a load balancer. */
import type { V1Node } from "@kubernetes/client-node";
import { controllerOf } from "../clouds/cloud.ts";
import type { ClusterFacts } from "../model/cluster.ts";
import type { ServiceFacts } from "../model/service.ts";
import { factsIn } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import type { WarningFacts } from "../model/warning.ts";
import type { Ask } from "./asking.ts";
import { isPending, notOnTheCloud, pendingReason } from "./eligibility.ts";
import type { Sources } from "./exposure.ts";
import type { ServiceRef } from "./kubernetes/reader.ts";
import { warningFacts } from "./kubernetes/warnings.ts";

export interface AskedService {
  readonly ref: ServiceRef;
  readonly result: SourceResult<ServiceFacts>;
  /** Why it cannot be compared, as the Service alone tells. */
  readonly reason?: string | undefined;
}

/** Questions of which both Services need the answers. */
export interface Asked {
  readonly sources: Pick<Sources, "kubernetes" | "cloud">;
  readonly ask: Ask;
  readonly nodes: Promise<SourceResult<readonly V1Node[]>>;
  readonly cluster: () => Promise<SourceResult<ClusterFacts>>;
}

/** One sentence for each cause; empty if both Services can be compared. */
export async function whyNotComparable(services: readonly AskedService[], asked: Asked): Promise<string[]> {
  const reasons = services.flatMap(({ reason }) => reason ?? []);
  // Only an existing Service is worth a question to the cloud.
  const elsewhere = reasons.length > 0 ? undefined : await whyElsewhere(asked);
  if (elsewhere !== undefined) return [elsewhere];
  const pending = services.filter(({ result, reason }) => reason === undefined && isWaiting(result));
  const whys = await Promise.all(pending.map((service) => whyPending(service, asked)));
  return [...reasons, ...whys];
}

export async function askWarnings(
  { ref, result }: AskedService,
  { sources, ask }: Pick<Asked, "sources" | "ask">,
): Promise<SourceResult<readonly WarningFacts[]>> {
  const uid = factsIn(result)?.identity.id ?? "";
  return ask("Kubernetes API", async (signal) =>
    warningFacts(await sources.kubernetes.warnings(ref, signal), uid),
  );
}

/** If no node is an instance on the cloud, no call to the cloud is needed to know it. */
async function whyElsewhere({ sources, nodes }: Asked): Promise<string | undefined> {
  const { title, providerIdPrefix } = sources.cloud.cloud;
  const ids = (factsIn(await nodes) ?? []).map(({ spec }) => spec?.providerID ?? "");
  const isElsewhere = ids.length > 0 && !ids.some((id) => id.startsWith(providerIdPrefix));
  return isElsewhere ? notOnTheCloud(title, ids) : undefined;
}

function isWaiting(result: SourceResult<ServiceFacts>): boolean {
  const service = factsIn(result);
  return service !== undefined && isPending(service);
}

async function whyPending(service: AskedService, asked: Asked): Promise<string> {
  const warnings = askWarnings(service, asked);
  return pendingReason(service.ref, await whyNone(service, asked), factsIn(await warnings) ?? []);
}

/** Most reasons are in the Service alone: then the cloud's answer is not waited for. */
async function whyNone({ result }: AskedService, { sources, cluster }: Asked): Promise<string | undefined> {
  const service = factsIn(result);
  if (service === undefined) return undefined;
  const controller = controllerOf(sources.cloud.cloud, service);
  const reason = controller.whyNone(service, undefined);
  if (reason !== undefined) return reason;
  const known = factsIn(await cluster());
  return controller.whyNone(service, known) ?? controller.whyPerhapsNone?.(service, known);
}
