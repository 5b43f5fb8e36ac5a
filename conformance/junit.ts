/** The outcome in the format that CI systems read. https://github.com/testmoapp/junitxml */
import { countOf } from "./report.ts";
import type { Spec } from "./report.ts";

export function junit(preset: string, specs: readonly Spec[]): string {
  const counts = `tests="${specs.length}" failures="${countOf(specs, "failed")}" skipped="${countOf(specs, "skipped")}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${escaped(preset)}" ${counts}>`,
    ...specs.map(testCase),
    "</testsuite>",
    "",
  ].join("\n");
}

function testCase({ name, outcome, seconds, reason }: Spec): string {
  const attributes = `name="${escaped(name)}" time="${seconds.toFixed(3)}"`;
  if (outcome === "passed") return `  <testcase ${attributes}/>`;
  const element = outcome === "failed" ? "failure" : "skipped";
  return `  <testcase ${attributes}><${element} message="${escaped(reason)}"/></testcase>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Without the control characters that XML cannot have. */
const escaped = (text: string): string =>
  text.replaceAll(/(?![\t\n\r])\p{Cc}/gu, "").replaceAll(/[&<>"]/g, (character) => entities[character] ?? "");
