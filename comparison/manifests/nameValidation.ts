/**
 * What the API server refuses about names and labels.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.4/staging/src/k8s.io/apimachinery/pkg/api/validate/content
 */
import type { Path, Problem } from "./fields.ts";
import { invalid, required } from "./reasons.ts";
import type { StoredService } from "./stored.ts";

const longestLabel = 63;
const longestSubdomain = 253;
const label = "lower case alphanumeric characters or '-'";
const labelPart = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

/** Faults of a text that must have a form and a length. */
function faults(text: string, form: RegExp, what: string, longest: number, unit = "characters"): string[] {
  return [
    ...(text.length > longest ? [`must be no more than ${longest} ${unit}`] : []),
    ...(form.test(text) ? [] : [what]),
  ];
}

/** The name of a port, or of a namespace. */
export function labelFaults(text: string): string[] {
  return faults(
    text,
    new RegExp(`^${labelPart}$`),
    text.includes(".") && subdomainFaults(text).length === 0
      ? "must not contain dots"
      : `a lowercase RFC 1123 label must consist of ${label}, and must start and end with an alphanumeric character`,
    longestLabel,
  );
}

/** The name of a Service, which begins with a letter. */
function serviceNameFaults(text: string): string[] {
  return faults(
    text,
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    `a DNS-1035 label must consist of ${label}, start with an alphabetic character, and end with an alphanumeric character`,
    longestLabel,
  );
}

/** A DNS name, such as an externalName. */
export function subdomainFaults(text: string): string[] {
  return faults(
    text,
    new RegExp(`^${labelPart}(\\.${labelPart})*$`),
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
    longestSubdomain,
  );
}

const keyForm = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const keyWords =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/** A key of labels and annotations: a name, perhaps with a DNS name and a slash before it. */
export function qualifiedNameFaults(text: string): string[] {
  const [first = "", second, ...more] = text.split("/");
  if (more.length > 0) {
    return [
      `a valid label key ${keyWords} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = second ?? first;
  const prefix = second === undefined ? [] : prefixFaults(first);
  if (name === "") return [...prefix, "name part must be non-empty"];
  return [...prefix, ...faults(name, keyForm, keyWords, longestLabel).map((reason) => `name part ${reason}`)];
}

function prefixFaults(prefix: string): string[] {
  if (prefix === "") return ["prefix part must be non-empty"];
  return subdomainFaults(prefix).map((reason) => `prefix part ${reason}`);
}

function labelValueFaults(text: string): string[] {
  return text === ""
    ? []
    : faults(
        text,
        keyForm,
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        longestLabel,
        "bytes",
      );
}

function each(path: Path, value: unknown, reasons: readonly string[]): Problem[] {
  return reasons.map((reason) => invalid(path, value, reason));
}

/** All keys and values together. */
const mostAnnotationBytes = 256 * 1024;

export function nameProblems({ metadata = {}, spec }: StoredService): Problem[] {
  const { name, generateName, namespace, labels = {}, annotations = {} } = metadata;
  const bytes = Object.entries(annotations)
    .flat()
    .map((text) => Buffer.byteLength(text));
  return [
    ...(name === undefined && generateName === undefined
      ? [required(["metadata", "name"], "name or generateName is required")]
      : []),
    ...(name === undefined ? [] : each(["metadata", "name"], name, serviceNameFaults(name))),
    ...(namespace === undefined ? [] : each(["metadata", "namespace"], namespace, labelFaults(namespace))),
    ...labelProblems(["metadata", "labels"], labels),
    // Capital letters are allowed in a prefix, too.
    ...Object.keys(annotations).flatMap((key) =>
      each(["metadata", "annotations"], key, qualifiedNameFaults(key.toLowerCase())),
    ),
    ...(bytes.reduce((sum, length) => sum + length, 0) > mostAnnotationBytes
      ? [
          {
            path: ["metadata", "annotations"],
            reason: `Too long: may not be more than ${mostAnnotationBytes} bytes`,
          },
        ]
      : []),
    ...labelProblems(["spec", "selector"], spec.selector ?? {}),
  ];
}

function labelProblems(path: Path, labels: Readonly<Record<string, string>>): Problem[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...each(path, key, qualifiedNameFaults(key)),
    ...each(path, value, labelValueFaults(value)),
  ]);
}
