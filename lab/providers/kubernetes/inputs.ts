/** From a program's arguments to complete inputs, and from live objects back to inputs: pure functions. */
import { Buffer } from "node:buffer";
import { uniqueName } from "../autoname.ts";
import { changes } from "../diff.ts";
import type { CheckRequest, Diff, DiffRequest } from "../protocol.ts";
import {
  defined,
  hasUnknowns,
  isArray,
  isObject,
  textOf,
  UNKNOWN,
  type Properties,
  type Value,
} from "../values.ts";
import { isImmutable, isNamespaced, type Kind, type Mutable } from "./kinds.ts";
import { withCanonicalQuantities } from "./quantities.ts";
import { withoutZeros } from "./zeros.ts";

/** The official plug-in's annotations: https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ */
export const annotation = {
  autonamed: "pulumi.com/autonamed",
  deletionPropagation: "pulumi.com/deletionPropagationPolicy",
  patchFieldManager: "pulumi.com/patchFieldManager",
  patchForce: "pulumi.com/patchForce",
  skipAwait: "pulumi.com/skipAwait",
  timeoutSeconds: "pulumi.com/timeoutSeconds",
  waitFor: "pulumi.com/waitFor",
} as const;

/** As in the official plug-in: `<logical name>-<8 hexadecimal digits>`. */
const nameDigits = 8;

/** The object at a path, or an empty one. */
export const objectAt = (object: Properties, ...path: readonly string[]): Properties => {
  let found: Value | undefined = object;
  for (const key of path) found = isObject(found) ? found[key] : undefined;
  return isObject(found) ? found : {};
};

export const annotationOf = (object: Properties, name: string): string | undefined => {
  const value = objectAt(object, "metadata", "annotations")[name];
  return value === undefined || value === UNKNOWN ? undefined : textOf(value);
};

const isAutonamed = (object: Properties): boolean => annotationOf(object, annotation.autonamed) === "true";

function automaticName({ oldInputs, name, seed, autonaming }: CheckRequest): string | undefined {
  if (oldInputs && isAutonamed(oldInputs)) return objectAt(oldInputs, "metadata").name as string | undefined;
  if (autonaming?.mode === "disable") return undefined;
  if (autonaming) return autonaming.proposedName;
  return uniqueName({ prefix: `${name}-`, digits: nameDigits, seed });
}

/** @param namespace for an object that has none; undefined for kinds without namespaces */
export function completeInputs(kind: Kind, request: CheckRequest, namespace: string | undefined): Properties {
  const { inputs } = request;
  const given = inputs.metadata;
  if (given === UNKNOWN) return { ...inputs, ...kind };
  const metadata = { ...objectAt(inputs, "metadata") };
  if (metadata.name === undefined) {
    const name = automaticName(request);
    if (name !== undefined) {
      metadata.name = name;
      metadata.annotations = { ...objectAt(metadata, "annotations"), [annotation.autonamed]: "true" };
    }
  }
  if (namespace !== undefined) metadata.namespace ??= namespace;
  return normalized(kind, { ...inputs, ...kind, metadata });
}

/**
 * Inputs in the API server's own words, so that other words for the same are no change. Source:
 * https://github.com/pulumi/pulumi-kubernetes/blob/v4.34.2/provider/pkg/provider/provider.go (normalizeInputs)
 */
export function normalized(of: Kind, inputs: Properties): Properties {
  // Of custom resources only their definitions know.
  if (hasUnknowns(inputs) || isNamespaced(of) === undefined) return inputs;
  const stored = withCanonicalQuantities(of.kind, withoutZeros(inputs));
  return of.kind === "Secret" ? withEncodedData(stored) : stored;
}

/** Go's base64 takes line breaks; other faults are left for the API server to refuse. */
function onOneLine(base64: string): string {
  const line = base64.replaceAll(/[\r\n]/g, "");
  return Buffer.from(line, "base64").toString("base64") === line ? line : base64;
}

/** Secrets are written as text or in base64, and read in base64. */
function withEncodedData({ stringData, ...secret }: Properties): Properties {
  const given = Object.entries(objectAt(secret, "data")).map(([key, value]): [string, Value] => [
    key,
    typeof value === "string" ? onOneLine(value) : value,
  ]);
  const encoded = Object.entries(isObject(stringData) ? stringData : {}).map(
    ([key, value]): [string, Value] => [key, Buffer.from(textOf(value)).toString("base64")],
  );
  const hasData = secret.data !== undefined || encoded.length > 0;
  return hasData ? { ...secret, data: Object.fromEntries([...given, ...encoded]) } : secret;
}

export function diff(kind: Kind, request: DiffRequest, mutable: Mutable): Diff {
  const scoped = (object: Properties): Properties =>
    isClusterScoped(kind, request.oldOutputs) ? withoutNamespace(object) : object;
  const inputs = scoped(request.inputs);
  const oldInputs = scoped(normalized(kind, request.oldInputs));
  const found = changes(oldInputs, inputs).map((change) => ({
    ...change,
    replace: isImmutable(kind, change.path, mutable),
  }));
  const name = (object: Properties) => {
    const { name, namespace } = objectAt(object, "metadata");
    return `${textOf(namespace)}/${textOf(name)}`;
  };
  // Two objects cannot have the same name at the same time. An automatic name changes with the replacement.
  const sameName = name(oldInputs) === name(inputs) && !isAutonamed(inputs);
  return { changes: found, deleteBeforeReplace: sameName && found.some(({ replace }) => replace) };
}

/** A kind that was not served when the inputs were completed was taken for one with namespaces. */
const isClusterScoped = (kind: Kind, state: Properties): boolean =>
  isNamespaced(kind) === undefined && objectAt(state, "metadata").namespace === undefined;

function withoutNamespace(object: Properties): Properties {
  const { namespace: _, ...metadata } = objectAt(object, "metadata");
  return { ...object, metadata };
}

/** The part of a live value that the inputs determine, without the API server's defaults and other managers' fields. */
function project(live: Value, input: Value): Value {
  if (isObject(live) && isObject(input))
    return Object.fromEntries(
      Object.entries(input).flatMap(([key, item]) => {
        const value = live[key];
        if (value !== undefined) return [[key, project(value, item)]];
        // Empty objects and lists may not be stored: `emptyDir: {}` is, but `annotations: {}` is missing in the answer.
        const empty =
          (isObject(item) && Object.keys(item).length === 0) || (isArray(item) && item.length === 0);
        return empty ? [[key, item]] : [];
      }),
    );
  if (isArray(live) && isArray(input))
    return live.map((item, index) => (input[index] === undefined ? item : project(item, input[index])));
  return live;
}

/** Metadata that the API server adds to every object. */
const serverMetadata = [
  "creationTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid",
];

/** Annotations of the Deployment controller and of kubectl. */
const othersAnnotations = [
  "deployment.kubernetes.io/revision",
  "kubectl.kubernetes.io/last-applied-configuration",
];

function withoutOthers(annotations: Value): Value {
  if (!isObject(annotations)) return annotations;
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !othersAnnotations.includes(key)));
}

/**
 * The inputs that would make the object as it is now, for refresh and import.
 * @param oldInputs empty on import; then everything that the API server did not add
 */
export function inputsOf(kind: Kind, live: Properties, oldInputs: Properties): Properties {
  if (Object.keys(oldInputs).length > 0)
    return { ...(project(live, normalized(kind, oldInputs)) as Properties), ...kind };
  const metadata = Object.entries(objectAt(live, "metadata"))
    .filter(([key]) => !serverMetadata.includes(key))
    .map(([key, value]) => [key, key === "annotations" ? withoutOthers(value) : value]);
  return defined({ ...live, metadata: Object.fromEntries(metadata) as Properties, status: undefined });
}

/**
 * A Service for a preview. The API server's dry run answers with addresses and node ports that the real object will not get: place-holders such as 32769
 * (https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/registry/core/service/portallocator/operation.go). They are unknown unless the program sets them
 * or the object already has them.
 */
export function withoutDraws(previewed: Properties, inputs: Properties, live: Properties): Properties {
  if (previewed.kind !== "Service" || objectAt(inputs, "spec").type === "ExternalName") return previewed;
  const spec = objectAt(previewed, "spec");
  const fixed = (name: string): Value =>
    objectAt(inputs, "spec")[name] ?? objectAt(live, "spec")[name] ?? UNKNOWN;
  const local = spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local";
  const ports = portsIn(previewed).map((port) => withoutDraw(port, spec, portsIn(inputs), portsIn(live)));
  return {
    ...previewed,
    spec: {
      ...spec,
      clusterIP: fixed("clusterIP"),
      clusterIPs: isGiven(spec.clusterIPs, objectAt(inputs, "spec").clusterIP)
        ? (spec.clusterIPs ?? null)
        : fixed("clusterIPs"),
      ...(isArray(spec.ports) ? { ports } : {}),
      ...(local ? { healthCheckNodePort: fixed("healthCheckNodePort") } : {}),
    },
  };
}

/** Whether the program gave the only address, which is `None` for a headless Service. */
const isGiven = (addresses: Value | undefined, given: Value | undefined): boolean =>
  isArray(addresses) && given !== undefined && addresses.every((address) => address === given);

const portsIn = (service: Properties): readonly Properties[] => {
  const { ports } = objectAt(service, "spec");
  return isArray(ports) ? ports.filter(isObject) : [];
};

function withoutDraw(
  port: Properties,
  spec: Properties,
  given: readonly Properties[],
  live: readonly Properties[],
): Properties {
  const allocates =
    spec.type === "NodePort" ||
    (spec.type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts !== false);
  const same = (other: Properties): boolean =>
    other.port === port.port && (other.protocol ?? "TCP") === (port.protocol ?? "TCP");
  const nodePort = given.find(same)?.nodePort;
  if (nodePort !== undefined) return { ...port, nodePort };
  // The API server keeps the node port of a port that has another number now but the same name.
  const isKept = (other: Properties): boolean => other.name === port.name && other.nodePort === port.nodePort;
  if (port.nodePort !== undefined && live.some(isKept)) return port;
  if (port.nodePort === undefined && !allocates) return port;
  return { ...port, nodePort: live.find(same)?.nodePort ?? UNKNOWN };
}
