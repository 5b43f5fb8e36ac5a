/** Cases that need a cloud, a cluster or a deployment: tried on the lab, step by step. */
import type { CaseLab } from "./caseLab.ts";

/** How a command ended, and what it said. */
export interface Said {
  readonly exit: number;
  /** Everything, on lines that are not wrapped. */
  readonly text: string;
  /** The part that a reader of docs/cases.md needs. */
  readonly short: string;
}

export interface Step {
  /** What is done, as a sentence. */
  readonly does: string;
  readonly run: (lab: CaseLab) => Promise<Said>;
  readonly exit: number;
  /** What is said. */
  readonly says: readonly (string | RegExp)[];
  /** What is not said. */
  readonly silent?: readonly (string | RegExp)[];
}

export interface LabCase {
  readonly name: string;
  /** Where it is, in this folder: what is done on the lab, and what is right. */
  readonly file: string;
  readonly title: string;
  /** What people have. */
  readonly people: string;
  /** What is right. */
  readonly right: string;
  readonly sources: readonly string[];
  /** One after the other; each starts from what the one before left. At the end, what they did is undone. */
  readonly steps: readonly Step[];
}

/** What is wrong with what a step said; empty if it is right. */
export function shortcomings({ exit, says, silent = [] }: Step, said: Said): string[] {
  const isSaid = (words: string | RegExp): boolean => has(said.text, words);
  return [
    ...(said.exit === exit ? [] : [`the exit code is ${said.exit}, not ${exit}`]),
    ...says.filter((wanted) => !isSaid(wanted)).map((wanted) => `it does not say: ${String(wanted)}`),
    ...silent.filter(isSaid).map((unwanted) => `it says: ${String(unwanted)}`),
  ];
}

/** What a reader of docs/cases.md needs. If that is nothing, the lines that say what is right. */
export function shortOf({ says }: Step, { text, short }: Said): string {
  const lines = short.split("\n").filter((line) => line !== "" && !line.startsWith("✖"));
  if (lines.length > 0) return lines.join("\n");
  const right = text.split("\n").filter((line) => says.some((wanted) => has(line, wanted)));
  return [...new Set(right.map((line) => line.trim()))].join("\n");
}

const has = (text: string, wanted: string | RegExp): boolean =>
  typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
