/** What a Service needs to get a Network Load Balancer from each controller. */
import {
  defaultController,
  serviceControllers,
  type ServiceControllerName,
} from "../../../../components/aws/serviceControllers.ts";
import type { LoadBalancerService } from "../../operations.ts";
import { cleanupFinalizer } from "../../serviceController.ts";
import { annotationPrefix as prefix } from "../annotations/names.ts";
import { controllerNamed } from "../testbed/options.ts";

const needed: Readonly<
  Record<ServiceControllerName, Pick<LoadBalancerService, "annotations" | "finalizer">>
> = {
  // Without it the controller would look for a Classic Load Balancer to delete, and leave the Network Load Balancer over.
  // https://github.com/kubernetes/cloud-provider-aws/blob/v1.35.0/pkg/providers/v1/aws.go (EnsureLoadBalancerDeleted)
  "aws-cloud-controller-manager": {
    annotations: { [`${prefix}type`]: "nlb" },
    finalizer: cleanupFinalizer,
  },
  // The class alone decides. Its load balancers are internal unless the Service says otherwise.
  // https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/
  "aws-load-balancer-controller": {
    annotations: { [`${prefix}scheme`]: "internet-facing" },
    finalizer: "service.k8s.aws/resources",
  },
};

/** @throws Error if no controller has that name */
export function loadBalancerService(controller: string = defaultController): LoadBalancerService {
  const name = controllerNamed(controller);
  return { ...needed[name], left: [], loadBalancerClass: serviceControllers[name].loadBalancerClass };
}
