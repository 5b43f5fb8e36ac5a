import type { Support } from "./row.ts";

/** The forms that the entries of the table have. */

export const service = (field: string, but?: string): Support =>
  but === undefined ? { by: `Service: ${field}` } : { by: `Service: ${field}`, but };

/** @param name without `service.beta.kubernetes.io/aws-load-balancer-` */
export const annotation = (name: string): Support => ({ by: `annotation aws-load-balancer-${name}` });

export const annotations = (...names: readonly string[]): Support => ({
  by: `annotations ${names.map((name) => `aws-load-balancer-${name}`).join(", ")}`,
});

export const loadBalancer = (argument: string): Support => ({ by: `LoadBalancer: ${argument}` });

export const targetGroup = (argument: string): Support => ({ by: `TargetGroup: ${argument}` });
