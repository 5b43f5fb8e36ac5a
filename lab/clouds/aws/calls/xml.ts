/** XML documents of AWS: elements to send, and parsed answers to look into. */
const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** @returns nothing for an element that is left out */
export function element(tag: string, value: string | number | undefined): string {
  if (value === undefined) return "";
  return `<${tag}>${String(value).replace(/[&<>]/g, (character) => escapes[character] ?? "")}</${tag}>`;
}

/** A parsed document: text, or elements by name, several of one name as a list. */
export interface Node {
  readonly [name: string]: Node | Node[] | string | undefined;
}

export function nodesIn(node: Node, name: string): Node[] {
  const found = node[name];
  if (found === undefined || typeof found === "string") return [];
  return Array.isArray(found) ? found : [found];
}

/** The first; an empty one if there is none. */
export const nodeIn = (node: Node, name: string): Node => nodesIn(node, name)[0] ?? {};

/** Empty if there is none. */
export function textIn(node: Node, name: string): string {
  const found = node[name];
  return typeof found === "string" ? found : "";
}

/** Of elements that have only text. */
export function textsIn(node: Node, name: string): string[] {
  const found = node[name];
  const all: unknown[] = Array.isArray(found) ? found : [found];
  return all.filter((each) => typeof each === "string");
}

/** The `Value` of each element, by its text under `key`. */
export const valuesBy = (key: "Key" | "Name", elements: readonly Node[]): Record<string, string> =>
  Object.fromEntries(elements.map((each) => [textIn(each, key), textIn(each, "Value")]));
