/** Questions to a real API server. */
import { CoreV1Api, Observable, V1Service } from "@kubernetes/client-node";
import type { ConfigurationOptions, KubeConfig } from "@kubernetes/client-node";
import { getRaw } from "../sources/kubernetes/raw.ts";
import { askTimeoutSeconds } from "./asked.ts";
import type { CreateInDryRun } from "./dryRuns.ts";
import type { ServiceEvent } from "./probes.ts";

/** @param namespace an existing one; nothing is created in it */
export function dryRunsIn(config: KubeConfig, namespace: string): CreateInDryRun {
  const api = config.makeApiClient(CoreV1Api);
  return (request) => {
    const body = Object.assign(new V1Service(), request);
    return api.createNamespacedService({ namespace, body, dryRun: "All" }, bounded());
  };
}

/** Controllers' events about the Service, oldest first. */
export async function readEvents(
  config: KubeConfig,
  namespace: string,
  name: string,
): Promise<ServiceEvent[]> {
  const fieldSelector = `involvedObject.kind=Service,involvedObject.name=${name}`;
  const { items } = await config
    .makeApiClient(CoreV1Api)
    .listNamespacedEvent({ namespace, fieldSelector }, bounded());
  return items
    .map(({ reason = "", source, reportingComponent = "", lastTimestamp, eventTime }) => ({
      reason,
      component: source?.component ?? reportingComponent,
      time: (lastTimestamp ?? eventTime)?.toISOString() ?? "",
    }))
    .sort((a, b) => a.time.localeCompare(b.time));
}

/** The text of the API server's /metrics. */
export function readMetrics(config: KubeConfig): Promise<string> {
  return getRaw(config, "/metrics", askTimeoutSeconds);
}

/** The client has no time-outs, but a request takes a signal. */
function bounded(): ConfigurationOptions {
  return {
    middlewareMergeStrategy: "append",
    middleware: [
      {
        pre: (context) => {
          context.setSignal(AbortSignal.timeout(askTimeoutSeconds * 1000));
          return new Observable(Promise.resolve(context));
        },
        post: (context) => new Observable(Promise.resolve(context)),
      },
    ],
  };
}
