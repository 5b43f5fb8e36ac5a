/** What a lab with another controller takes, compared with one without it. */
import { figure, ratioWords, spreadWords } from "../numbers.ts";
import type { Memory } from "../scale/memory.ts";
import { ratio, spread } from "../statistics.ts";
import type { Ratio, Spread } from "../statistics.ts";
import { table } from "../table.ts";

/** Of one start. */
export interface LabCost {
  readonly seconds: number;
  readonly memory: Memory;
}

/** What the controller may add to a lab that asks for it. */
export const limits = { seconds: 3, megabytes: 120 } as const;

interface Compared {
  readonly without: Spread;
  readonly with: Spread;
  readonly ratio: Ratio;
  /** Within one round. */
  readonly added: Spread;
  readonly limit: number;
  /** Whether the median keeps it. */
  readonly kept: boolean;
}

export interface CostResults {
  readonly seconds: Compared;
  readonly megabytes: Compared;
  /** What each program takes more with the controller, in MB, the most first. The median of the rounds. */
  readonly byProgram: readonly { readonly program: string; readonly added: number }[];
}

const bytesInMebibyte = 2 ** 20;
const megabytes = (mebibytes: number): number => (mebibytes * bytesInMebibyte) / 1e6;

/** @param without one for each round, as `withIt` */
export function costResults(without: readonly LabCost[], withIt: readonly LabCost[]): CostResults {
  const compared = (of: (cost: LabCost) => number, limit: number): Compared => {
    const [before, after] = [without.map(of), withIt.map(of)];
    const added = spread(after.map((value, round) => value - (before[round] ?? NaN)));
    return {
      without: spread(before),
      with: spread(after),
      ratio: ratio(after, before),
      added,
      limit,
      kept: added.median <= limit,
    };
  };
  const programs = new Set(withIt.flatMap(({ memory }) => Object.keys(memory.byProgram)));
  const ofProgram = (costs: readonly LabCost[], program: string): number =>
    megabytes(spread(costs.map(({ memory }) => memory.byProgram[program] ?? 0)).median);
  return {
    seconds: compared(({ seconds }) => seconds, limits.seconds),
    megabytes: compared(({ memory }) => megabytes(memory.total), limits.megabytes),
    byProgram: [...programs]
      .map((program) => ({ program, added: ofProgram(withIt, program) - ofProgram(without, program) }))
      .sort((a, b) => b.added - a.added),
  };
}

export function costReport({ seconds, megabytes: memory, byProgram }: CostResults): string {
  const right = "right" as const;
  const row = (name: string, { without, with: withIt, ratio: of, added, limit, kept }: Compared) => [
    name,
    spreadWords(without),
    spreadWords(withIt),
    ratioWords(of),
    spreadWords(added),
    `${limit}: ${kept ? "kept" : "exceeded"}`,
  ];
  return [
    table(
      [
        { title: "" },
        { title: "without", align: right },
        { title: "with", align: right },
        { title: "ratio", align: right },
        { title: "added", align: right },
        { title: "limit" },
      ],
      [row("start, s", seconds), row("memory, MB", memory)],
    ),
    table(
      [{ title: "program" }, { title: "memory added, MB", align: right }],
      byProgram.map(({ program, added }) => [program, added < 0 ? `-${figure(-added)}` : figure(added)]),
    ),
  ].join("\n\n");
}
