import type { ComponentResource } from "@pulumi/pulumi";
import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import type { ExposureArgs } from "./exposure.ts";
import { healthCheckAnnotation } from "./healthCheckMarks.ts";
import { declareHealthCheckService } from "./healthCheckService.ts";
import { exposureService } from "./service.ts";

/** The Service of a load balancer that the program makes, with the second one that a `healthCheckNodePort` needs. */
export function declareNodePortService(name: string, args: ExposureArgs, parent: ComponentResource): Service {
  const { healthCheckNodePort } = args;
  if (healthCheckNodePort === undefined)
    return exposureService(name, args, { spec: { type: "NodePort" } }, parent);
  declareHealthCheckService(name, { ...args, healthCheckNodePort }, parent);
  const annotations = { [healthCheckAnnotation]: String(healthCheckNodePort) };
  return exposureService(name, args, { annotations, spec: { type: "NodePort" } }, parent);
}
