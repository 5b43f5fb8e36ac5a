/** A comparison as one HTML file that needs no other file and no network. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import type { Comparison } from "../../result/comparison.ts";
import { picturesOf, pictureStyle } from "../picture/picture.ts";
import { basisOf, kubernetesInWords, when } from "../../result/words.ts";
import { notesOf } from "../notes.ts";
import { aspectSection } from "./aspects.ts";
import { causeWithValues } from "./cause.ts";
import { figureSection } from "./figure.ts";
import { limitSection, noteSection, predictionSection, sourceSection, trafficSection } from "./run.ts";
import { scenarioSection } from "./scenarios.ts";
import { costSection, lifeCycleSection, statementSection } from "./teaching.ts";
import { html, Markup } from "./template.ts";

export async function htmlReport(comparison: Comparison): Promise<string> {
  const { verdict, left, right } = comparison;
  const style = readFileSync(join(import.meta.dirname, "style.css"), "utf8") + pictureStyle;
  const script = filterScript();
  const title = `${left.title} and ${right.title}: ${verdict.kind}`;
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
        ${header(comparison)}
        <main id="main" tabindex="-1">
          ${figureSection(comparison, await picturesOf(comparison))} ${aspectSection(comparison)}
          ${scenarioSection(comparison)} ${statementSection(comparison)} ${lifeCycleSection(comparison)}
          ${costSection(comparison)} ${trafficSection(comparison)} ${predictionSection(comparison)}
          ${notesOf(comparison).map(noteSection)} ${sourceSection(comparison)} ${limitSection(comparison)}
        </main>
        ${new Markup(`<script>${script}</script>`)}
      </body>
    </html> `;
  return page.text;
}

function header(comparison: Comparison): Markup {
  const { verdict, opensMore, left, right, counts } = comparison;
  return html`<header>
    <p class="kicker">NodePort with your own load balancer, or LoadBalancer?</p>
    <h1>${left.title} <span class="quiet">and</span> ${right.title}</h1>
    <div class="verdict ${verdict.kind}">
      <p>${verdict.sentence}</p>
      ${
        verdict.reasons.length === 0
          ? ""
          : html`<ul>
              ${verdict.causes.map((cause) => html`<li>${causeWithValues(cause, comparison)}</li>`)}
            </ul>`
      }
      ${opensMore.map((rule) => html`<p>${rule}</p>`)}
    </div>
    <dl class="figures">
      <div>
        <dt>same</dt>
        <dd>${counts.same}</dd>
      </div>
      <div>
        <dt>different for a known reason</dt>
        <dd>${counts.equivalent}</dd>
      </div>
      <div>
        <dt>different without one</dt>
        <dd>${counts.different}</dd>
      </div>
      <div>
        <dt>unknown</dt>
        <dd>${counts.unknown}</dd>
      </div>
    </dl>
    <p class="quiet">
      ${[`${basisOf(comparison)} (${when(comparison)}).`, ...kubernetesInWords(comparison)].join(" ")}
      ${left.title}: <code>${left.service}</code>. ${right.title}: <code>${right.service}</code>.
    </p>
  </header>`;
}

/** Types are removed here: there is no build. */
function filterScript(): string {
  const source = readFileSync(join(import.meta.dirname, "browser/filters.ts"), "utf8");
  return transformSync(source, { loader: "ts", format: "iife", target: "es2022" }).code;
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
