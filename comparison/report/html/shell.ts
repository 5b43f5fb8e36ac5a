/** The page around a report: one HTML file that needs no other file and no network. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import { pictureStyle } from "../picture/picture.ts";
import { html, Markup } from "./template.ts";

export interface PageParts {
  /** What `filterScript` makes. */
  readonly script: string;
  readonly title: string;
  readonly header: Markup;
  readonly main: readonly Markup[];
}

export function pageOf({ script, title, header, main }: PageParts): string {
  const style = readFileSync(join(import.meta.dirname, "style.css"), "utf8") + pictureStyle;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="${policy(style, script)}" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${new Markup(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        ${header}
        <main id="main" tabindex="-1">${main}</main>
        ${new Markup(`<script>${script}</script>`)}
      </body>
    </html> `;
  return page.text;
}

/** The script of every page. Types are removed here: there is no build. A process of its own does it, so that the page can be made meanwhile. */
export async function filterScript(): Promise<string> {
  const source = await readFile(join(import.meta.dirname, "browser/filters.ts"), "utf8");
  const { code } = await transform(source, { loader: "ts", format: "iife", target: "es2022" });
  return code;
}

/** Allows this page's own style and script, and nothing else. https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy */
function policy(style: string, script: string): string {
  const allowed = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `style-src ${allowed(style)}`,
    `script-src ${allowed(script)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
