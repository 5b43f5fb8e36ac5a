/** A comparison as one HTML file. */
import type { Comparison } from "../../result/comparison.ts";
import { picturesOf } from "../picture/picture.ts";
import { basisOf, kubernetesInWords, when } from "../../result/words.ts";
import { notesOf } from "../notes.ts";
import { aspectSection } from "./aspects.ts";
import { figureSection } from "./figure.ts";
import { limitSection, noteSection, predictionSection, sourceSection, trafficSection } from "./run.ts";
import { scenarioSection } from "./scenarios.ts";
import { costSection, lifeCycleSection, statementSection } from "./teaching.ts";
import { filterScript, pageOf } from "./shell.ts";
import { html } from "./template.ts";
import type { Markup } from "./template.ts";
import { verdictBox } from "./verdict.ts";

export async function htmlReport(comparison: Comparison): Promise<string> {
  const { verdict, left, right } = comparison;
  const [script, pictures] = await Promise.all([filterScript(), picturesOf(comparison)]);
  return pageOf({
    script,
    title: `${left.title} and ${right.title}: ${verdict.kind}`,
    header: header(comparison),
    main: [
      figureSection(comparison, pictures),
      aspectSection(comparison),
      scenarioSection(comparison),
      statementSection(comparison),
      lifeCycleSection(comparison),
      costSection(comparison),
      trafficSection(comparison),
      predictionSection(comparison),
      ...notesOf(comparison).map(noteSection),
      sourceSection(comparison),
      limitSection(comparison),
    ],
  });
}

function header(comparison: Comparison): Markup {
  const { left, right, counts } = comparison;
  return html`<header>
    <p class="kicker">NodePort with your own load balancer, or LoadBalancer?</p>
    <h1>${left.title} <span class="quiet">and</span> ${right.title}</h1>
    ${verdictBox(comparison)}
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
