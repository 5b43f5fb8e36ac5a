/**
 * Asks the API server for Services in server-side dry runs: it sets defaults, validates and admits them, and stores nothing.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
 */
import { ask, failure, notAsked } from "./asked.ts";
import type { Asked } from "./asked.ts";
import type { DryRunService, DryRuns } from "./probes.ts";
import type { BySide } from "../result/bySide.ts";

/** The relevant fields of a requested Service, and of the resulting one. */
export interface ServiceRequest {
  readonly metadata?: { readonly generateName?: string };
  readonly spec?: {
    readonly type?: string;
    readonly allocateLoadBalancerNodePorts?: boolean;
    readonly ports?: PortRequest[];
  };
}

interface PortRequest {
  readonly name?: string;
  readonly protocol?: string;
  readonly port: number;
  readonly nodePort?: number;
}

/** Creates a Service in a dry run. Rejects with the API server's answer. */
export type CreateInDryRun = (service: ServiceRequest) => Promise<ServiceRequest>;

type ServiceSpec = NonNullable<ServiceRequest["spec"]>;

const http: PortRequest = { name: "http", port: 80, protocol: "TCP" };
const dns: PortRequest = { name: "dns", port: 53, protocol: "UDP" };

/**
 * @param takenNodePorts a TCP node port of each compared Service, if it has one
 */
export async function askDryRuns(
  create: CreateInDryRun,
  takenNodePorts: BySide<number | undefined>,
): Promise<DryRuns> {
  const what = (spec: ServiceSpec): Promise<Asked<DryRunService>> =>
    ask(async () => answerOf(await create({ metadata: { generateName: "dry-run-" }, spec })), outcomeOf);
  const taken = (nodePort: number | undefined): Promise<Asked<DryRunService>> =>
    nodePort === undefined
      ? Promise.resolve(notAsked("the Service has no TCP node port"))
      : what({ type: "NodePort", ports: [{ ...http, nodePort }] });

  const [nodePortOmitted, loadBalancer, withoutNodePorts, udp, tcpAndUdp, left, right] = await Promise.all([
    what({ type: "NodePort", ports: [http] }),
    what({ type: "LoadBalancer", ports: [http] }),
    what({ type: "LoadBalancer", allocateLoadBalancerNodePorts: false, ports: [http] }),
    what({ type: "LoadBalancer", ports: [dns] }),
    what({ type: "LoadBalancer", ports: [dns, { ...dns, name: "dns-tcp", protocol: "TCP" }] }),
    taken(takenNodePorts.left),
    taken(takenNodePorts.right),
  ]);
  return {
    nodePortOmitted,
    loadBalancer,
    withoutNodePorts,
    udp,
    tcpAndUdp,
    takenNodePort: { left, right },
  };
}

function answerOf({ spec }: ServiceRequest): DryRunService {
  return {
    type: spec?.type ?? "",
    ports: (spec?.ports ?? []).map(({ protocol = "TCP", port, nodePort }) => ({
      protocol,
      port,
      hasNodePort: nodePort !== undefined && nodePort !== 0,
    })),
  };
}

/**
 * A 422 that names the wrong field is Kubernetes' judgement of the Service. Any other error is not: a missing permission, a quota, or a policy of the cluster
 * (which also denies with 422, but names no field).
 */
function outcomeOf(error: unknown): Asked<DryRunService> {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const status = statusOf(error);
  if (status?.message === undefined) return failure(error);
  const judged = (status.details?.causes ?? []).filter(({ field }) => field !== undefined);
  return code === 422 && judged.length > 0
    ? {
        kind: "refused",
        message: judged.map(({ field = "", message = "" }) => `${field}: ${message}`).join("; "),
      }
    : { kind: "failed", reason: status.message };
}

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
interface Status {
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly field?: string; readonly message?: string }[] };
}

/** The Status object of a refusal by the API server; undefined for other errors. */
function statusOf(error: unknown): Status | undefined {
  if (!(error instanceof Error) || !("body" in error)) return undefined;
  try {
    const body: unknown = typeof error.body === "string" ? JSON.parse(error.body) : error.body;
    return typeof body === "object" && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}
