/** The controller's names for its objects. */
import { createHash } from "node:crypto";
import { later } from "../../../model/later.ts";
import type { NodePort } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import type { AwsClusterFacts } from "../model.ts";
import { annotation } from "./annotations.ts";

/** Only the API server assigns a Service's uid. Without it, names with a hash are not known. */
const uid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** pkg/service/model_build_load_balancer.go (buildLoadBalancerName) */
export function loadBalancerName(service: ServiceFacts, cluster: AwsClusterFacts, scheme: string): string {
  return annotation(service, "name") ?? named(service, [cluster.name, service.identity.id, scheme]);
}

interface TargetGroupKey {
  readonly cluster: AwsClusterFacts;
  readonly targetPort: NodePort;
  readonly port: number;
  readonly targetType: string;
  readonly protocol: string;
  readonly healthCheckProtocol: string;
  readonly healthCheckIntervalSeconds: number;
}

/** pkg/service/model_build_target_group.go (buildTargetGroupName) */
export function targetGroupName(service: ServiceFacts, key: TargetGroupKey): string {
  if (typeof key.targetPort !== "number") return later;
  return named(service, [
    key.cluster.name,
    service.identity.id,
    key.targetPort,
    key.port,
    key.targetType,
    key.protocol,
    key.healthCheckProtocol,
    key.healthCheckIntervalSeconds,
  ]);
}

/** Of the group that it makes for the load balancer. pkg/service/model_build_managed_sg.go (buildManagedSecurityGroupName) */
export function ownGroupName(service: ServiceFacts, cluster: AwsClusterFacts): string {
  const { identity, namespace } = service;
  return named(service, [cluster.name, identity.name, namespace, identity.id]);
}

/** Of the group that all its load balancers of the cluster have. pkg/networking/backend_sg_provider.go (getBackendSGName) */
export function sharedGroupName({ name }: Pick<AwsClusterFacts, "name">): string {
  return `k8s-traffic-${lettersOf(name).slice(0, 232)}-${hashOf([name])}`;
}

function named({ namespace, identity }: ServiceFacts, hashed: readonly (string | number)[]): string {
  if (!uid.test(identity.id) || namespace === later) return later;
  return `k8s-${lettersOf(namespace).slice(0, 8)}-${lettersOf(identity.name).slice(0, 8)}-${hashOf(hashed)}`;
}

function hashOf(hashed: readonly (string | number)[]): string {
  return createHash("sha256").update(hashed.join("")).digest("hex").slice(0, 10);
}

function lettersOf(name: string): string {
  return name.replaceAll(/[^0-9A-Za-z]/g, "");
}
