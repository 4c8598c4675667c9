import { describe, expect, it } from "vitest";
import {
  accumulateProduct,
  extendedResidual,
  solveExtended,
} from "../../src/numerics/extended-refinement.ts";
import { minimumDegree } from "../../src/numerics/minimum-degree.ts";
import { factorise } from "../../src/numerics/sparse-lu.ts";
import { fromTriplets } from "../../src/numerics/sparse-matrix.ts";

/**
 * A birth–death chain whose balance is kept by slow rates ε k beside fast ones: detailed balance gives the exact
 * stationary distribution, and plain double precision loses about log10(1/ε) digits of it.
 */
function chain(n: number, slow: number) {
  const rows: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  const high = new Float64Array(n * n);
  const low = new Float64Array(n * n);
  const fast = 0.1;
  const add = (row: number, column: number, rate: number) =>
    accumulateProduct(high, low, row * n + column, 1, rate);
  const distribution = new Float64Array(n);
  distribution[0] = 1;
  for (let k = 0; k + 1 < n; k++) {
    const up = k % 2 === 0 ? fast : slow;
    const down = k % 2 === 0 ? fast / 2 : slow * 3;
    add(k + 1, k, up);
    add(k, k, -up);
    add(k, k + 1, down);
    add(k + 1, k + 1, -down);
    distribution[k + 1] = (distribution[k]! * up) / down;
  }
  const lows: number[] = [];
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const at = row * n + column;
      const isTrace = row === n - 1;
      if (!isTrace && high[at] === 0) continue;
      rows.push(row);
      columns.push(column);
      values.push(isTrace ? 1 : high[at]!);
      lows.push(isTrace ? 0 : low[at]!);
    }
  }
  const total = distribution.reduce((s, p) => s + p, 0);
  return {
    A: fromTriplets(n, n, rows, columns, values),
    low: fromTriplets(n, n, rows, columns, lows).values,
    exact: distribution.map((p) => p / total),
  };
}

describe("solveExtended", () => {
  it("keeps every digit where slow rates are lost in the rounding of fast ones", () => {
    const { A, low, exact } = chain(40, 1e-9);
    const factorised = factorise(A, minimumDegree(A, [39]), { deferredRows: [39] });
    if (factorised.kind !== "factorised") throw new Error(factorised.kind);
    const b = new Float64Array(40);
    b[39] = 1;
    const { x, lastCorrection } = solveExtended(A, low, factorised.lu, b);
    const error = Math.max(...x.map((p, k) => Math.abs(p - exact[k]!)));
    expect(error).toBeLessThan(4 * Number.EPSILON);
    expect(lastCorrection).toBeLessThan(1e-15);
    const without = solveExtended(A, new Float64Array(low.length), factorised.lu, b);
    // the low parts are what makes the difference: without them the matrix itself is a different one
    expect(Math.max(...without.x.map((p, k) => Math.abs(p - exact[k]!)))).toBeGreaterThan(100 * error);
  });
});

describe("extendedResidual", () => {
  it("sees what cancels in double precision", () => {
    const A = fromTriplets(1, 3, [0, 0, 0], [0, 1, 2], [1e16, 1, -1e16]);
    const r = extendedResidual(A, new Float64Array(3), Float64Array.of(1, 1, 1), new Float64Array(1));
    expect(r[0]).toBe(-1);
  });
});
