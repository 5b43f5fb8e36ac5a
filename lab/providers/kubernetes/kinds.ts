/** Kinds of Kubernetes objects: their names in Pulumi's tokens, their scope, and the fields whose change makes a new object. */
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

/** Of a volume, each kind of storage. */
const volumeSources = [
  "awsElasticBlockStore",
  "azureDisk",
  "azureFile",
  "cephfs",
  "cinder",
  "csi",
  "fc",
  "flexVolume",
  "flocker",
  "gcePersistentDisk",
  "glusterfs",
  "hostPath",
  "iscsi",
  "local",
  "nfs",
  "photonPersistentDisk",
  "portworxVolume",
  "quobyte",
  "rbd",
  "scaleIO",
  "storageos",
  "vsphereVolume",
];

const podFields = [
  "affinity",
  "automountServiceAccountToken",
  "dnsConfig",
  "dnsPolicy",
  "enableServiceLinks",
  "hostAliases",
  "hostIPC",
  "hostNetwork",
  "hostPID",
  "hostname",
  "imagePullSecrets",
  "nodeName",
  "nodeSelector",
  "overhead",
  "preemptionPolicy",
  "priority",
  "priorityClassName",
  "readinessGates",
  "restartPolicy",
  "runtimeClassName",
  "schedulerName",
  "securityContext",
  "serviceAccount",
  "serviceAccountName",
  "shareProcessNamespace",
  "subdomain",
  "terminationGracePeriodSeconds",
  "volumes",
];

const containerFields = [
  "args",
  "command",
  "env",
  "image",
  "imagePullPolicy",
  "lifecycle",
  "livenessProbe",
  "ports",
  "readinessProbe",
  "resources",
  "securityContext",
  "stdin",
  "stdinOnce",
  "terminationMessagePath",
  "terminationMessagePolicy",
  "tty",
  "volumeDevices",
  "volumeMounts",
  "workingDir",
];

const inSpec = (fields: readonly string[], ...path: readonly string[]): string[] =>
  fields.map((field) => ["spec", ...path, field].join("."));

/**
 * By API group and kind. A change below one of these paths makes a new object. They are the official plug-in's:
 * https://github.com/pulumi/pulumi-kubernetes/blob/v4.34.2/provider/pkg/provider/diff.go (forceNew). Other fields that the API server does not change are
 * refused by it.
 */
const immutableFields: Readonly<Record<string, readonly string[]>> = {
  "/PersistentVolume": inSpec(volumeSources),
  "/PersistentVolumeClaim": inSpec(["accessModes", "selector", "storageClassName", "volumeName"]),
  "/Pod": [
    ...inSpec(podFields),
    ...inSpec(containerFields, "containers"),
    ...inSpec(containerFields, "initContainers"),
  ],
  "/ResourceQuota": ["spec.scopes"],
  "/Secret": ["type"],
  "/Service": ["spec.clusterIP"],
  "apps/DaemonSet": workloadSelector,
  "apps/Deployment": workloadSelector,
  "apps/StatefulSet": [
    ...workloadSelector,
    ...inSpec(["podManagementPolicy", "revisionHistoryLimit", "serviceName", "volumeClaimTemplates"]),
  ],
  "batch/Job": [...workloadSelector, ...inSpec(["completions", "parallelism", "template"])],
  "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
  "storage.k8s.io/StorageClass": ["parameters", "provisioner"],
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
