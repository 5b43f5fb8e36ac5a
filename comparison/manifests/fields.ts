/**
 * The fields of a Service with their types, and the API server's errors for fields that it does not know, and for values of another type.
 * https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
 */
import { isObject, nameOf } from "./documents.ts";
import { nearest } from "../nearest.ts";

export type Path = readonly (string | number)[];

/** What the API server would refuse: the field and the reason, in the words of the API server. */
export interface Problem {
  readonly path: Path;
  readonly reason: string;
}

type Scalar = "string" | "int32" | "bool" | "int or string" | "anything";
type Type =
  | Scalar
  | { readonly listOf: Type }
  | { readonly mapOf: Scalar }
  /** `struct` is the name of the type in Go, which errors name. */
  | { readonly struct: string; readonly fields: Readonly<Record<string, Type>> };

const texts: Type = { mapOf: "string" };
const list: Type = { listOf: "string" };

const metadata: Type = {
  struct: "ObjectMeta",
  fields: {
    name: "string",
    generateName: "string",
    namespace: "string",
    selfLink: "string",
    uid: "string",
    resourceVersion: "string",
    generation: "anything",
    creationTimestamp: "anything",
    deletionTimestamp: "anything",
    deletionGracePeriodSeconds: "anything",
    labels: texts,
    annotations: texts,
    ownerReferences: "anything",
    finalizers: list,
    managedFields: "anything",
  },
};

const port: Type = {
  struct: "ServicePort",
  fields: {
    name: "string",
    protocol: "string",
    appProtocol: "string",
    port: "int32",
    targetPort: "int or string",
    nodePort: "int32",
  },
};

const clientIp: Type = { struct: "ClientIPConfig", fields: { timeoutSeconds: "int32" } };

const spec: Type = {
  struct: "ServiceSpec",
  fields: {
    ports: { listOf: port },
    selector: texts,
    clusterIP: "string",
    clusterIPs: list,
    type: "string",
    externalIPs: list,
    sessionAffinity: "string",
    loadBalancerIP: "string",
    loadBalancerSourceRanges: list,
    externalName: "string",
    externalTrafficPolicy: "string",
    healthCheckNodePort: "int32",
    publishNotReadyAddresses: "bool",
    sessionAffinityConfig: { struct: "SessionAffinityConfig", fields: { clientIP: clientIp } },
    ipFamilies: list,
    ipFamilyPolicy: "string",
    allocateLoadBalancerNodePorts: "bool",
    loadBalancerClass: "string",
    internalTrafficPolicy: "string",
    trafficDistribution: "string",
  },
};

const service: Type = {
  struct: "Service",
  fields: { apiVersion: "string", kind: "string", metadata, spec, status: "anything" },
};

/** What keeps the API server from reading a Service: https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation */
export function fieldProblems(manifest: unknown, textOf: TextOf = () => undefined): Problem[] {
  return problemsOf(manifest, service, { path: [], struct: "Service", textOf });
}

/** The text of a value as the file has it, such as `yes`; undefined if it is not known. */
type TextOf = (path: Path) => string | undefined;

interface Place {
  readonly path: Path;
  /** The innermost type in Go. */
  readonly struct: string;
  /** The field in Go, if the path goes on into a map. */
  readonly field?: Path;
  readonly textOf: TextOf;
}

function problemsOf(value: unknown, type: Type, place: Place): Problem[] {
  const { path, textOf } = place;
  // The API server takes null for a field that is not set.
  if (value === null || value === undefined || type === "anything") return [];
  if (typeof type === "string") return isOfType[type](value) ? [] : [wrongType(value, type, place)];
  if ("listOf" in type) {
    if (!Array.isArray(value)) return [wrongType(value, type, place)];
    return value.flatMap((item, index) =>
      problemsOf(item, type.listOf, { ...place, path: [...path, index] }),
    );
  }
  if (!isObject(value)) return [wrongType(value, type, place)];
  if ("mapOf" in type) {
    return Object.entries(value).flatMap(([key, item]) =>
      problemsOf(item, type.mapOf, { ...place, path: [...path, key], field: path }),
    );
  }
  return Object.entries(value).flatMap(([name, item]) => {
    const field = type.fields[name];
    const at = [...path, name];
    return field === undefined
      ? [{ path: at, reason: unknownField(at, type.fields) }]
      : problemsOf(item, field, { path: at, struct: type.struct, textOf });
  });
}

/** Names are often written with other capital letters, or with a letter more or less. */
function unknownField(path: Path, fields: Readonly<Record<string, Type>>): string {
  const meant = nearest(String(path.at(-1)).toLowerCase(), Object.keys(fields));
  return `strict decoding error: unknown field "${pathText(path)}"${meant === undefined ? "" : `; use ${meant}`}`;
}

const isInteger = (value: unknown): boolean => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;

const isOfType: Readonly<Record<Exclude<Scalar, "anything">, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  bool: (value) => typeof value === "boolean",
  int32: isInteger,
  "int or string": (value) => typeof value === "string" || isInteger(value),
};

/** The type's name in Go. */
function goName(type: Type): string {
  if (type === "int or string") return "int32";
  if (typeof type === "string") return type;
  if ("listOf" in type) return `[]${goName(type.listOf)}`;
  return "mapOf" in type ? `map[string]${type.mapOf}` : `v1.${type.struct}`;
}

/** https://pkg.go.dev/encoding/json#UnmarshalTypeError */
function wrongType(value: unknown, type: Type, { path, struct, field = path, textOf }: Place): Problem {
  const names = field.filter((step) => typeof step === "string");
  const what = typeof value === "number" ? `number ${value}` : nameOf(value);
  const advice = adviceFor(value, type, field.at(-1) === "annotations", textOf(path));
  return {
    path,
    reason: `cannot unmarshal ${what} into Go struct field ${struct}.${names.join(".")} of type ${goName(type)}${advice}`,
  };
}

/** How to write the value so that it has the type. For annotations, controllers take `true` and `false`, but not YAML's other words. */
function adviceFor(value: unknown, type: Type, isAnnotation: boolean, text: string | undefined): string {
  if (type === "string" && (typeof value === "boolean" || typeof value === "number")) {
    const meant = isAnnotation && typeof value === "boolean" ? undefined : text;
    return `; write it in quotes: "${meant ?? String(value)}"`;
  }
  const isQuoted =
    (type === "int32" && /^-?\d+$/.test(String(value))) ||
    (type === "bool" && /^(true|false)$/.test(String(value)));
  return typeof value === "string" && isQuoted ? `; write it without quotes: ${value}` : "";
}

/** As the API server writes it: `spec.ports[0].port`, `metadata.annotations[example.com/a]`. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (/[./]/.test(step)) return `[${step}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}
