/** The Services of a file with manifests. */
import type { Controller } from "../clouds/cloud.ts";
import { generatedName } from "../model/later.ts";
import type { NodePort } from "../model/later.ts";
import { fixedNodePorts } from "../plan/nodePorts.ts";
import { isObject, objectsIn } from "./documents.ts";
import type { ManifestObject } from "./documents.ts";
import { alreadyAllocated } from "./portValidation.ts";
import { isService, readService } from "./service.ts";
import type { DeclaredService } from "./service.ts";

/** A Service that the API server would refuse. */
export interface InvalidService {
  /** `namespace/name`, as far as they are known. */
  readonly service: string;
  readonly place: string;
  readonly reasons: readonly string[];
}

export type FoundService =
  | { readonly kind: "valid"; readonly name: string; readonly service: DeclaredService }
  | { readonly kind: "invalid"; readonly name: string; readonly service: InvalidService };

export interface ManifestFile {
  /** For texts. */
  readonly name: string;
  /** In the order of the file. */
  readonly services: readonly FoundService[];
  /** Objects of other kinds, such as `Deployment (apps/v1)`, each once. */
  readonly others: readonly string[];
}

/**
 * @param controllers those in the cluster; the first serves Services that name none
 * @throws ManifestError if the text is no YAML
 */
export function manifestFile(text: string, name: string, controllers: readonly Controller[]): ManifestFile {
  const objects = objectsIn(text, name);
  const services = objects.filter(isService);
  return {
    name,
    services: withoutClashes(withoutRepetitions(services.map((object) => found(object, controllers)))),
    others: [...new Set(objects.filter((object) => !isService(object)).map(kindOf))],
  };
}

function kindOf({ object: { apiVersion, kind } }: ManifestObject): string {
  const [shownKind, version] = [kind, apiVersion].map((value) =>
    typeof value === "string" ? value : undefined,
  );
  return `${shownKind ?? "an object without kind"} (${version ?? "no apiVersion"})`;
}

/** The API server has one Service of a name. Names that it generates are its own. */
function withoutRepetitions(services: readonly FoundService[]): FoundService[] {
  const first = new Map<string, string>();
  return services.map((each) => {
    if (each.kind === "invalid" || each.service.isNamedByCluster) return each;
    const { name, service } = each;
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, service.place);
      return each;
    }
    const reason = `${service.place}: Service ${name} already exists: it is ${before}; kubectl apply would overwrite that one, so remove one of them`;
    return { kind: "invalid", name, service: { service: name, place: service.place, reasons: [reason] } };
  });
}

/** A node port belongs to one Service of the cluster, whatever its protocol: the API server takes the first. */
function withoutClashes(services: readonly FoundService[]): FoundService[] {
  const takenBy = new Map<NodePort, string>();
  return services.map((each) => {
    if (each.kind === "invalid") return each;
    const { name, service } = each;
    const wanted = [...fixedNodePorts(service.facts)];
    const reasons = wanted.flatMap((nodePort) => {
      const holder = takenBy.get(nodePort) ?? name;
      return holder === name
        ? []
        : [`${service.place}: node port ${nodePort}: ${alreadyAllocated} to ${holder}; choose another`];
    });
    if (reasons.length > 0)
      return { kind: "invalid", name, service: { service: name, place: service.place, reasons } };
    for (const nodePort of wanted) takenBy.set(nodePort, name);
    return each;
  });
}

function found(object: ManifestObject, controllers: readonly Controller[]): FoundService {
  const name = nameOf(object);
  const read = readService(object, controllers);
  return read.kind === "valid"
    ? { kind: "valid", name, service: read.service }
    : { kind: "invalid", name, service: { service: name, place: object.place, reasons: read.reasons } };
}

function nameOf({ object: { metadata } }: ManifestObject): string {
  const { namespace, name, generateName } = isObject(metadata) ? metadata : {};
  const text = (value: unknown): string | undefined =>
    typeof value === "string" && value !== "" ? value : undefined;
  const prefix = text(generateName);
  const shown = text(name) ?? (prefix === undefined ? "(no name)" : generatedName(prefix));
  return `${text(namespace) ?? "default"}/${shown}`;
}
