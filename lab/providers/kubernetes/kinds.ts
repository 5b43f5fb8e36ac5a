/** Kinds of Kubernetes objects: their names in Pulumi's tokens, their scope, and the fields that the API server does not change. */
import type { Path } from "../diff.ts";

export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The plug-in for everything that this one does not support, and how to install it. */
export const officialPlugin =
  "the official Kubernetes plug-in v4.34.2 supports it: pulumi plugin install resource kubernetes 4.34.2";

/** Modules of the official plug-in that are not API groups: charts and files of manifests. */
const notGroups = ["helm.sh", "kustomize", "yaml"];

/**
 * The kind that a token names: `kubernetes:apps/v1:Deployment` is apps/v1 Deployment, `kubernetes:core/v1:Service` is v1 Service.
 * @throws for what only the official plug-in supports
 */
export function kindOf(token: string): Kind {
  const [, module = "", kind = ""] = token.split(":");
  const [group = "", version] = module.split("/");
  if (
    version === undefined ||
    kind === "" ||
    notGroups.includes(group) ||
    (kind.endsWith("Patch") && kind !== "Patch")
  )
    throw new Error(
      `unknown resource type ${token}: the lab's Kubernetes plug-in supports kinds of the API; ${officialPlugin}`,
    );
  return { apiVersion: group === "core" ? version : module, kind };
}

/** Kinds of Kubernetes' own groups without namespaces; `kubectl api-resources --namespaced=false` lists them. */
const clusterScoped = new Set([
  "APIService",
  "CSIDriver",
  "CSINode",
  "CertificateSigningRequest",
  "ClusterRole",
  "ClusterRoleBinding",
  "ClusterTrustBundle",
  "ComponentStatus",
  "CustomResourceDefinition",
  "DeviceClass",
  "FlowSchema",
  "IPAddress",
  "IngressClass",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "ResourceSlice",
  "RuntimeClass",
  "SelfSubjectAccessReview",
  "SelfSubjectReview",
  "SelfSubjectRulesReview",
  "ServiceCIDR",
  "StorageClass",
  "StorageVersion",
  "StorageVersionMigration",
  "SubjectAccessReview",
  "TokenReview",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeAttachment",
  "VolumeAttributesClass",
]);

const isOwnGroup = (apiVersion: string): boolean => {
  const [group = "", version] = apiVersion.split("/");
  return version === undefined || !group.includes(".") || group.endsWith(".k8s.io");
};

/** Whether objects of the kind have a namespace; undefined for custom resources: only the API server knows. */
export function isNamespaced({ apiVersion, kind }: Kind): boolean | undefined {
  return isOwnGroup(apiVersion) ? !clusterScoped.has(kind) : undefined;
}

const workloadSelector = ["spec.selector"];

/** By API group and kind. A change below one of these paths makes a new object. Source: Kubernetes' validation of updates, by kind. */
const immutableFields: Readonly<Record<string, readonly string[]>> = {
  "/PersistentVolumeClaim": [
    "spec.accessModes",
    "spec.dataSource",
    "spec.selector",
    "spec.storageClassName",
    "spec.volumeMode",
    "spec.volumeName",
  ],
  "/Pod": ["spec"],
  "/ResourceQuota": ["spec.scopes"],
  "/Secret": ["type"],
  "/Service": ["spec.clusterIP"],
  "apps/DaemonSet": workloadSelector,
  "apps/Deployment": workloadSelector,
  "apps/ReplicaSet": workloadSelector,
  "apps/StatefulSet": [
    ...workloadSelector,
    "spec.podManagementPolicy",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "batch/Job": [...workloadSelector, "spec.completionMode", "spec.completions", "spec.template"],
  "networking.k8s.io/IngressClass": ["spec.controller"],
  "node.k8s.io/RuntimeClass": ["handler"],
  "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
  "scheduling.k8s.io/PriorityClass": ["value", "preemptionPolicy"],
  "storage.k8s.io/StorageClass": ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"],
};

/** Kinds whose changed content running pods do not notice. They are replaced by default, so that pods refer to a new name and restart. */
const contentFields: Readonly<Record<string, readonly string[]>> = {
  "/ConfigMap": ["binaryData", "data"],
  "/Secret": ["data", "stringData"],
};

export interface Mutable {
  readonly configMaps: boolean;
  readonly secrets: boolean;
}

/** Whether a change at the path makes a new object. */
export function isImmutable({ apiVersion, kind }: Kind, path: Path, mutable: Mutable): boolean {
  const fields = path.filter((part) => typeof part === "string").join(".");
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const key = `${group}/${kind}`;
  const contentMutable = kind === "ConfigMap" ? mutable.configMaps : mutable.secrets;
  const immutable = [
    "apiVersion",
    "kind",
    "metadata.name",
    "metadata.namespace",
    ...(immutableFields[key] ?? []),
    ...(contentMutable ? [] : (contentFields[key] ?? [])),
  ];
  // The API version is only notation: the object is the same in every version of its group.
  if (fields === "apiVersion") return false;
  return immutable.some(
    (prefix) => fields === prefix || fields.startsWith(`${prefix}.`) || prefix.startsWith(`${fields}.`),
  );
}
