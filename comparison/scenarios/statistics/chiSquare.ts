/** Pearson's chi-square tests of counts. https://www.itl.nist.gov/div898/handbook/eda/section3/eda35f.htm */

export interface ChiSquareTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Probability of a statistic at least as large, if what was counted is as assumed. */
  readonly p: number;
}

/** Whether counts are as if each thing had fallen into one of equally likely categories. */
export function testUniform(counts: readonly number[]): ChiSquareTest {
  const expected = sum(counts) / counts.length;
  return testOf(
    counts.map((count) => [count, expected] as const),
    counts.length - 1,
  );
}

/** Whether rows of counts, by the same categories, are as if all had been drawn alike. Categories that no row has say nothing. */
export function testHomogeneity(rows: readonly (readonly number[])[]): ChiSquareTest {
  const columns = (rows[0] ?? []).map((_, index) => rows.map((row) => row[index] ?? 0));
  const met = columns.filter((column) => sum(column) > 0);
  const totals = rows.map(sum);
  const all = sum(totals);
  const cells = met.flatMap((column) =>
    column.map((count, row) => [count, (sum(column) * (totals[row] ?? 0)) / all] as const),
  );
  return testOf(cells, (rows.length - 1) * (met.length - 1));
}

function testOf(
  cells: readonly (readonly [observed: number, expected: number])[],
  degreesOfFreedom: number,
): ChiSquareTest {
  const statistic = sum(cells.map(([observed, expected]) => (observed - expected) ** 2 / expected));
  return { statistic, degreesOfFreedom, p: survival(statistic, degreesOfFreedom) };
}

/**
 * Probability that a chi-square variable exceeds `statistic`: the regularised upper incomplete gamma function of half of both. It is known for 1 and 2 degrees
 * of freedom, and goes up by two in finite steps. https://dlmf.nist.gov/8.8#E6
 */
export function survival(statistic: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom === 0 || statistic <= 0) return 1;
  const half = statistic / 2;
  const odd = degreesOfFreedom % 2 === 1;
  let shape = odd ? 0.5 : 1;
  let total = odd ? complementaryError(Math.sqrt(half)) : Math.exp(-half);
  let step = odd ? 2 * Math.sqrt(half / Math.PI) * Math.exp(-half) : half * Math.exp(-half);
  for (; shape < degreesOfFreedom / 2; shape += 1) {
    total += step;
    step *= half / (shape + 1);
  }
  return total;
}

/** erfc for x >= 0: a power series where it converges fast, else a continued fraction. https://dlmf.nist.gov/7.6 https://dlmf.nist.gov/7.9 */
function complementaryError(x: number): number {
  const factor = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (x < 2) {
    let term = x;
    let total = x;
    for (let n = 1; term > total * Number.EPSILON; n += 1) {
      term *= (2 * x * x) / (2 * n + 1);
      total += term;
    }
    return 1 - 2 * factor * total;
  }
  let fraction = x;
  for (let n = 100; n >= 1; n -= 1) fraction = x + n / 2 / fraction;
  return factor / fraction;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
