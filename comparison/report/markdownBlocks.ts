/** Pieces of GitHub-flavoured Markdown. Text in them becomes no markup. */
import { markdownTable } from "markdown-table";

export function titled(title: string, body: string): string[] {
  return body === "" ? [] : [`### ${title}`, body];
}

export function folded(title: string, body: string): string {
  return body === "" ? "" : `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

export function items(texts: readonly string[]): string {
  return texts.map((text) => `- ${cell(text)}`).join("\n");
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  // A row is one line: lines within a cell need markup.
  const lines = (text: string): string => text.split("\n").map(cell).join("<br>");
  return markdownTable(
    [head, ...rows].map((cells) => cells.map(lines)),
    { alignDelimiters: false },
  );
}

/** Addresses are links; nothing else becomes markup. */
export function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s,;<>]+)/)
    .map((part, index) => (index % 2 === 0 ? cell(part) : `<${part}>`))
    .join("");
}

/** Text on one line. Code between backquotes is code; nothing else becomes markup. */
export function cell(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .split(/(`[^`|\\]+`)/)
    .map((part, index) => (index % 2 === 0 ? plain(part) : part))
    .join("");
}

/**
 * Any punctuation after a backslash is itself: https://spec.commonmark.org/0.31.2/#backslash-escapes. Only what could be markup gets one, so that the text can also
 * be read as it is.
 */
function plain(text: string): string {
  return text
    .replaceAll(/[\\`*[<|~@]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&")
    .replace(/^(?:[#>+-]|\d+(?=[.)]))/, (start) => (/^\d/.test(start) ? `${start}\\` : `\\${start}`));
}
