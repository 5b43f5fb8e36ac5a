/**
 * The syntax of a controller's configuration file: sections, keys and values, as gcfg reads them.
 * https://github.com/go-gcfg/gcfg/blob/v1.2.3/scanner/scanner.go, read.go
 */
import { ConfigurationError } from "./error.ts";

export interface Variable {
  readonly section: string;
  /** Of a header such as `[ServiceOverride "1"]`. */
  readonly subsection?: string;
  readonly key: string;
  /** Undefined if there is no `=`. */
  readonly value: string | undefined;
  readonly line: number;
}

export interface Section {
  readonly section: string;
  readonly subsection?: string;
  readonly line: number;
}

const blank = /[ \t\r]*/y;
const lineEnd = /(?:[;#][^\n]*)?(?:\n|$)/y;
const name = String.raw`\p{L}[\p{L}\p{Nd}-]*`;
const header = new RegExp(
  String.raw`\[[ \t\r]*(${name})[ \t\r]*(?:"((?:[^"\\\n]|\\["\\])+)"[ \t\r]*)?\]`,
  "uy",
);
const key = new RegExp(name, "uy");
const assignment = /=[ \t\r]*/y;
/** Parts in quotes, and without quotes: where a line goes on after a backslash. */
const value = /(?:"(?:[^"\\\n]|\\["\\nt])*"|\\\r?\n|\\"|[^"\\\n;#])*/y;

/** @throws ConfigurationError at the first line that gcfg does not read */
export function readGcfg(text: string, file: string): { sections: Section[]; variables: Variable[] } {
  const sections: Section[] = [];
  const variables: Variable[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found ?? undefined;
  };
  while (at < text.length) {
    take(blank);
    const line = text.slice(0, at).split("\n").length;
    const fail = (reason: string): never => {
      throw new ConfigurationError(file, line, reason);
    };
    const found = take(header);
    if (found !== undefined) {
      const [, section = "", subsection] = found;
      sections.push({
        section,
        line,
        ...(subsection === undefined ? {} : { subsection: unquoted(subsection) }),
      });
    } else {
      const [word] = take(key) ?? [];
      const section = sections.at(-1);
      if (word !== undefined) {
        if (section === undefined) return fail(`${word} is in no section; write [Global] above it`);
        take(blank);
        const given = take(assignment) === undefined ? undefined : unquoted(trimmed(take(value)?.[0] ?? ""));
        variables.push({ ...section, key: word, value: given, line });
      }
    }
    take(blank);
    if (take(lineEnd) === undefined) fail(`${readable(text, line)} is not a section, a key or a comment`);
  }
  return { sections, variables };
}

/** Blanks at the end do not count, unless they are in quotes. */
function trimmed(raw: string): string {
  return raw.replace(/[ \t\r]+$/, "");
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", '"': '"', "\\": "\\" };

function unquoted(raw: string): string {
  return raw
    .replaceAll("\r", "")
    .replace(/\\([\s\S])|"/g, (_all, escaped?: string) =>
      escaped === undefined ? "" : (escapes[escaped] ?? ""),
    );
}

function readable(text: string, line: number): string {
  return JSON.stringify((text.split("\n")[line - 1] ?? "").trim());
}
