/** The objects of a file with manifests, as kubectl reads them: YAML or JSON, several documents, and lists such as `kubectl get -o yaml` prints. */
import { LineCounter, parseAllDocuments } from "yaml";
import type { Document } from "yaml";

/** One object of a file. */
export interface ManifestObject {
  /** For texts, such as `a.yaml, document 2`. */
  readonly place: string;
  readonly object: Readonly<Record<string, unknown>>;
  /** The line of a field in the file; undefined if the object does not have it. */
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined;
}

/** What is wrong with a file, or with one of its objects. */
export class ManifestError extends Error {}

/**
 * kubectl reads YAML 1.1, so `yes` and `on` are booleans. It keeps timestamps and numbers to the base 60 as text.
 * https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go (YAMLToJSON)
 */
const notOfKubectl = /:(timestamp|binary)$/;

/**
 * @param file its name, for texts
 * @throws ManifestError if a document is no YAML, or no object
 */
export function objectsIn(text: string, file: string): ManifestObject[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    version: "1.1",
    // Like kubectl, which keeps the last of equal keys.
    uniqueKeys: false,
    lineCounter: lines,
    customTags: (tags) =>
      tags.filter((tag) => typeof tag !== "object" || !(notOfKubectl.test(tag.tag) || tag.format === "TIME")),
  });
  return [...documents].flatMap((document, index) => {
    const place = `${file}, document ${index + 1}`;
    const [error] = document.errors;
    if (error !== undefined) {
      const [message = ""] = error.message.split(" at line ");
      throw new ManifestError(`${place}: line ${lines.linePos(error.pos[0]).line}: ${message}`);
    }
    return objectsOf(document, place, lines);
  });
}

function objectsOf(document: Document, place: string, lines: LineCounter): ManifestObject[] {
  const content: unknown = document.toJS({ maxAliasCount: mostAliases });
  // Such as a document that has only comments.
  if (content === null || content === undefined) return [];
  if (!isObject(content))
    throw new ManifestError(
      `${place}: it is ${nameOf(content)}; it must be an object with apiVersion and kind`,
    );
  const lineAt =
    (prefix: readonly (string | number)[]) =>
    (path: readonly (string | number)[]): number | undefined => {
      const node = document.getIn([...prefix, ...path], true) as
        { range?: [number, number, number] } | undefined;
      return node?.range === undefined ? undefined : lines.linePos(node.range[0]).line;
    };
  if (!isList(content)) return [{ place, object: content, lineOf: lineAt([]) }];
  return content.items.map((item, index) => {
    const within = `${place}, items[${index}]`;
    if (!isObject(item)) throw new ManifestError(`${within}: it is ${nameOf(item)}; it must be an object`);
    return { place: within, object: item, lineOf: lineAt(["items", index]) };
  });
}

/** More than manifests have, and too few to fill the memory. */
const mostAliases = 1000;

/** `List`, as kubectl prints it, and `ServiceList`, as the API server does. */
function isList(object: Readonly<Record<string, unknown>>): object is { readonly items: readonly unknown[] } {
  return (
    object.apiVersion === "v1" && /^(Service)?List$/.test(String(object.kind)) && Array.isArray(object.items)
  );
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value's type as Go's JSON decoder names it. */
export function nameOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}
