/** docs/fidelity.md, as Markdown. */
import { markdownTable } from "markdown-table";
import type { Behaviour } from "./behaviour.ts";

export function fidelityDocument(behaviours: readonly Behaviour[]): string {
  const rows = behaviours.map(({ name, documented, source, lab, shownBy, limit }) => [
    `**${name}**`,
    `${documented} ([source](${source}))`,
    lab,
    shown(shownBy),
    limit?.text ?? "nothing known",
  ]);
  return `${introduction}\n${markdownTable([header, ...rows], { alignDelimiters: false })}\n`;
}

const introduction = `<!-- Made by \`npm run fidelity\` from lab/clouds/aws/fidelity/. -->

# How faithful the lab is

What AWS documents about Network Load Balancers and their surroundings, what the lab does instead, which tests show it, and what the lab cannot show. A result
of the lab is evidence about Kubernetes, the AWS cloud controller manager, Pulumi and the program. About AWS it only shows what AWS documents.
`;

const header = ["Behaviour", "What AWS documents", "What the lab does", "Shown by", "What it cannot show"];

const shown = (shownBy: Behaviour["shownBy"]): string =>
  Object.entries(shownBy)
    .map(([file, titles]) => {
      const name = file.replace(/^test\//, "");
      return `[${name}](../${file}): ${titles.map((title) => `“${title}”`).join(", ")}`;
    })
    .join("; ") || "—";
