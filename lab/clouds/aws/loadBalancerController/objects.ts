/** What a cluster has of the AWS Load Balancer Controller: the objects of its release, for a controller that runs beside the API server. */
import { parseAllDocuments } from "yaml";
import { webhookUrl } from "./controller.ts";

/** The label that its release gives all of its objects. */
export const ownLabel = "app.kubernetes.io/name=aws-load-balancer-controller";

/** The kinds through which the API server calls it. */
export const webhookKinds = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"] as const;

/** Its pod, its Service, its account and its certificate are the lab's processes, addresses and certificates instead. */
const kinds: readonly string[] = [
  "CustomResourceDefinition",
  "ClusterRole",
  "ClusterRoleBinding",
  "Role",
  "RoleBinding",
  ...webhookKinds,
];

/** The webhook that gives new LoadBalancer Services without a class the controller's own. */
const serviceWebhook = "mservice.elbv2.k8s.aws";

/**
 * The namespaces in which the controller is the default for LoadBalancer Services, as it is in the whole cluster unless `serviceMutatorWebhookConfig` of its
 * Helm chart says otherwise. Elsewhere the cloud controller manager remains the default: the lab compares both.
 */
export const defaultForNamespaces = {
  matchExpressions: [{ key: "aws-load-balancer-controller/default", operator: "In", values: ["enabled"] }],
};

/** A kind of a feature that is off by default (ALBTargetControlAgent): each definition costs the API server memory. */
const unusedDefinitions: readonly string[] = ["albtargetcontrolconfigs.elbv2.k8s.aws"];

interface Webhook {
  readonly name: string;
  readonly clientConfig: { readonly service: { readonly path: string } };
}

interface Release {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly webhooks?: readonly Webhook[];
}

/**
 * @param rendered the YAML documents of the release
 * @param authority the lab's CA certificate, in PEM
 */
export function controllerObjects(rendered: string, authority: Buffer): object[] {
  const caBundle = authority.toString("base64");
  return parseAllDocuments(rendered)
    .map((document) => document.toJS() as Release)
    .filter(({ kind, metadata: { name } }) => kinds.includes(kind) && !unusedDefinitions.includes(name))
    .map((object) =>
      object.webhooks === undefined
        ? object
        : { ...object, webhooks: object.webhooks.map((webhook) => reachable(webhook, caBundle)) },
    );
}

function reachable({ clientConfig, ...webhook }: Webhook, caBundle: string): object {
  return {
    ...webhook,
    ...(webhook.name === serviceWebhook ? { namespaceSelector: defaultForNamespaces } : {}),
    clientConfig: { url: `${webhookUrl}${clientConfig.service.path}`, caBundle },
  };
}
