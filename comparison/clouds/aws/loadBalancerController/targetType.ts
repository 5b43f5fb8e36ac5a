/** pkg/service/model_build_target_group.go (buildTargetType), pkg/config/controller_config.go (DefaultTargetType) */
import type { ServiceFacts } from "../../../model/service.ts";
import { annotation } from "./annotations.ts";

/** Any other word means instance. */
export function targetTypeOf(service: ServiceFacts): "instance" | "ip" {
  return annotation(service, "type") === "nlb-ip" || annotation(service, "targetType") === "ip"
    ? "ip"
    : "instance";
}
