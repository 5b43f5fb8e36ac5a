/** Sections that are a list of sentences in every format. */
import type { Comparison } from "../result/comparison.ts";
import { unheededInWords, warningInWords } from "../result/words.ts";
import { titles } from "./titles.ts";

export interface Notes {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Those that have something to say. */
export function notesOf(comparison: Comparison): Notes[] {
  const { warnings, withoutEffect } = comparison;
  const notes: readonly Notes[] = [
    {
      id: "without-effect",
      title: titles.withoutEffect,
      lines: withoutEffect.map((unheeded) => `${unheeded.service}: ${unheededInWords(unheeded)}`),
    },
    {
      id: "warnings",
      title: titles.warnings,
      lines: warnings.map((warning) => `${warning.service}: ${warningInWords(warning)}`),
    },
  ];
  return notes.filter(({ lines }) => lines.length > 0);
}
