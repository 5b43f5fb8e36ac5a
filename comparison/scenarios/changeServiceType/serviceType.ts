/** A Service's type, changed as `kubectl` does it: Pulumi's program knows two kinds of exposures, and none that becomes the other. */
import type { Testbed, Target } from "../testbed/testbed.ts";
import { allHealthy } from "../testbed/health.ts";
import { variants } from "../testbed/variants.ts";
import { eventually } from "../eventually.ts";
import { timing } from "../timing.ts";

const typeAnnotation = "service.beta.kubernetes.io/aws-load-balancer-type";
const finalizer = "service.kubernetes.io/load-balancer-cleanup";

type Type = "NodePort" | "LoadBalancer";

/** @throws if it is neither */
export async function typeOf({ cluster }: Testbed, target: Target): Promise<Type> {
  const { spec } = await cluster.service(target);
  if (spec?.type === "NodePort" || spec?.type === "LoadBalancer") return spec.type;
  throw new Error(`${target.way}: the Service is of type ${spec?.type ?? "nothing"}`);
}

/**
 * What makes a Service of a type one of the other. The annotation that asks for a Network Load Balancer is left to one that is of type NodePort again: without it the cloud
 * controller would look for a Classic Load Balancer to delete, and leave the Network Load Balancer over.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (EnsureLoadBalancerDeleted)
 */
export function typePatch(type: Type, sourceRanges: readonly string[]): object {
  return type === "NodePort"
    ? { spec: { type, loadBalancerSourceRanges: null } }
    : {
        metadata: { annotations: { [typeAnnotation]: "nlb" } },
        spec: { type, loadBalancerSourceRanges: sourceRanges },
      };
}

export const otherType = (type: Type): Type => (type === "NodePort" ? "LoadBalancer" : "NodePort");

/** Resolves when the cloud controller has done what the type asks of it. */
export async function changeType(testbed: Testbed, target: Target, type: Type): Promise<void> {
  const { cluster, signal } = testbed;
  await cluster.patchService(target, typePatch(type, variants.plain.options.loadBalancerSourceRanges));
  let hostname: string | undefined;
  await eventually(
    `${target.way}: type ${type}`,
    async () => {
      const { metadata, status } = await cluster.service(target);
      hostname = status?.loadBalancer?.ingress?.[0]?.hostname;
      return type === "LoadBalancer"
        ? hostname !== undefined
        : hostname === undefined && metadata?.finalizers?.includes(finalizer) !== true;
    },
    timing.controllerSeconds,
    signal,
  );
  if (hostname !== undefined) await allHealthy(testbed, [{ ...target, hostname }]);
}

/** Takes away what `changeType` has left on a Service that was never meant to have a load balancer. */
export async function forgetType({ cluster }: Testbed, target: Target): Promise<void> {
  await cluster.patchService(target, { metadata: { annotations: { [typeAnnotation]: null } } });
}
