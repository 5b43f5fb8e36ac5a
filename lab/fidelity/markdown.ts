/** docs/fidelity.md. */
import { markdownTable } from "markdown-table";
import type { Behaviour } from "./behaviour.ts";
import { fidelity } from "./table.ts";

export function fidelityDocument(): string {
  const rows = fidelity.map(({ name, documented, source, lab, shownBy, limit }) => [
    `**${name}**`,
    `${documented} ([source](${source}))`,
    lab,
    shown(shownBy),
    limit?.text ?? "nothing known",
  ]);
  return `${introduction}\n${markdownTable([header, ...rows], { alignDelimiters: false })}\n`;
}

const introduction = `<!-- Made by \`npm run fidelity\` from lab/fidelity/. -->

# How faithful the lab is

What AWS documents of Network Load Balancers and what surrounds them, what the lab does instead, which tests show it, and what it cannot show. A result of
the lab is evidence about Kubernetes, the cloud controller, Pulumi and the program; about AWS it shows what AWS documents.
`;

const header = ["Behaviour", "What AWS documents", "What the lab does", "Shown by", "What it cannot show"];

const shown = (shownBy: Behaviour["shownBy"]): string =>
  Object.entries(shownBy)
    .map(([file, titles]) => {
      const name = file.replace(/^test\//, "");
      return `[${name}](../${file}): ${titles.map((title) => `“${title}”`).join(", ")}`;
    })
    .join("; ") || "—";
