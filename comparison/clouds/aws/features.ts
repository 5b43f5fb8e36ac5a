/** Features of AWS's Network Load Balancers and security groups, and of the controllers, that scenarios can need. */
import type { ServiceControllerName } from "../../../components/aws/index.ts";
import { cloudFeatures, controllerFeatures } from "../feature.ts";
import type { CloudFeature, ControllerFeature } from "../feature.ts";

const registersPods: ServiceControllerName = "aws-load-balancer-controller";

/**
 * All of the cloud's, since the scenarios were written for AWS.
 * @param controller that serves the LoadBalancer Services. @default the AWS cloud controller manager, which registers nodes only
 */
export function featuresWith(controller?: string): ReadonlySet<CloudFeature | ControllerFeature> {
  const ofCloud = Object.keys(cloudFeatures) as CloudFeature[];
  const ofController = Object.keys(controllerFeatures) as ControllerFeature[];
  return new Set([...ofCloud, ...(controller === registersPods ? ofController : [])]);
}
