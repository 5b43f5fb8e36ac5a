/** The AWS Load Balancer Controller: which one the lab compiles, and who it is. Data only. */
import type { OptionalController } from "../../cloud.ts";

const name = "aws-load-balancer-controller";
const module = `sigs.k8s.io/${name}`;

/** Where the API server calls it, over the loopback of the network namespace that both run in. */
export const webhookUrl = "https://127.0.0.1:9443";

export const loadBalancerController: OptionalController = {
  name,
  source: import.meta.dirname,
  module,
  versionVariable: `${module}/pkg/version.GitVersion`,
  manifests: "config/default",
  identities: [
    // The service account that its release's roles are bound to.
    { file: name, user: `system:serviceaccount:kube-system:${name}` },
    { file: "aws-load-balancer-webhook", user: "aws-load-balancer-webhook", serves: ["127.0.0.1"] },
  ],
  neededFor: { controller: name, targetGroupBinding: true },
};
