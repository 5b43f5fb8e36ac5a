/** Sections that are a list of sentences in every format. */
import type { Comparison } from "../result/comparison.ts";
import { warningInWords } from "../result/words.ts";
import { titles } from "./titles.ts";

export interface Notes {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Those that have something to say. */
export function notesOf(comparison: Comparison): Notes[] {
  const { warnings } = comparison;
  const notes: readonly Notes[] = [
    {
      id: "warnings",
      title: titles.warnings,
      lines: warnings.map((warning) => `${warning.service}: ${warningInWords(warning)}`),
    },
  ];
  return notes.filter(({ lines }) => lines.length > 0);
}
