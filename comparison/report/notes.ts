/** Sections that are a list of sentences in every format. */
import type { Comparison } from "../result/comparison.ts";
import { fillLevelInWords, shown, unheededInWords, warningInWords } from "../result/words.ts";
import { titles } from "./titles.ts";

export interface Notes {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Those that have something to say. */
export function notesOf(comparison: Comparison): Notes[] {
  const { warnings, withoutEffect, predictions, fillLevels = [] } = comparison;
  const notes: readonly Notes[] = [
    {
      id: "without-effect",
      title: titles.withoutEffect,
      lines: withoutEffect.map((unheeded) => `${unheeded.service}: ${unheededInWords(unheeded)}`),
    },
    {
      id: "set-once",
      title: titles.setOnce,
      lines: predictions.flatMap(({ service, changedLater = [] }) =>
        changedLater.map(
          ({ path, predicted, found }) =>
            `${service}: ${path} is ${shown(found)}; the Service now asks for ${shown(predicted)}, to which the controller does not bring an existing load balancer`,
        ),
      ),
    },
    {
      id: "fill-levels",
      title: titles.fillLevels,
      lines: fillLevels.map(fillLevelInWords),
    },
    {
      id: "warnings",
      title: titles.warnings,
      lines: warnings.map((warning) => `${warning.service}: ${warningInWords(warning)}`),
    },
  ];
  return notes.filter(({ lines }) => lines.length > 0);
}
