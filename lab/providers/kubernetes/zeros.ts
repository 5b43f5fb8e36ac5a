/**
 * Fields that the API server does not store when they have the zero value of their type, since Go's JSON leaves them out (`omitempty`): those that programs write.
 * Pointers, such as `replicas: 0` and `privileged: false`, are stored. https://github.com/kubernetes/api/blob/v0.35.4/core/v1/types.go
 */
import { isArray, isObject, type Properties, type Value } from "../values.ts";

/** Names of fields, by their zero value in JSON. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  false: [
    "hostIPC",
    "hostNetwork",
    "hostPID",
    "paused",
    "publishNotReadyAddresses",
    "readOnly",
    "stdin",
    "stdinOnce",
    "tty",
  ],
  "0": ["healthCheckNodePort", "initialDelaySeconds", "minReadySeconds", "nodePort"],
  '""': ["clusterIP", "externalName", "loadBalancerIP", "subPath", "value"],
  "{}": ["annotations", "labels", "matchLabels", "nodeSelector"],
  "[]": [
    "args",
    "command",
    "env",
    "envFrom",
    "externalIPs",
    "finalizers",
    "imagePullSecrets",
    "initContainers",
    "loadBalancerSourceRanges",
    "tolerations",
    "volumeMounts",
    "volumes",
  ],
};

/** The object as the API server stores it, in this respect. */
export function withoutZeros(object: Properties): Properties {
  const { metadata, spec } = object;
  return {
    ...object,
    ...(metadata === undefined ? {} : { metadata: inside(metadata) }),
    ...(spec === undefined ? {} : { spec: inside(spec) }),
  };
}

/** The names in these are the program's own. */
const own = new Set(["annotations", "labels", "matchLabels", "nodeSelector", "selector"]);

function inside(value: Value): Value {
  if (isArray(value)) return value.map(inside);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([key, item]) => leftOut[JSON.stringify(item)]?.includes(key) !== true,
  );
  return Object.fromEntries(
    kept.map(([key, item]) => [key, own.has(key) && !isNested(item) ? item : inside(item)]),
  );
}

/** A workload's selector has fields; a Service's has labels. */
function isNested(value: Value): boolean {
  return isObject(value) && Object.values(value).some((item) => isObject(item) || isArray(item));
}
