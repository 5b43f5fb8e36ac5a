/** docs/cases.md, with what a run of each case says. */
import { markdownTable } from "markdown-table";
import { cell } from "../../comparison/report/markdown.ts";
import { allCases } from "./cases.ts";
import type { Case } from "./cases.ts";
import { run } from "./run.ts";

const head = `# Cases

Manifests as people have them, drawn from public reports and charts. Each is in [test/cases](../test/cases), with the expected result beside it. A test runs all of them,
and \`npm run cases\` writes this page from what the project says. "file" means \`npm run compare -- --file\`, by the models alone.
`;

export async function casesDocument(): Promise<string> {
  const rows: string[][] = [];
  // In turn: planning uses Pulumi's runtime, which plans one program at a time.
  for (const each of allCases()) rows.push(await row(each));
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
  const links = sources.map((source, index) => `[${index + 1}](${source})`).join(" ");
  const said = short.split("\n").map(cell).join("<br>");
  return [
    `[${cell(title)}](../test/cases/${name}.yaml)`,
    `${cell(people)} ${links}`,
    cell(right),
    `${said} (exit code ${exit})`,
    by,
  ];
}
