/** docs/cases.md, with what a run of each case says. Cases on the lab are shown as they were recorded there. */
import { markdownTable } from "markdown-table";
import { cell } from "../../comparison/report/markdownBlocks.ts";
import { allCases } from "./cases.ts";
import type { LabCase } from "./lab/labCase.ts";
import { labCases } from "./lab/labCases.ts";
import { recorded } from "./lab/record.ts";
import type { Recorded } from "./lab/record.ts";
import { run } from "./run.ts";

const head = `# Cases

Manifests as people have them, drawn from public reports and charts. Each is in [test/cases](../test/cases), with the expected result beside it. A test runs all of them,
and \`npm run cases\` writes this page from what the project says. The tables say what is right; below them, each case has what people have and what the project says of it.
`;

const ofFiles = `## Judged by the models alone

\`npm run compare -- --file\`, without a cluster.
`;

const onTheLab = `## Judged on the lab

Steps on a lab: objects of the cluster and of the AWS account are made or changed, and commands of the project are run. \`npm run cases -- --lab\` tries these again, and
\`npm run test:long\` tests them.
`;

/** One case, as a row of the table and as the section that it links to. */
interface Shown {
  readonly id: string;
  readonly title: string;
  readonly right: string;
  readonly exit: string;
  /** What people have, with the reports. */
  readonly people: string;
  /** Where the case is, below test/cases. */
  readonly file: string;
  readonly said: readonly string[];
}

export async function casesDocument(): Promise<string> {
  const files: Shown[] = [];
  // In turn: planning uses Pulumi's runtime, which plans one program at a time.
  for (const each of allCases()) {
    const { exit, short } = await run(each);
    files.push({
      ...each,
      id: each.name,
      exit: String(exit),
      people: `${cell(each.people)} ${linksTo(each.sources)}`,
      file: `${each.name}.yaml`,
      said: items(short),
    });
  }
  const record = recorded();
  const lab = labCases.map((each) => labCase(each, record[each.name]));
  return [
    head,
    ofFiles,
    `${tableOf(files)}\n`,
    ...files.map(sectionOf),
    onTheLab,
    `${tableOf(lab)}\n`,
    ...lab.map(sectionOf),
  ].join("\n");
}

function labCase(each: LabCase, said: readonly Recorded[] = []): Shown {
  return {
    ...each,
    id: `lab-${each.name}`,
    exit: said.map(({ exit }) => exit).join(", "),
    people: `${cell(each.people)} ${linksTo(each.sources)}`,
    file: `lab/${each.file}`,
    said: said.flatMap(({ exit, short }, index) => [
      `- _${cell(each.steps[index]?.does ?? "")}_ Exit code ${exit}:`,
      ...items(short).map((line) => `  ${line}`),
    ]),
  };
}

function tableOf(cases: readonly Shown[]): string {
  const rows = cases.map(({ id, title, right, exit }) => [`[${cell(title)}](#${id})`, cell(right), exit]);
  return markdownTable([["case", "what is right", "exit code"], ...rows], {
    alignDelimiters: false,
    padding: true,
  });
}

function sectionOf({ id, title, people, file, said }: Shown): string {
  return `### <a id="${id}"></a>${cell(title)}

${people} [The case](../test/cases/${file}). The project says:

${said.join("\n")}
`;
}

/** The lines as a list; lines that are indented belong to the one above. */
function items(text: string): string[] {
  return text.split("\n").map((line) => {
    const words = line.trimStart();
    return `${" ".repeat(line.length - words.length)}- ${cell(words)}`;
  });
}

const linksTo = (sources: readonly string[]): string =>
  sources.map((source, index) => `[${index + 1}](${source})`).join(" ");
