/** Why Services that exist cannot be compared: the cluster is on no cloud, or a controller has not made a load balancer. */
import type { V1Node } from "@kubernetes/client-node";
import { controllerOf } from "../clouds/cloud.ts";
import type { Controller } from "../clouds/cloud.ts";
import type { CloudReading } from "../clouds/reader.ts";
import type { ServiceFacts } from "../model/service.ts";
import { factsIn } from "../model/sourceResult.ts";
import type { SourceResult } from "../model/sourceResult.ts";
import type { WarningFacts } from "../model/warning.ts";
import type { Ask } from "./asking.ts";
import { isPending, notOnTheCloud, pendingReason } from "./eligibility.ts";
import type { Sources } from "./exposure.ts";
import { recognisedFrom } from "./living.ts";
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
  /** The API server's version. */
  readonly version: Promise<SourceResult<string>>;
  readonly reading: CloudReading;
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
async function whyNone({ result }: AskedService, asked: Asked): Promise<string | undefined> {
  const service = factsIn(result);
  if (service === undefined) return undefined;
  const controller = controllerOf(asked.sources.cloud.cloud, service);
  const version = factsIn(await asked.version);
  const reasonAlone = ({ whyNone: why }: Pick<Controller, "whyNone">): string | undefined =>
    why(service, undefined, version);
  const alone = reasonAlone(controller);
  if (alone !== undefined && alone === reasonAlone(controller.byDefault ?? controller)) return alone;
  const cluster = factsIn(await asked.reading.cluster());
  const perhaps = controller.whyNone(service, cluster) ?? controller.whyPerhapsNone?.(service, cluster);
  if (perhaps === undefined || cluster === undefined) return perhaps;
  const isOpen = perhaps !== (controller.byDefault ?? controller).whyNone(service, cluster);
  const recognised = isOpen ? await recognisedFrom(controller, cluster, asked) : undefined;
  if (recognised === undefined) return perhaps;
  const { variant, services, fitsWholly } = recognised;
  const reason = variant.whyNone(service, cluster);
  // What fits in part may be another configuration, or an older one: nothing is ruled out by it.
  if (reason === undefined) return fitsWholly ? undefined : perhaps;
  const shown = `as what it made for ${services.join(" and ")} shows`;
  return `${reason}; the controller has ${variant.settings}, ${shown}${fitsWholly ? "" : " best, though not in every value"}`;
}
