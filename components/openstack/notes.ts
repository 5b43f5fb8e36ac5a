/** What an option does not do as one might expect, although nothing is refused. */
import { resolvedMonitor } from "./healthMonitor.ts";
import type { OctaviaOptions } from "./options.ts";

export function notes(options: OctaviaOptions): string[] {
  const affinity =
    options.sessionAffinity === "ClientIP"
      ? [
          "sessionAffinity ClientIP: the load balancer sends a client to the same node, but kube-proxy sees the load balancer's address in place of every client's, so all requests of a node go to one pod at a time. Set externalTrafficPolicy to Local, so that the node's own pods share them, or omit it.",
        ]
      : [];
  const unchecked =
    options.externalTrafficPolicy === "Local" && resolvedMonitor(options) === undefined
      ? [
          "externalTrafficPolicy Local without a healthMonitor: nodes without a pod get their share of the connections, and drop them.",
        ]
      : [];
  return [...affinity, ...unchecked];
}
