import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  survival,
  testHomogeneity,
  testUniform,
} from "../../../../../comparison/scenarios/statistics/chiSquare.ts";

const near = (actual: number, expected: number, relative = 1e-6): void => {
  assert.ok(Math.abs(actual - expected) <= relative * expected, `${actual} is not ${expected}`);
};

describe("the chi-square distribution", () => {
  // https://www.itl.nist.gov/div898/handbook/eda/section3/eda3674.htm
  for (const [degreesOfFreedom, at05, at001] of [
    [1, 3.841, 10.828],
    [2, 5.991, 13.816],
    [3, 7.815, 16.266],
    [4, 9.488, 18.467],
    [5, 11.07, 20.515],
    [10, 18.307, 29.588],
    [25, 37.652, 52.62],
  ] as const) {
    it(`has the table's critical values for ${degreesOfFreedom} degrees of freedom`, () => {
      near(survival(at05, degreesOfFreedom), 0.05, 1e-3);
      near(survival(at001, degreesOfFreedom), 0.001, 1e-3);
    });
  }

  it("is exact far out, where levels of one in a million are", () => {
    near(survival(40, 2), Math.exp(-20), 1e-12);
    near(survival(40, 4), 21 * Math.exp(-20), 1e-12);
    // erfc(5) and erfc(1.9), either side of where the method changes. https://dlmf.nist.gov/7
    near(survival(50, 1), 1.5374597944280349e-12, 1e-10);
    near(survival(2 * 1.9 ** 2, 1), 0.0072095707647425, 1e-9);
    near(survival(8, 1), 0.004677734981047266, 1e-10);
  });

  it("leaves everything to chance where there is nothing to choose, or no deviation", () => {
    assert.equal(survival(0, 2), 1);
    assert.equal(survival(0, 0), 1);
  });
});

describe("the test of fit", () => {
  it("has the statistic of a die that was thrown 120 times", () => {
    const { statistic, degreesOfFreedom, p } = testUniform([20, 22, 17, 18, 19, 24]);
    near(statistic, 1.7);
    assert.equal(degreesOfFreedom, 5);
    near(p, 0.88889, 1e-4);
  });

  it("finds nothing in equal counts, and everything in one-sided ones", () => {
    assert.equal(testUniform([100, 100, 100]).p, 1);
    near(testUniform([300, 0, 0]).statistic, 600);
    assert.ok(testUniform([300, 0, 0]).p < 1e-100);
  });

  it("takes chance for a difference as often as its level says, for thirds of 300", () => {
    const level = 5e-8;
    const factorials = [0];
    for (let n = 1; n <= 300; n += 1) factorials.push((factorials[n - 1] ?? 0) + Math.log(n));
    const logFactorial = (n: number): number => factorials[n] ?? Number.NaN;
    let probability = 0;
    for (let a = 0; a <= 300; a += 1)
      for (let b = 0; a + b <= 300; b += 1) {
        const counts = [a, b, 300 - a - b];
        if (testUniform(counts).p >= level) continue;
        const ways = counts.reduce((log, count) => log - logFactorial(count), logFactorial(300));
        probability += Math.exp(ways - 300 * Math.log(3));
      }
    near(probability, level, 0.1);
  });
});

describe("the test of homogeneity", () => {
  it("has the statistic and the probability of a table of two by two", () => {
    const { statistic, degreesOfFreedom, p } = testHomogeneity([
      [12, 30],
      [23, 21],
    ]);
    // 86 (12*21 - 30*23)^2 / (42 * 44 * 35 * 51)
    near(statistic, (86 * (12 * 21 - 30 * 23) ** 2) / (42 * 44 * 35 * 51));
    assert.equal(degreesOfFreedom, 1);
    near(p, 0.0253243, 1e-5);
  });

  it("does not ask that rows are of one length in total", () => {
    near(
      testHomogeneity([
        [10, 20, 30],
        [100, 200, 300],
      ]).p,
      1,
    );
  });

  it("leaves out what neither row has", () => {
    const { degreesOfFreedom } = testHomogeneity([
      [5, 0, 5],
      [6, 0, 4],
    ]);
    assert.equal(degreesOfFreedom, 1);
  });
});
