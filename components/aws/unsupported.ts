import { Output } from "@pulumi/pulumi";
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

/** What other resources of the program give is not known yet. */
function inWords(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, withoutOutputs);
}

function withoutOutputs(this: unknown, key: string, value: unknown): unknown {
  return Output.isInstance((this as Readonly<Record<string, unknown>>)[key]) ? "an output" : value;
}
