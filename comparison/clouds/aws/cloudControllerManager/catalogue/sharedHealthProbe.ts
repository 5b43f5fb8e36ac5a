/** The health check of kube-proxy, which a controller that is configured for it gives to all Services. */
import type { Aws } from "../../model.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import type { Entry, Expected, Pair } from "../../../../difference/entry.ts";
import { step } from "../../../../difference/shape.ts";
import { defaultConfiguration } from "../configuration.ts";
import { healthCheck, sharedProbeIn } from "../healthCheck.ts";
import { checksIn } from "../../healthCheckEntry.ts";
import { rulesFor } from "./healthCheckNodePort.ts";

export const sharedHealthProbe: Entry<Aws> = {
  id: "shared-health-probe",
  why: "The cloud controller manager's configuration has ClusterServiceLoadBalancerHealthProbeMode=Shared: its health checks ask kube-proxy, not the node ports, whatever the Service's annotations say.",
  affects: "drains and roll-outs: the check follows the node, not the pods behind the node port",
  remedy: "give the hand-made way the same health check",
  source:
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (buildNLBHealthCheckConfiguration)",
  expects(pair) {
    const probe = probeOf(pair.right);
    const service = factsIn(pair.right.service);
    if (probe === undefined || service === undefined) return [];
    const asked = healthCheck(service, defaultConfiguration);
    const shared = healthCheck(service, { ...defaultConfiguration, sharedHealthProbe: probe });
    const fields = ["protocol", "port", "path", "matcher", "timeoutSeconds"] as const;
    const port = (value: typeof asked.port): string =>
      value === "traffic-port" ? value : pair.roles.right.nodePort(value);
    const text = (check: typeof asked, field: (typeof fields)[number]): string | null =>
      field === "port" ? port(check.port) : (check[field]?.toString() ?? null);
    const checks = checksIn(pair.paths).flatMap((check) =>
      fields.map((field) => ({
        path: check + step + field,
        left: text(asked, field),
        right: text(shared, field),
      })),
    );
    return [...checks, ...rulesFor(pair, probe.port)].filter((row) => isThere(row, pair));
  },
};

/** Undefined if the health check is not the shared one. */
function probeOf({ service, loadBalancer }: Pair<Aws>["right"]): ReturnType<typeof sharedProbeIn> {
  const balancer = factsIn(loadBalancer);
  const isLocal = factsIn(service)?.externalTrafficPolicy === "Local";
  return isLocal || balancer?.owner !== "cloud controller" ? undefined : sharedProbeIn(balancer.pools);
}

/** The hand-made way may have another check, and the nodes other rules: that is not explained by it. */
function isThere({ path, left, right }: Expected, { values }: Pair<Aws>): boolean {
  const [ours, theirs] = [values.left.get(path) ?? null, values.right.get(path) ?? null];
  return left !== right && ours === left && theirs === right;
}
