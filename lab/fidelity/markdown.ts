/** How faithful the lab is to a cloud, as Markdown. */
import { markdownTable } from "markdown-table";
import type { LabCloud } from "../clouds/cloud.ts";
import { defaultCloud } from "../clouds/index.ts";
import type { Behaviour } from "./behaviour.ts";

type Described = Pick<LabCloud, "name" | "title" | "evidence">;

/** The page of a cloud. */
export const fidelityFile = ({ name }: Pick<LabCloud, "name">): string =>
  name === defaultCloud.name ? "docs/fidelity.md" : `docs/${name}-fidelity.md`;

export function fidelityDocument(cloud: Described, behaviours: readonly Behaviour[]): string {
  const rows = behaviours.map(({ name, documented, source, lab, shownBy, limit }) => [
    `**${name}**`,
    `${documented} ([source](${source}))`,
    lab,
    shown(shownBy),
    limit?.text ?? "nothing known",
  ]);
  return `${introductionOf(cloud)}\n${markdownTable([headerOf(cloud), ...rows], { alignDelimiters: false })}\n`;
}

const introductionOf = ({ name, title, evidence }: Described): string =>
  `<!-- Made by \`npm run fidelity\` from lab/clouds/${name}/fidelity/. -->

# How faithful the lab's ${title} is

What ${title} documents about load balancers and their surroundings, what the lab does instead, which tests show it, and what the lab cannot show.
${evidence}
`;

const headerOf = ({ title }: Described): string[] => [
  "Behaviour",
  `What ${title} documents`,
  "What the lab does",
  "Shown by",
  "What it cannot show",
];

const shown = (shownBy: Behaviour["shownBy"]): string =>
  Object.entries(shownBy)
    .map(([file, titles]) => {
      const name = file.replace(/^test\//, "");
      return `[${name}](../${file}): ${titles.map((title) => `“${title}”`).join(", ")}`;
    })
    .join("; ") || "—";
