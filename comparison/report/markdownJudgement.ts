/** The judgement of manifests in Markdown. */
import { markdownTable } from "markdown-table";
import type { JudgedService, Judgement, OwnWay } from "../result/judgement.ts";
import { nextRefusals, outcomeOf, ownOf, warningsOf } from "./judgement.ts";
import { cell } from "./markdownBlocks.ts";

export function markdownJudgement(judgement: Judgement): string {
  const { services, verdict, firewall, assumed } = judgement;
  return [
    `**${cell(verdict.sentence)}**`,
    ...services.map((service) => serviceText(service, judgement)),
    ...(firewall.needed === 0
      ? []
      : [`Together they need ${firewall.needed} of ${firewall.allowed} ${cell(firewall.what)}.`]),
    cell(assumed),
  ].join("\n\n");
}

function serviceText(service: JudgedService, judgement: Judgement): string {
  const { type, place, reasons, andThen, values, own } = service;
  const rows = values.map(({ title, value }) => [cell(title), value.split("\n").map(cell).join("<br>")]);
  return [
    `## ${cell(service.service)}`,
    `Type ${cell(type)}, ${cell(place)}. ${cell(outcomeOf(service, judgement))}`,
    ...list(reasons),
    ...(andThen.length === 0 ? [] : [nextRefusals, ...list(andThen)]),
    ...(rows.length === 0 ? [] : [markdownTable([["", ""], ...rows])]),
    ...list(warningsOf(service)),
    ...(own === null ? [] : ownText(own)),
  ].join("\n\n");
}

function ownText(own: OwnWay): string[] {
  return [cell(ownOf(own)), ...list(own.reasons), `\`\`\`ts\n${own.program.trimEnd()}\n\`\`\``];
}

function list(sentences: readonly string[]): string[] {
  return sentences.length === 0 ? [] : [sentences.map((sentence) => `- ${cell(sentence)}`).join("\n")];
}
