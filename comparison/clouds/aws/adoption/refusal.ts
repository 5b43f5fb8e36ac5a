/** Which load balancers cannot be taken over, and what to do with their clients instead. */
import type { Found } from "../../adoption.ts";
import { claims } from "../cloudControllerManager/predict.ts";
import { loadBalancerName } from "../cloudControllerManager/names.ts";
import { whyNotItsOwn } from "../loadBalancerController/claims.ts";
import type { Aws } from "../model.ts";
import type { ServiceFacts } from "../../../model/service.ts";

const instead = "move its clients by a name instead, as docs/moving.md says";

export function serviceRefusal(service: ServiceFacts): string | undefined {
  if (!claims(service)) {
    const ofOther = whyNotItsOwn(service) === undefined;
    return ofOther
      ? `the AWS Load Balancer Controller has made it, and goes by tags of its own; ${instead}`
      : `the AWS cloud controller manager does not serve a Service of type ${service.type} with these annotations; only its load balancers can be taken over`;
  }
  if (service.externalTrafficPolicy === "Local")
    return `its externalTrafficPolicy is Local, and Kubernetes gives up its healthCheckNodePort with the type LoadBalancer, so the health checks would fail; ${instead}`;
  return undefined;
}

export function refusal({ service, loadBalancer }: Found<Aws>): string | undefined {
  const { type, identity, securityGroups, pools } = loadBalancer;
  if (type !== "network")
    return `its load balancer ${identity.name} is of the type ${type}, and only a Network Load Balancer can be taken over; ${instead}`;
  if (identity.name !== loadBalancerName(service))
    return `its load balancer has the name ${identity.name}, and not ${loadBalancerName(service)}, by which the AWS cloud controller manager finds it; ${instead}`;
  if (securityGroups.length > 0)
    return `its load balancer ${identity.name} has security groups (${securityGroups.join(", ")}), and only one without can be taken over; ${instead}`;
  if (pools.some(({ targetType }) => targetType !== "instance"))
    return `its targets are no nodes, and the node port of its Service would not be theirs; ${instead}`;
  return undefined;
}

/** A Service that was deleted and made again has another UID, and AWS cannot rename a load balancer. */
export function returnRefusal({ service, loadBalancer }: Found<Aws>): string | undefined {
  const { name } = loadBalancer.identity;
  const wanted = loadBalancerName(service);
  if (name === wanted) return undefined;
  return `the AWS cloud controller manager would look for a load balancer named ${wanted}, and this one is named ${name}: the Service was made anew, and the controller has no annotation for the name; ${instead}`;
}
