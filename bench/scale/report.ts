/** The results of scale as Markdown. */
import { figure } from "../numbers.ts";
import { table } from "../table.ts";
import { growthWords } from "./growth.ts";
import { kinds } from "../clouds/cloud.ts";
import type { Kind } from "../clouds/cloud.ts";
import type { memoryGrowth, MetricResult } from "./result.ts";

const right = "right" as const;

const withUnit = (value: number, unit: string): string =>
  unit === "" ? figureOrCount(value) : `${figure(value)} ${unit}`;

const figureOrCount = (value: number): string => (Number.isInteger(value) ? String(value) : figure(value));

export function kindReport(kind: Kind, sizes: readonly number[], results: readonly MetricResult[]): string {
  const [smallest = 0] = sizes;
  const rows = results.map(({ name, unit, byKind }) => {
    const { cells, growth } = byKind[kind];
    return [
      name,
      ...cells.map(({ size, value, againstSmallest }) =>
        size === smallest
          ? withUnit(value, unit)
          : `${withUnit(value, unit)} (× ${figure(againstSmallest.ofMedians)})`,
      ),
      growthWords(growth, (each) => withUnit(each, unit)),
    ];
  });
  const columns = [
    { title: kind },
    ...sizes.map((size) => ({ title: String(size), align: right })),
    { title: "growth" },
  ];
  return [`### ${kind}`, table(columns, rows)].join("\n\n");
}

/** One kind relative to the other. */
export function ratioReport(sizes: readonly number[], results: readonly MetricResult[]): string {
  const rows = results.map(({ name, kindsRatio }) => [
    name,
    ...kindsRatio.map(({ ofMedians }) => ofMedians.toFixed(2)),
  ]);
  const columns = [{ title: "" }, ...sizes.map((size) => ({ title: String(size), align: right }))];
  const [own, theirs] = kinds;
  return [`### ${theirs} relative to ${own}`, table(columns, rows)].join("\n\n");
}

export function memoryReport(
  [from, to]: readonly [number, number],
  byKind: Readonly<Record<Kind, ReturnType<typeof memoryGrowth>>>,
): string {
  const programs = byKind[kinds[0]].map(({ program }) => program);
  const rows = programs.map((program) => [
    program,
    ...kinds.flatMap((kind) => {
      const found = byKind[kind].find((row) => row.program === program);
      return [figure(found?.from ?? 0), figure(found?.to ?? 0)];
    }),
  ]);
  const columns = [
    { title: "MiB" },
    ...kinds.flatMap((kind) => [from, to].map((size) => ({ title: `${kind} × ${size}`, align: right }))),
  ];
  return ["### Memory by program", table(columns, rows)].join("\n\n");
}
