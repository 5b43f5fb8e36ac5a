/** How long a new pod waits for traffic: from its readiness until it answers through the load balancers. */
import { AppsV1Api, CoreV1Api, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import type { KubeConfig, V1Pod } from "@kubernetes/client-node";
import { loadKubeconfig } from "../../comparison/sources/kubernetes/kubeconfig.ts";
import { checkout } from "../../cli/devLab.ts";
import { inside } from "../../lab/lab.ts";
import { ownProgram } from "../../lab/program.ts";
import { run } from "../../lab/tools/command.ts";
import { until } from "../../lab/until.ts";
import type { BenchLab } from "../benchLab.ts";
import type { Question } from "./arrivalClient.ts";

/** In seconds from the pod's readiness. */
export interface Arrival {
  /** Until it answered through one of the load balancers. */
  readonly first: number;
  /** Until it answered through each of them. */
  readonly all: number;
}

const patienceSeconds = 120;
/** Polled, because the API server gives the time of readiness only in whole seconds. */
const pauseMs = 10;

interface Scaling {
  readonly lab: BenchLab;
  readonly namespace: string;
  /** One address of each load balancer. */
  readonly addresses: readonly string[];
  readonly signal: AbortSignal;
}

/** Adds a second pod to the app, measures when it answers, and removes it again. */
export async function measureArrival({ lab, namespace, addresses, signal }: Scaling): Promise<Arrival> {
  const kubeconfig = loadKubeconfig(lab.settings.kubeconfig);
  const known = (await pods(kubeconfig, namespace)).map(nameOf);
  const client = startClient(lab, { addresses, known, patienceSeconds }, signal);
  await Promise.race([client.asking, client.arrivals]);
  await scale(kubeconfig, namespace, 2);
  const [ready, arrivals] = await Promise.all([
    readyAt(kubeconfig, namespace, known, signal),
    client.arrivals,
  ]);
  await scale(kubeconfig, namespace, 1);
  const seconds = (time: number): number => Math.max(0, time - ready) / 1000;
  return { first: seconds(Math.min(...arrivals)), all: seconds(Math.max(...arrivals)) };
}

function startClient({ lab }: BenchLab, question: Question, signal: AbortSignal) {
  const own = ownProgram(checkout, "bench/scale/arrivalClient.ts", [JSON.stringify(question)]);
  const { command, args } = inside(lab, "client", [own.program, ...own.args]);
  let begin: () => void = () => undefined;
  const asking = new Promise<void>((resolve) => (begin = resolve));
  const arrivals = run(command, args, { signal, onLine: () => begin() }).then(
    (output) => JSON.parse(output.trim().split("\n").at(-1) ?? "") as number[],
  );
  return { asking, arrivals };
}

/** @returns the time when a new pod is ready */
function readyAt(
  kubeconfig: KubeConfig,
  namespace: string,
  known: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const isNew = (pod: V1Pod): boolean => !known.includes(nameOf(pod)) && isReady(pod);
  const attempt = async (): Promise<number | undefined> =>
    (await pods(kubeconfig, namespace)).some(isNew) ? Date.now() : undefined;
  return until("a new pod that is ready", attempt, patienceSeconds * 1000, { pauseMs, signal });
}

const nameOf = ({ metadata }: V1Pod): string => metadata?.name ?? "";

const isReady = ({ status }: V1Pod): boolean =>
  (status?.conditions ?? []).some((condition) => condition.type === "Ready" && condition.status === "True");

async function pods(kubeconfig: KubeConfig, namespace: string): Promise<V1Pod[]> {
  return (await kubeconfig.makeApiClient(CoreV1Api).listNamespacedPod({ namespace })).items;
}

async function scale(kubeconfig: KubeConfig, namespace: string, replicas: number): Promise<void> {
  const api = kubeconfig.makeApiClient(AppsV1Api);
  const [app] = (await api.listNamespacedDeployment({ namespace })).items;
  const name = app?.metadata?.name;
  if (name === undefined) throw new Error(`the namespace ${namespace} has no Deployment`);
  await api.patchNamespacedDeploymentScale(
    { name, namespace, body: { spec: { replicas } } },
    setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
  );
}
