import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { complexSparse, newEntries } from "../../src/numerics/complex-sparse.ts";
import { meanOverTime } from "../../src/numerics/exponential-action.ts";
import { hermitianEigen } from "../../src/numerics/hermitian-eigen.ts";
import { fromTriplets, multiply } from "../../src/numerics/sparse-matrix.ts";
import { unitaryColumns } from "../../src/numerics/unitary-column.ts";

const N = 9;
const entry = fc.double({ min: -2, max: 2, noNaN: true });
const entries = fc.array(entry, { minLength: N * N, maxLength: N * N });

describe("unitaryColumns", () => {
  it("gives the columns of e^{−it(H − shift)} − 1 that eigenvectors give, at any time", () => {
    const property = fc.property(
      entries,
      fc.double({ min: 0, max: 3, noNaN: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      (values, t, shift) => {
        const [re, im] = [new Float64Array(N * N), new Float64Array(N * N)];
        const list = newEntries();
        for (let i = 0; i < N; i++) {
          for (let j = 0; j <= i; j++) {
            // some elements are missing, those on the diagonal too
            const isThere = Math.abs(values[i * N + j]!) > 0.7;
            re[i * N + j] = re[j * N + i] = isThere ? values[i * N + j]! : 0;
            im[i * N + j] = isThere && i !== j ? values[j * N + i]! : 0;
            im[j * N + i] = -im[i * N + j]!;
          }
        }
        for (let k = 0; k < N * N; k++) {
          if (re[k] === 0 && im[k] === 0) continue;
          list.row.push(Math.floor(k / N));
          list.column.push(k % N);
          list.re.push(re[k]!);
          list.im.push(im[k]!);
        }
        const eigen = hermitianEigen(re, im, N);
        if (eigen.kind !== "converged") throw new Error(eigen.kind);
        const { re: vr, im: vi } = eigen.vectors;
        const write = unitaryColumns(complexSparse(N, list), t);
        for (let c = 0; c < N; c++) {
          const [x, y] = [new Float64Array(N), new Float64Array(N)];
          expect(write(c, shift, x, y)).toBe(true);
          for (let row = 0; row < N; row++) {
            let [a, b] = [row === c ? -1 : 0, 0];
            for (let k = 0; k < N; k++) {
              const angle = (eigen.values[k]! - shift) * t;
              const [p, q] = [Math.cos(angle), -Math.sin(angle)];
              // v_row v_c*
              const u = vr[row * N + k]! * vr[c * N + k]! + vi[row * N + k]! * vi[c * N + k]!;
              const w = vi[row * N + k]! * vr[c * N + k]! - vr[row * N + k]! * vi[c * N + k]!;
              a += u * p - w * q;
              b += u * q + w * p;
            }
            expect(Math.hypot(x[row]! - a, y[row]! - b)).toBeLessThan(1e-13 * (1 + 10 * t));
          }
        }
      },
    );
    fc.assert(property, { numRuns: 60, seed: 3 });
  });

  it("says where it would take too many steps", () => {
    const list = { row: [0, 1], column: [1, 0], re: [1, 1], im: [0, 0] };
    expect(unitaryColumns(complexSparse(2, list), 1e6)(0, 0, new Float64Array(2), new Float64Array(2))).toBe(
      false,
    );
  });

  it("loses no digits of short times", () => {
    const list = { row: [0, 1], column: [1, 0], re: [0.3, 0.3], im: [0, 0] };
    const [re, im] = [new Float64Array(2), new Float64Array(2)];
    unitaryColumns(complexSparse(2, list), 1e-9)(0, 0, re, im);
    expect(re[0]! / -4.5e-20).toBeCloseTo(1, 12);
    expect(im[1]! / -3e-10).toBeCloseTo(1, 12);
  });
});

describe("meanOverTime", () => {
  it("is (e^{at} − 1)/(at) for a number, and t·A times it is what e^{At}x gains", () => {
    for (const [a, t] of [
      [-3, 2],
      [0, 1],
      [-1e-9, 1],
      [0.5, 4],
      [-40, 1],
    ] as const) {
      const A = fromTriplets(1, 1, [0], [0], [a]);
      const mean = meanOverTime(A, t, Float64Array.of(1));
      expect(mean[0]! / (a === 0 ? 1 : Math.expm1(a * t) / (a * t))).toBeCloseTo(1, 12);
    }
    // a rotation: e^{At}(1, 0) = (cos t, sin t)
    const A = fromTriplets(2, 2, [1, 0], [0, 1], [1, -1]);
    const gained = multiply(A, meanOverTime(A, 7, Float64Array.of(1, 0)));
    expect(7 * gained[0]! + 1).toBeCloseTo(Math.cos(7), 12);
    expect(7 * gained[1]!).toBeCloseTo(Math.sin(7), 12);
  });
});
