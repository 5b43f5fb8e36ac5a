/** Which room may import which. Cycles between single files are the linter's (import-x/no-cycle). */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parse } from "es-module-lexer";

const checkout = join(import.meta.dirname, "../..");
const rooms = [
  "components",
  "comparison",
  "lab",
  "cli",
  "bench",
  "conformance",
  "program",
  "policy",
] as const;

interface Import {
  readonly from: string;
  readonly to: string;
}

function filesIn(folder: string, recursive: boolean): string[] {
  return readdirSync(join(checkout, folder), { recursive, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith(".ts") && !file.includes("node_modules"));
}

const sources = [...rooms.flatMap((room) => filesIn(room, true)), ...filesIn(".", false)];

const textOf = new Map(sources.map((file) => [file, readFileSync(join(checkout, file), "utf8")]));

/** Static and dynamic ones, of files of this project; types count too. */
const imports: readonly Import[] = [...textOf].flatMap(([from, text]) =>
  parse(text, from)[0]
    .map(({ start, end }) => text.slice(start, end).replaceAll(/["'`]/g, ""))
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => ({ from, to: relative(checkout, join(checkout, dirname(from), specifier)) })),
);

const isIn = (folder: string) => (file: string) => file.startsWith(`${folder}/`);

/** Imports that lead from one folder to another, a line each. */
function crossing(from: (file: string) => boolean, to: (file: string) => boolean): string[] {
  return imports.filter((each) => from(each.from) && to(each.to)).map((each) => `${each.from} -> ${each.to}`);
}

/** The rooms of the comparison that results come from. */
const behindResults = [
  "comparison/clouds",
  "comparison/difference",
  "comparison/model",
  "comparison/picture",
  "comparison/plan",
  "comparison/probes",
  "comparison/scenarios",
  "comparison/sources",
  "comparison/statements",
  "comparison/traffic",
];

/** What each room must not import. */
const forbidden: Readonly<Record<string, readonly string[]>> = {
  components: ["comparison", "lab", "cli", "bench", "conformance", "program"],
  comparison: ["lab", "cli", "bench", "conformance", "program"],
  lab: ["comparison", "cli", "bench", "conformance", "program"],
  cli: ["bench", "conformance", "program"],
  bench: ["conformance"],
  program: ["lab", "cli", "bench", "conformance"],
  // It judges plans of others, so it needs nothing of ours.
  policy: ["components", "comparison", "lab", "cli", "bench", "conformance", "program"],
  "comparison/result": [...behindResults, "comparison/report"],
  "comparison/report": behindResults,
};

describe("the rooms", () => {
  for (const [room, others] of Object.entries(forbidden)) {
    it(`keep ${room} from importing what builds on it`, () => {
      assert.deepEqual(
        others.flatMap((other) => crossing(isIn(room), isIn(other))),
        [],
      );
    });
  }

  it("name a cloud only in folders of clouds", () => {
    const ofOneCloud = (file: string): boolean =>
      /^(comparison|lab|program)\/clouds\/[a-z0-9]+\//.test(file) ||
      /^components\/(?!core\/)[a-z]+\//.test(file);
    const isList = (file: string): boolean => file === "components/index.ts";
    const isOutside = (file: string): boolean =>
      !file.includes("/clouds/") && !ofOneCloud(file) && !isList(file);
    assert.deepEqual(crossing(isOutside, ofOneCloud), []);
  });

  it("say nothing of one cloud where all clouds are compared", () => {
    const shared = [
      "difference",
      "manifests",
      "picture",
      "probes",
      "report",
      "scenarios",
      "statements",
      "traffic",
    ];
    const terms =
      /\b(?:aws|amazon\w*|ec2|eks|elb\w*|nlbs?|vpcs?|arns?|us-west-\d)\b|target[ -]?groups?|security[ -]?groups?|auto ?scaling groups?|deregistration[ _]delay|preserve_client_ip/i;
    assert.match("https://docs.aws.amazon.com/elasticloadbalancing/", terms);
    assert.match("https://github.com/kubernetes/cloud-provider-aws/", terms);
    assert.deepEqual(
      [...textOf].flatMap(([file, text]) =>
        shared.some((room) => isIn(`comparison/${room}`)(file)) && terms.test(text)
          ? [`${file}: ${terms.exec(text)?.[0] ?? ""}`]
          : [],
      ),
      [],
    );
  });

  it("ask nowhere which cloud it is", () => {
    const clouds = sources.flatMap((file) => /\/clouds\/([a-z0-9]+)\//.exec(file)?.[1] ?? []);
    const name = `["'\`](?:${[...new Set(clouds)].join("|")})["'\`]`;
    const comparing = new RegExp(`[!=]==? *${name}|${name} *[!=]==?|\\bcase ${name}`);
    assert.ok(clouds.includes("aws"));
    assert.deepEqual(
      [...textOf].filter(([, text]) => comparing.test(text)).map(([file]) => file),
      [],
    );
  });
});
