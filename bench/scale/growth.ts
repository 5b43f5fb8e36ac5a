/** How something grows with a size, judged from a few points. */

export interface Point {
  readonly size: number;
  readonly value: number;
}

export type Growth =
  /** No value exceeds that of the smallest size by more than chance and rounding. */
  | { readonly law: "none" }
  /** It grows, but the points do not show how: fewer than four sizes (a curve with two parameters fits any two added points), or a value below the smallest size's. */
  | { readonly law: "unknown" }
  | {
      readonly law: "slower" | "linear" | "faster";
      /** What is added to the smallest size's value is proportional to the added size to this power: 1 is linear. */
      readonly exponent: number;
      /** What one more adds on average, between the smallest and the largest size. */
      readonly each: number;
    };

/** Up to this ratio to the smallest size's value, nothing has grown. */
const notable = 1.1;
/** Exponents in this range are called linear: with so few points, noise alone moves the exponent this far. */
const linear = { from: 0.8, to: 1.2 } as const;

/**
 * Fits `value = value of the smallest size + c * (size - smallest size) ^ exponent` by least squares of the logarithms. The smallest size's value is
 * subtracted because it includes constants, such as the cluster itself, which would hide the law.
 */
export function growthOf(points: readonly Point[]): Growth {
  const [first, ...others] = [...points].sort((a, b) => a.size - b.size);
  const last = others.at(-1);
  if (first === undefined || last === undefined) return { law: "unknown" };
  if (others.every(({ value }) => value <= first.value * notable)) return { law: "none" };
  const added = others.map(({ size, value }) => ({ size: size - first.size, value: value - first.value }));
  if (added.length < 3 || added.some(({ value }) => value <= 0)) return { law: "unknown" };
  const exponent = slope(added.map(({ size, value }) => [Math.log(size), Math.log(value)]));
  const each = (last.value - first.value) / (last.size - first.size);
  const law = exponent < linear.from ? "slower" : exponent > linear.to ? "faster" : "linear";
  return { law, exponent, each };
}

/** The slope of the line that fits best. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const sum = (of: (x: number, y: number) => number): number =>
    points.reduce((total, [x, y]) => total + of(x, y), 0);
  const meanX = sum((x) => x) / points.length;
  const meanY = sum((_, y) => y) / points.length;
  return sum((x, y) => (x - meanX) * (y - meanY)) / sum((x) => (x - meanX) ** 2);
}

/** @param write formats a value with its unit */
export function growthWords(growth: Growth, write: (value: number) => string): string {
  switch (growth.law) {
    case "none":
      return "does not grow";
    case "unknown":
      return "unknown from these sizes";
    default: {
      const law = { slower: "slower than linear", linear: "linear", faster: "faster than linear" }[
        growth.law
      ];
      return `${law} (exponent ${growth.exponent.toFixed(2)}), ${write(growth.each)} each`;
    }
  }
}
