/** externalTrafficPolicy Local: only a LoadBalancer Service has a separate port for health checks. */
import type { Entry, Expected } from "../../../../difference/entry.ts";
import { step } from "../../../../difference/shape.ts";
import { factsIn } from "../../../../model/sourceResult.ts";
import { checksIn, healthCheckEntry } from "../../healthCheckEntry.ts";
import type { Aws } from "../../model.ts";
import { healthCheck } from "../healthCheck.ts";
import { upstream } from "../upstream.ts";

/** The hand-made way's check under the policy Local; AWS's time-out over TCP is 10 s. */
const byHand = { port: "traffic-port", protocol: "TCP", path: null, matcher: null, timeoutSeconds: "10" };

export const healthCheckNodePort: Entry<Aws> = {
  ...healthCheckEntry,
  source: upstream(
    "pkg/service/model_build_target_group.go",
    "buildTargetGroupHealthCheckConfigForInstanceModeLocal",
  ),
  expects(pair) {
    const service = factsIn(pair.right.service);
    const port = service?.healthCheckNodePort;
    if (service?.externalTrafficPolicy !== "Local" || port === undefined) return [];
    if (factsIn(pair.left.service)?.healthCheckNodePort !== undefined) return [];
    const theirs = pair.roles.right.nodePort(port);
    const reserved: Expected = { path: "service / healthCheckNodePort", left: null, right: theirs };
    const check = healthCheck(service);
    if (check.port !== port) return [reserved];
    const made = {
      port: theirs,
      protocol: check.protocol,
      path: check.path ?? null,
      matcher: check.matcher ?? null,
      timeoutSeconds: String(check.timeoutSeconds),
    };
    const fields = ["port", "protocol", "path", "matcher", "timeoutSeconds"] as const;
    return [
      reserved,
      ...checksIn(pair.paths).flatMap((place) =>
        fields
          .map((field) => ({ path: place + step + field, left: byHand[field], right: made[field] }))
          .filter((row) => row.left !== row.right),
      ),
    ];
  },
};
