/** The controller's names for its objects. */
import { createHash } from "node:crypto";
import { isNameKnown, later } from "../../../model/later.ts";
import type { NodePort } from "../../../model/later.ts";
import type { ServiceFacts } from "../../../model/service.ts";

const uid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Derived from the Service's uid, which only the API server assigns.
 * https://github.com/kubernetes/cloud-provider/blob/v0.35.4/cloud.go (DefaultLoadBalancerName)
 */
export function loadBalancerName({ identity }: ServiceFacts): string {
  return uid.test(identity.id) ? `a${identity.id}`.replaceAll("-", "").slice(0, 32) : later;
}

/** The properties that identify a target group: AWS cannot change them in an existing one. */
interface TargetGroupKey {
  readonly cluster: string;
  readonly service: ServiceFacts;
  readonly listenerPort: number;
  readonly nodePort: NodePort;
  readonly protocol: string;
  readonly healthCheckProtocol: string;
  readonly healthCheckIntervalSeconds: number;
}

/** https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws_loadbalancer.go (buildTargetGroupName) */
export function targetGroupName(key: TargetGroupKey): string {
  const { service, nodePort } = key;
  const { namespace, identity } = service;
  if (nodePort === later || namespace === later || !isNameKnown(identity.name)) return later;
  const hashed = [
    key.cluster,
    namespace,
    identity.name,
    key.listenerPort,
    nodePort,
    key.protocol,
    "instance",
    key.healthCheckProtocol,
    key.healthCheckIntervalSeconds,
  ];
  const hash = createHash("sha1").update(hashed.join("")).digest("hex").slice(0, 10);
  return `k8s-${shortened(namespace)}-${shortened(identity.name)}-${hash}`;
}

function shortened(name: string): string {
  return name.replaceAll(/[^0-9A-Za-z]/g, "").slice(0, 8);
}
