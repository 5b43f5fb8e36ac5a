/** Why a load balancer of a controller is not needed any more. */
import { clusterTagPrefix, serviceTag } from "../../../../components/aws/clusterTags.ts";
import { servedAs } from "../cloudControllerManager/kinds.ts";
import { waits, whyReleased } from "../../serviceController.ts";
import { loadBalancerName } from "../cloudControllerManager/names.ts";
import { namespacedName } from "../../../model/service.ts";
import type { ServiceFacts } from "../../../model/service.ts";
import { claimedBy } from "../loadBalancerController/claims.ts";
import { resourcesFinalizer, title } from "../loadBalancerController/marks.ts";

type Kind = "network" | "classic";

/** What identifies a load balancer. */
export interface Named {
  readonly kind: Kind;
  readonly name: string;
  readonly dnsName: string;
}

/**
 * The controller deletes a load balancer when the Service's type changes or the Service is deleted. It does not if it was not running, if the finalizer was removed
 * by hand, or if the annotation `aws-load-balancer-type` changed: it looks for a load balancer of the new kind only. From
 * v1.36 on it refuses that change; the status then still names the load balancer, which is no orphan.
 * https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (EnsureLoadBalancer, EnsureLoadBalancerDeleted)
 *
 * @param owner namespace and name of the Service that its tags name
 * @returns undefined if the Service needs it
 */
export function whyLeftBehind(
  { kind, name, dnsName }: Named,
  owner: string,
  services: readonly ServiceFacts[],
): string | undefined {
  const service = services.find((each) => namespacedName(each) === owner);
  const released = whyReleased(service, owner);
  if (service === undefined || released !== undefined) return released;
  const { ingress } = service;
  if (ingress.some((address) => address.toLowerCase() === dnsName.toLowerCase())) return undefined;
  if (isExpected(kind, name, service)) return undefined;
  return ingress.length === 0
    ? `Service ${owner} was made anew, and its load balancer gets another name: ${loadBalancerName(service)}`
    : `Service ${owner} has another load balancer: ${ingress.join(", ")}`;
}

/**
 * Whether a Service has or will have a load balancer of this name: the controller finds it by its name, and among those of the kind that the Service asks for. The
 * load balancer's address may not be in the status yet.
 */
export function isExpected(kind: Kind, name: string, service: ServiceFacts): boolean {
  const { type, ingress } = service;
  if (type !== "LoadBalancer" || name !== loadBalancerName(service)) return false;
  return ingress.length === 0 || servedAs(service).kind === kind;
}

/** The Service that the controller's tags name, if the object is this cluster's. */
export function ownerIn(tags: Readonly<Record<string, string>>, clusterName: string): string | undefined {
  return `${clusterTagPrefix}${clusterName}` in tags ? tags[serviceTag] : undefined;
}

/**
 * Why an object of the AWS Load Balancer Controller is not needed any more. It finds its objects by their tags, so a Service of the same name that it serves needs them, or it deletes
 * them itself. pkg/deploy/elbv2/load_balancer_synthesizer.go (findSDKLoadBalancers), controllers/service/service_controller.go (cleanupLoadBalancerResources)
 *
 * @param owner namespace and name of the Service that its tags name
 */
export function whyLeftByOther(owner: string, services: readonly ServiceFacts[]): string | undefined {
  const service = services.find((each) => namespacedName(each) === owner);
  if (service === undefined) return `Service ${owner} does not exist`;
  if (service.isBeingDeleted) return waits(service, owner, resourcesFinalizer);
  if (claimedBy(service) !== undefined) return undefined;
  const pending = service.finalizers.includes(resourcesFinalizer)
    ? `; its finalizer ${resourcesFinalizer} is still there, so a running controller will delete the load balancer`
    : "";
  return `Service ${owner} does not name ${title}${pending}`;
}

/** Names of the load balancers that the cluster's Services have or will have. */
export function expectedNames(services: readonly ServiceFacts[]): string[] {
  return services.filter(({ type }) => type === "LoadBalancer").map(loadBalancerName);
}
