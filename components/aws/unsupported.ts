import type { Problem } from "../core/validation.ts";
import type { NetworkLoadBalancerOptions } from "./options.ts";
import { support } from "./support.ts";

const controllers = {
  loadBalancer: "the AWS cloud controller manager",
  loadBalancerController: "the AWS Load Balancer Controller",
} as const;

/** Options that one of the controllers cannot implement, by the table of what each way makes of an option. */
export function unsupportedProblems(
  options: NetworkLoadBalancerOptions,
  way: keyof typeof controllers,
): Problem[] {
  return Object.entries(options).flatMap(([propertyPath, value]: [string, unknown]) => {
    const row = Object.entries(support).find(([name]) => name === propertyPath)?.[1][way];
    if (value === undefined || row === undefined || !("cannot" in row)) return [];
    const reason = `${inWords(value)} cannot be set: ${controllers[way]} ${row.cannot}; omit it, or use a NodePortExposure`;
    return [{ propertyPath, reason }];
  });
}

const inWords = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
