/** A Service's type, changed with kubectl: the Pulumi program has two kinds of exposures, and none becomes the other. */
import type { LoadBalancerService } from "../../clouds/operations.ts";
import { eventually } from "../../eventually.ts";
import { allHealthy } from "../testbed/health.ts";
import type { Target, Testbed } from "../testbed/testbed.ts";
import { variants } from "../testbed/variants.ts";
import { timing } from "../timing.ts";

type Type = "NodePort" | "LoadBalancer";

/** @throws if it is neither */
export async function typeOf({ cluster }: Pick<Testbed, "cluster">, target: Target): Promise<Type> {
  const { spec } = await cluster.service(target);
  if (spec?.type === "NodePort" || spec?.type === "LoadBalancer") return spec.type;
  throw new Error(`${target.way}: the Service is of type ${spec?.type ?? "nothing"}`);
}

/**
 * What gives a Service the other type. The annotations that ask for a load balancer stay on a Service that is of type NodePort again: its
 * controller may need them to find what it has to delete. A class can be set only together with the type LoadBalancer, and goes with it.
 * https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class
 */
export function typePatch(
  type: Type,
  {
    annotations,
    left,
    loadBalancerClass,
  }: Pick<LoadBalancerService, "annotations" | "left" | "loadBalancerClass">,
  sourceRanges: readonly string[],
): object {
  return type === "NodePort"
    ? { spec: { type, loadBalancerSourceRanges: null, loadBalancerClass: null } }
    : {
        metadata: { annotations: { ...annotations, ...without(left) } },
        spec: {
          type,
          loadBalancerSourceRanges: sourceRanges,
          ...(loadBalancerClass === undefined ? {} : { loadBalancerClass }),
        },
      };
}

const without = (annotations: readonly string[]): Record<string, null> =>
  Object.fromEntries(annotations.map((key) => [key, null]));

export const otherType = (type: Type): Type => (type === "NodePort" ? "LoadBalancer" : "NodePort");

/** Resolves when the cloud controller has done what the type asks of it. */
export async function changeType(testbed: Testbed, target: Target, type: Type): Promise<void> {
  const { cloud, cluster, clock } = testbed;
  const { loadBalancerSourceRanges } = variants.plain.options;
  await cluster.patchService(target, typePatch(type, cloud.loadBalancerService, loadBalancerSourceRanges));
  let address: string | undefined;
  await eventually(
    `${target.way}: type ${type}`,
    async () => {
      const { metadata, status } = await cluster.service(target);
      const [ingress] = status?.loadBalancer?.ingress ?? [];
      address = ingress?.hostname ?? ingress?.ip;
      return type === "LoadBalancer"
        ? address !== undefined
        : address === undefined &&
            metadata?.finalizers?.includes(cloud.loadBalancerService.finalizer) !== true;
    },
    timing.controllerSeconds,
    clock,
  );
  if (address !== undefined) await allHealthy(testbed, [{ ...target, address }]);
}

/** Removes the annotations that `changeType` has left on a Service that was never meant to have a load balancer. */
export async function forgetType({ cloud, cluster }: Testbed, target: Target): Promise<void> {
  const { annotations, left } = cloud.loadBalancerService;
  await cluster.patchService(target, {
    metadata: { annotations: without([...Object.keys(annotations), ...left]) },
  });
}
