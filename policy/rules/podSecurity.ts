/**
 * Pods meet Kubernetes' Pod Security Standard "restricted", and namespaces enforce it.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
import { podSpecOf } from "../pods.ts";
import { listOf, recordOf, textsIn } from "../resource.ts";
import type { Properties, ResourceRule } from "../resource.ts";

const enforceLabel = "pod-security.kubernetes.io/enforce";

export const restrictedNamespaces: ResourceRule = ({ type, props }) => {
  if (type !== "kubernetes:core/v1:Namespace") return [];
  const level = recordOf(recordOf(props.metadata).labels)[enforceLabel];
  return level === "restricted"
    ? []
    : [
        `the label ${enforceLabel} is ${level === undefined ? "missing" : JSON.stringify(level)}; set it to restricted, so that the cluster refuses pods with more rights`,
      ];
};

export const restrictedPods: ResourceRule = (resource) => {
  const spec = podSpecOf(resource);
  if (spec === undefined) return [];
  return [
    ...["hostNetwork", "hostPID", "hostIPC"].filter((field) => spec[field] === true).map(ofHost),
    ...listOf(spec.volumes).flatMap((volume) => volumeProblems(recordOf(volume))),
    ...containersOf(spec).flatMap((container) => containerProblems(container, spec)),
  ];
};

const ofHost = (field: string): string =>
  `${field} is true, which gives the pod what is the node's; remove it`;

const containersOf = (spec: Properties): Properties[] =>
  ["initContainers", "containers", "ephemeralContainers"].flatMap((list) => listOf(spec[list]).map(recordOf));

/** Sources that are allowed; besides them, a volume has its name. */
const volumes = new Set([
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);

const volumeProblems = (volume: Properties): string[] =>
  Object.keys(volume)
    .filter((key) => key !== "name" && volume[key] !== undefined && !volumes.has(key))
    .map((key) => `the volume ${String(volume.name)} is a ${key}; allowed are ${[...volumes].join(", ")}`);

function containerProblems(container: Properties, spec: Properties): string[] {
  const own = recordOf(container.securityContext);
  const ofPod = recordOf(spec.securityContext);
  const either = (field: string): unknown => own[field] ?? ofPod[field];
  const { drop, add } = recordOf(own.capabilities);
  const hostPort = listOf(container.ports)
    .map(recordOf)
    .find((port) => Number(port.hostPort ?? 0) > 0);
  const seccomp = recordOf(either("seccompProfile")).type;
  const problems: readonly (readonly [boolean, string])[] = [
    [own.privileged === true, "is privileged; remove privileged"],
    [own.allowPrivilegeEscalation !== false, "may gain rights; set allowPrivilegeEscalation to false"],
    [either("runAsNonRoot") !== true, "may run as root; set runAsNonRoot to true"],
    [either("runAsUser") === 0, "runs as user 0; set runAsUser to another, or omit it"],
    [!textsIn(drop).includes("ALL"), "keeps capabilities; drop ALL"],
    [
      textsIn(add).some((name) => name !== "NET_BIND_SERVICE"),
      `adds capabilities (${textsIn(add).join(", ")}); allowed is NET_BIND_SERVICE`,
    ],
    [
      seccomp !== "RuntimeDefault" && seccomp !== "Localhost",
      "has no seccomp profile; set seccompProfile to RuntimeDefault",
    ],
    [hostPort !== undefined, `takes port ${String(hostPort?.hostPort)} of the node; remove hostPort`],
  ];
  return problems
    .filter(([isWrong]) => isWrong)
    .map(([, what]) => `the container ${String(container.name)} ${what}`);
}
