/** docs/cases.md, with what a run of each case says. Cases on the lab are shown as they were recorded there. */
import { markdownTable } from "markdown-table";
import { cell } from "../../comparison/report/markdown.ts";
import { allCases } from "./cases.ts";
import type { Case } from "./cases.ts";
import type { LabCase } from "./lab/labCase.ts";
import { labCases } from "./lab/labCases.ts";
import { recorded } from "./lab/record.ts";
import type { Recorded } from "./lab/record.ts";
import { run } from "./run.ts";

const head = `# Cases

Manifests as people have them, drawn from public reports and charts. Each is in [test/cases](../test/cases), with the expected result beside it. A test runs all of them,
and \`npm run cases\` writes this page from what the project says. "file" means \`npm run compare -- --file\`, by the models alone. "lab" means steps on a lab: objects
of the cluster and of the AWS account are made or changed, and commands of the project are run. \`npm run cases -- --lab\` tries these again, and \`npm run test:long\` tests
them.
`;

export async function casesDocument(): Promise<string> {
  const rows: string[][] = [];
  // In turn: planning uses Pulumi's runtime, which plans one program at a time.
  for (const each of allCases()) rows.push(await row(each));
  const record = recorded();
  rows.push(...labCases.map((each) => labRow(each, record[each.name])));
  const table = markdownTable(
    [["case", "what people have", "what is right", "what the project says", "judged by"], ...rows],
    {
      alignDelimiters: false,
      padding: true,
    },
  );
  return `${head}\n${table}\n`;
}

async function row(each: Case): Promise<string[]> {
  const { name, title, people, right, by, sources } = each;
  const { exit, short } = await run(each);
  return [
    `[${cell(title)}](../test/cases/${name}.yaml)`,
    `${cell(people)} ${linksTo(sources)}`,
    cell(right),
    `${saidInCell(short)} (exit code ${exit})`,
    by,
  ];
}

function labRow(
  { file, title, people, right, sources, steps }: LabCase,
  said: readonly Recorded[] = [],
): string[] {
  const results = said.map(({ exit, short }, index) =>
    [`_${cell(steps[index]?.does ?? "")}_`, saidInCell(short), `(exit code ${exit})`]
      .filter(Boolean)
      .join(" "),
  );
  return [
    `[${cell(title)}](../test/cases/lab/${file})`,
    `${cell(people)} ${linksTo(sources)}`,
    cell(right),
    results.join("<br>"),
    "lab",
  ];
}

const linksTo = (sources: readonly string[]): string =>
  sources.map((source, index) => `[${index + 1}](${source})`).join(" ");

const saidInCell = (text: string): string => text.split("\n").map(cell).join("<br>");
