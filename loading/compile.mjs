/** Makes JavaScript of a module by replacing its types with spaces: lines stay, so that stack traces need no source maps. */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL, URL } from "node:url";
import { transformSync } from "@swc/wasm-typescript";
import { parse } from "es-module-lexer/minimal";

/**
 * The module as JavaScript that may lie anywhere below the checkout's `node_modules`. It imports the copies of other modules, and believes to be the source.
 * @param libraries where those that are imported from elsewhere are, by their names
 * @throws {SyntaxError} with its place in the source
 */
export function compile(filename, libraries = {}) {
  const url = pathToFileURL(filename);
  const { code } = stripped(readFileSync(filename, "utf8"), filename);
  const meta = `(${JSON.stringify({ url: url.href, filename, dirname: dirname(filename) })})`;
  let compiled = code;
  const [imports] = parse(code, filename);
  for (const { s: start, e: end, d: kind } of imports.toReversed()) {
    const given = code.slice(start, end);
    const replaced = kind === -2 ? meta : specifierOf(given, url, libraries);
    compiled = compiled.slice(0, start) + replaced + compiled.slice(end);
  }
  return `${compiled}\n//# sourceURL=${url.href}\n`;
}

/** A specifier of another module of the project names its copy; that of any other file is made absolute. */
function specifierOf(given, url, libraries) {
  const [, quote, path] = /^(["'`]?)(.*)\1$/s.exec(given);
  if (Object.hasOwn(libraries, path)) return `${quote}${libraries[path]}${quote}`;
  if (!/^\.\.?\//.test(path)) return given;
  const copy = path.replace(/\.ts(?=$|\?)/, ".mjs");
  return `${quote}${copy === path ? new URL(path, url).href : copy}${quote}`;
}

function stripped(source, filename) {
  try {
    return transformSync(source, { mode: "strip-only", filename });
  } catch ({ message, startLine, snippet }) {
    throw new SyntaxError(`${filename}:${startLine}: ${message}\n${snippet}`);
  }
}
