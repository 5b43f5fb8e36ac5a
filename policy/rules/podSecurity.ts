/**
 * Pods meet Kubernetes' Pod Security Standard "restricted", and namespaces enforce it.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
import { containersOf, podOf } from "../pods.ts";
import {
  appArmorPrefix,
  appArmorProfiles,
  contextFields,
  hostFields,
  sysctls,
  volumes,
} from "../podStandard.ts";
import { listOf, recordOf, textsIn, valueAt } from "../resource.ts";
import type { Properties, ResourceRule } from "../resource.ts";

const enforceLabel = "pod-security.kubernetes.io/enforce";

/** A patch without the label leaves the one that the namespace has. */
export const restrictedNamespaces: ResourceRule = ({ type, props }) => {
  const isPatch = type === "kubernetes:core/v1:NamespacePatch";
  if (type !== "kubernetes:core/v1:Namespace" && !isPatch) return [];
  const level = recordOf(recordOf(props.metadata).labels)[enforceLabel];
  return level === "restricted" || (isPatch && level === undefined)
    ? []
    : [
        `the label ${enforceLabel} is ${level === undefined ? "missing" : JSON.stringify(level)}; set it to restricted, so that the cluster refuses pods with more rights`,
      ];
};

export const restrictedPods: ResourceRule = (resource) => {
  const pod = podOf(resource);
  if (pod === undefined) return [];
  const { metadata, spec } = pod;
  const context = recordOf(spec.securityContext);
  return [
    ...["hostNetwork", "hostPID", "hostIPC"].filter((field) => spec[field] === true).map(ofHost),
    ...contextProblems("the pod", context),
    ...listOf(context.sysctls).flatMap((sysctl) => sysctlProblems(recordOf(sysctl))),
    ...annotationProblems(recordOf(metadata.annotations)),
    ...listOf(spec.volumes).flatMap((volume) => volumeProblems(recordOf(volume))),
    ...containersOf(spec).flatMap((container) => containerProblems(container, spec)),
  ];
};

const ofHost = (field: string): string =>
  `${field} is true, which gives the pod what is the node's; remove it`;

function contextProblems(whose: string, context: Properties): string[] {
  const wrong = Object.entries(contextFields).flatMap(([field, allowed]) => {
    const value = valueAt(context, field);
    return value === undefined || value === null || allowed.includes(value)
      ? []
      : [`${whose} has ${field} ${JSON.stringify(value)}; ${fixOf(allowed)}`];
  });
  return context.runAsUser === 0
    ? [...wrong, `${whose} runs as user 0; set runAsUser to another, or omit it`]
    : wrong;
}

function fixOf(allowed: readonly unknown[]): string {
  const values = allowed.filter((value) => value !== "");
  return values.length === 0 ? "omit it" : `allowed are ${values.join(", ")}`;
}

const sysctlProblems = ({ name }: Properties): string[] =>
  typeof name !== "string" || sysctls.includes(name)
    ? []
    : [`the pod sets the sysctl ${name}; allowed are ${sysctls.join(", ")}`];

const annotationProblems = (annotations: Properties): string[] =>
  Object.entries(annotations)
    .filter(([name, value]) => name.startsWith(appArmorPrefix) && !appArmorProfiles.test(String(value)))
    .map(
      ([name, value]) =>
        `the annotation ${name} is ${JSON.stringify(value)}; allowed are runtime/default and localhost/NAME`,
    );

/** Besides its source, a volume has its name. */
const volumeProblems = (volume: Properties): string[] =>
  Object.keys(volume)
    .filter((key) => key !== "name" && volume[key] !== undefined && !volumes.includes(key))
    .map((key) => `the volume ${String(volume.name)} is a ${key}; allowed are ${volumes.join(", ")}`);

function containerProblems(container: Properties, spec: Properties): string[] {
  const own = recordOf(container.securityContext);
  const ofPod = recordOf(spec.securityContext);
  const either = (field: string): unknown => own[field] ?? ofPod[field];
  const { drop, add } = recordOf(own.capabilities);
  const hostPort = listOf(container.ports)
    .map(recordOf)
    .find((port) => Number(port.hostPort ?? 0) > 0);
  // The API server refuses these fields in a pod for Windows.
  const isOfLinux = recordOf(spec.os).name !== "windows";
  const whose = `the container ${String(container.name)}`;
  const problems: readonly (readonly [boolean, string])[] = [
    [own.privileged === true, "is privileged; remove privileged"],
    [
      isOfLinux && own.allowPrivilegeEscalation !== false,
      "may gain rights; set allowPrivilegeEscalation to false",
    ],
    [typeof either("runAsNonRoot") !== "boolean", "may run as root; set runAsNonRoot to true"],
    [isOfLinux && !textsIn(drop).includes("ALL"), "keeps capabilities; drop ALL"],
    [
      textsIn(add).some((name) => name !== "NET_BIND_SERVICE"),
      `adds capabilities (${textsIn(add).join(", ")}); allowed is NET_BIND_SERVICE`,
    ],
    [
      isOfLinux && typeof recordOf(either("seccompProfile")).type !== "string",
      "has no seccomp profile; set seccompProfile to RuntimeDefault",
    ],
    [hostPort !== undefined, `takes port ${String(hostPort?.hostPort)} of the node; remove hostPort`],
  ];
  return [
    ...problems.filter(([isWrong]) => isWrong).map(([, what]) => `${whose} ${what}`),
    ...contextProblems(whose, own),
    ...hostFields
      .filter((field) => (valueAt(container, field) ?? "") !== "")
      .map((field) => `${whose} sets ${field}, so that the kubelet connects to another host; omit it`),
  ];
}
