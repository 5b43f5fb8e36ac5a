/** The objects of a file with manifests, as kubectl reads them: YAML or JSON, several documents, and lists such as `kubectl get -o yaml` prints. */
import { LineCounter, isCollection, isMap, isNode, isScalar, parseAllDocuments, visit } from "yaml";
import type { Document } from "yaml";
import { asDocuments } from "./jsonStream.ts";

type Path = readonly (string | number)[];

/** One object of a file. */
export interface ManifestObject {
  /** For texts, such as `a.yaml, document 2`. */
  readonly place: string;
  readonly object: Readonly<Record<string, unknown>>;
  /** The line of a field in the file; undefined if the object does not have it. */
  readonly lineOf: (path: Path) => number | undefined;
  /** A value as the file has it, without quotes; undefined if the object does not have it. */
  readonly textOf: (path: Path) => string | undefined;
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
  const documents = parseAllDocuments(asDocuments(text), {
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
      throw wrongYaml(place, lines.linePos(error.pos[0]).line, message, text);
    }
    const key = keyThatIsNoText(document);
    if (key !== undefined)
      throw wrongYaml(place, lines.linePos(key).line, "a map or a list cannot be a key", text);
    return objectsOf(document, place, lines);
  });
}

/** Templates are no YAML, and often look like maps as keys. */
function wrongYaml(place: string, line: number, message: string, text: string): ManifestError {
  const advice = text.includes("{{")
    ? '; the file has templates: render it first, such as with "helm template"'
    : "";
  return new ManifestError(`${place}: line ${line}: ${message}${advice}`);
}

/** Where it is in the text. */
function keyThatIsNoText(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Pair: (_key, { key }) => {
      if (!isCollection(key)) return undefined;
      found = key.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

function objectsOf(document: Document, place: string, lines: LineCounter): ManifestObject[] {
  const content = contentOf(document, place);
  // Such as a document that has only comments.
  if (content === null || content === undefined) return [];
  if (!isObject(content))
    throw new ManifestError(
      `${place}: it is ${nameOf(content)}; it must be an object with apiVersion and kind`,
    );
  const at = (prefix: Path): Pick<ManifestObject, "lineOf" | "textOf"> => {
    const nodeAt = (path: Path): unknown => document.getIn([...prefix, ...path], true);
    return {
      lineOf: (path) => {
        // A map or a list may begin on the line after its key.
        const holder = nodeAt(path.slice(0, -1));
        const pair = isMap(holder)
          ? holder.items.findLast(({ key }) => isScalar(key) && key.value === path.at(-1))
          : undefined;
        const node = pair?.key ?? nodeAt(path);
        return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
      },
      textOf: (path) => {
        const node = nodeAt(path);
        return isScalar(node) ? node.source : undefined;
      },
    };
  };
  if (!isList(content)) return [{ place, object: content, ...at([]) }];
  return content.items.map((item, index) => {
    const within = `${place}, items[${index}]`;
    if (!isObject(item)) throw new ManifestError(`${within}: it is ${nameOf(item)}; it must be an object`);
    const own = content.kind === "ServiceList" ? { apiVersion: "v1", kind: "Service", ...item } : item;
    return { place: within, object: own, ...at(["items", index]) };
  });
}

/** @throws ManifestError if an alias has no anchor in its document, or if they are too many */
function contentOf(document: Document, place: string): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new ManifestError(
      `${place}: ${error.message}; an anchor serves its own document alone, with at most ${mostAliases} aliases`,
    );
  }
}

/** More than manifests have, and too few to fill the memory. */
const mostAliases = 1000;

/** `List`, as kubectl prints it, and `ServiceList`, as the API server does, without the kind of each item. */
function isList(
  object: Readonly<Record<string, unknown>>,
): object is { readonly kind: string; readonly items: readonly unknown[] } {
  return (
    object.apiVersion === "v1" && /^(Service)?List$/.test(String(object.kind)) && Array.isArray(object.items)
  );
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value's type as Go's JSON decoder names it. */
export function nameOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}
