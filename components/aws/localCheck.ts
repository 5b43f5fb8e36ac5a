import type { Problem } from "../core/validation.ts";
import { healthCheckNodePortProblems } from "../core/healthCheckService.ts";
import { withoutUndefined } from "../core/withoutUndefined.ts";
import type { HealthCheck, NetworkLoadBalancerOptions } from "./options.ts";

export type LocalCheckOptions = Pick<
  NetworkLoadBalancerOptions,
  "healthCheckNodePort" | "externalTrafficPolicy" | "healthCheck" | "targetType"
>;

/** kube-proxy answers any path here. https://github.com/kubernetes/kubernetes/blob/v1.35.4/pkg/proxy/healthcheck/service_health.go */
const path = "/healthz";

/** The options with the check that `healthCheckNodePort` stands for. Its defaults are those of the controllers under the policy Local. */
export function withLocalCheck<Options extends LocalCheckOptions>(options: Options): Options {
  const { healthCheckNodePort: port, healthCheck = {} } = options;
  if (port === undefined) return options;
  const { intervalSeconds, timeoutSeconds, healthyThresholdCount, unhealthyThresholdCount } = healthCheck;
  const timing = withoutUndefined({
    intervalSeconds,
    timeoutSeconds,
    healthyThresholdCount,
    unhealthyThresholdCount,
  });
  const check: HealthCheck = { protocol: "HTTP", port, path, ...timing };
  return { ...options, healthCheck: check };
}

/** What is wrong with `healthCheckNodePort` where the program sets the check. */
export function localCheckProblems(options: LocalCheckOptions): Problem[] {
  const { healthCheckNodePort: port, healthCheck = {}, targetType } = options;
  if (port === undefined) return [];
  if (targetType === "ip")
    return [
      {
        propertyPath: "healthCheckNodePort",
        reason: `${port} cannot be set with targetType "ip": kube-proxy answers there on the nodes, and the checks go to the pods; omit it`,
      },
    ];
  const { protocol, port: checked, path: asked, matcher } = healthCheck;
  const other = Object.entries(withoutUndefined({ protocol, port: checked, path: asked, matcher }));
  return [
    ...healthCheckNodePortProblems(options),
    ...other.map(([field, value]) => ({
      propertyPath: `healthCheck.${field}`,
      reason: `${value} would have no effect: with healthCheckNodePort ${port}, the check asks kube-proxy for ${path} over HTTP at that port; omit one of the two`,
    })),
  ];
}
