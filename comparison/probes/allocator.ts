/**
 * The API server's supply of node ports, and who chose those in use, from its metrics. A dry run cannot tell: it neither allocates nor checks the range.
 * Source: kubernetes/kubernetes v1.35.4, pkg/registry/core/service/portallocator/metrics.go
 */
import type { NodePortAllocator } from "./probes.ts";

const prefix = "kube_apiserver_nodeport_allocator_";

/**
 * @param metrics the text of the API server's /metrics
 * @throws if the metrics are missing: they are alpha, and may be removed; or if they are not set yet: the API server sets them when it allocates or releases a port,
 * and they are 0 until then, for example after a restart
 */
export function allocatorOf(metrics: string): NodePortAllocator {
  const lines = metrics.split("\n");
  const value = (name: string): number | undefined => {
    const line = lines.find((text) => text.startsWith(`${prefix}${name} `));
    return line === undefined ? undefined : Number(line.slice(prefix.length + name.length + 1));
  };
  const [allocated, available] = [value("allocated_ports"), value("available_ports")];
  if (allocated === undefined || available === undefined)
    throw new Error(`/metrics of the API server has no ${prefix}allocated_ports and available_ports`);
  if (allocated + available === 0)
    throw new Error("the API server has not allocated or released any node port since it started");
  return {
    allocated,
    available,
    chosenByServer: value('allocation_total{scope="dynamic"}') ?? 0,
    namedByUser: value('allocation_total{scope="static"}') ?? 0,
  };
}
