/**
 * The fields of a Service with their types, and the API server's errors for fields that it does not know, and for values of another type.
 * https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
 */
import { isObject, nameOf } from "./documents.ts";

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
export function fieldProblems(manifest: unknown): Problem[] {
  return problemsOf(manifest, service, [], "Service");
}

function problemsOf(value: unknown, type: Type, path: Path, struct: string): Problem[] {
  // The API server takes null for a field that is not set.
  if (value === null || value === undefined || type === "anything") return [];
  if (typeof type === "string") {
    return isOfType[type](value) ? [] : [wrongType(value, path, struct, goTypes[type])];
  }
  if ("listOf" in type) {
    if (!Array.isArray(value)) return [wrongType(value, path, struct, "a list")];
    return value.flatMap((item, index) => problemsOf(item, type.listOf, [...path, index], struct));
  }
  if (!isObject(value)) return [wrongType(value, path, struct, "an object")];
  if ("mapOf" in type) {
    return Object.entries(value).flatMap(([key, item]) =>
      problemsOf(item, type.mapOf, [...path, key], struct),
    );
  }
  return Object.entries(value).flatMap(([name, item]) => {
    const field = type.fields[name];
    const at = [...path, name];
    return field === undefined
      ? [{ path: at, reason: `strict decoding error: unknown field "${pathText(at)}"` }]
      : problemsOf(item, field, at, type.struct);
  });
}

const isInteger = (value: unknown): boolean => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;

const isOfType: Readonly<Record<Exclude<Scalar, "anything">, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  bool: (value) => typeof value === "boolean",
  int32: isInteger,
  "int or string": (value) => typeof value === "string" || isInteger(value),
};

const goTypes = {
  string: "string",
  bool: "bool",
  int32: "int32",
  "int or string": "int32 or string",
} as const;

/** https://pkg.go.dev/encoding/json#UnmarshalTypeError */
function wrongType(value: unknown, path: Path, struct: string, type: string): Problem {
  const names = path
    .filter((step) => typeof step === "string")
    .slice(0, struct === "ObjectMeta" ? 2 : undefined);
  const advice =
    type === "string" && (typeof value === "boolean" || typeof value === "number")
      ? `; write it in quotes: "${String(value)}"`
      : "";
  return {
    path,
    reason: `cannot unmarshal ${nameOf(value)} into Go struct field ${struct}.${names.join(".")} of type ${type}${advice}`,
  };
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
