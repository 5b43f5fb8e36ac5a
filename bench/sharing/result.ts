/** The figures of each arrangement, and how they compare with one shared load balancer. */
import { arrangements } from "../clouds/cloud.ts";
import type { Arrangement } from "../clouds/cloud.ts";
import { figure } from "../numbers.ts";
import { median, ratio } from "../statistics.ts";
import type { Ratio } from "../statistics.ts";
import { table } from "../table.ts";

export interface SharingFigures {
  /** Seconds. */
  readonly up: number;
  /** Seconds of Pulumi, its plug-ins and the program. */
  readonly processor: number;
  readonly resources: number;
  readonly calls: number;
  /** Numbers of objects in the account, by their names. */
  readonly objects: Readonly<Record<string, number>>;
  /** A month. */
  readonly dollars: number;
}

type Unit = "s" | "$" | "";

export interface SharingMetric {
  readonly name: string;
  readonly unit: Unit;
  readonly cells: readonly {
    readonly size: number;
    readonly arrangement: Arrangement;
    readonly value: number;
    /** To the first arrangement: one shared load balancer. */
    readonly againstShared: Ratio;
  }[];
}

const metricsOf = ({
  objects,
}: SharingFigures): readonly [string, Unit, (of: SharingFigures) => number][] => [
  ["`up`", "s", ({ up }) => up],
  ["`up`: processor time", "s", ({ processor }) => processor],
  ["Pulumi's resources", "", ({ resources }) => resources],
  ["calls that change the account", "", ({ calls }) => calls],
  ...Object.keys(objects).map((name): [string, Unit, (of: SharingFigures) => number] => [
    name,
    "",
    (figures) => figures.objects[name] ?? 0,
  ]),
  ["cost a month", "$", ({ dollars }) => dollars],
];

/** @param figuresOf by arrangement and size, one for each round */
export function sharingResults(
  sizes: readonly number[],
  figuresOf: (arrangement: Arrangement, size: number) => readonly SharingFigures[],
): SharingMetric[] {
  const [shared] = arrangements;
  const [sample] = figuresOf(shared, sizes[0] ?? 0);
  return (sample === undefined ? [] : metricsOf(sample)).map(([name, unit, of]) => ({
    name,
    unit,
    cells: sizes.flatMap((size) =>
      arrangements.map((arrangement) => {
        const values = figuresOf(arrangement, size).map(of);
        return {
          size,
          arrangement,
          value: median(values),
          againstShared: ratio(values, figuresOf(shared, size).map(of)),
        };
      }),
    ),
  }));
}

/** A table for each number of Services. */
export function sharingReport(sizes: readonly number[], metrics: readonly SharingMetric[]): string {
  const right = "right" as const;
  return sizes
    .map((size) => {
      const rows = metrics.map(({ name, unit, cells }) => [
        name,
        ...cells
          .filter((cell) => cell.size === size)
          .map(({ value, arrangement, againstShared }) =>
            arrangement === arrangements[0]
              ? written(value, unit)
              : `${written(value, unit)} (× ${figure(againstShared.ofMedians)})`,
          ),
      ]);
      const columns = [
        { title: size === 1 ? "1 Service" : `${size} Services` },
        ...arrangements.map((title) => ({ title, align: right })),
      ];
      return table(columns, rows);
    })
    .join("\n\n");
}

function written(value: number, unit: Unit): string {
  if (unit === "$") return `$${value.toFixed(2)}`;
  if (unit === "s") return `${figure(value)} s`;
  return Number.isInteger(value) ? String(value) : figure(value);
}
