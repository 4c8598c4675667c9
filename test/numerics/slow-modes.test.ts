import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import type { Eigenpair } from "../../src/numerics/eigenpair.ts";
import { randomStream } from "../../src/numerics/random-stream.ts";
import { realEigen } from "../../src/numerics/real-eigen.ts";
import { slowModes } from "../../src/numerics/slow-modes.ts";
import { slowModesOfPiece } from "../../src/numerics/slow-modes-of-piece.ts";
import { multiply, norm1, type SparseMatrix } from "../../src/numerics/sparse-matrix.ts";
import { denseFrom, randomLindblad } from "./lindblad.ts";
import { rotorSystem } from "./rotor.ts";
import { dense, sparse } from "./test-matrices.ts";

/** All eigenvalues with im ≥ 0, slowest first. */
function spectrum(L: SparseMatrix): { re: number; im: number }[] {
  const found = new EigenvalueDecomposition(new Matrix(dense(L)));
  return found.realEigenvalues
    .map((re, k) => ({ re, im: found.imaginaryEigenvalues[k]! }))
    .filter(({ im }) => im >= 0)
    .sort((a, b) => b.re - a.re);
}

const exact = (L: SparseMatrix) => new Float64Array(L.values.length);
const populations = (d: number) => Float64Array.from({ length: d * d }, (_, i) => (i < d ? 1 : 0));

/** ‖Lx − λx‖ in plain double precision. */
function residual(L: SparseMatrix, { value: { re, im }, right }: Eigenpair): number {
  const [u, v] = [multiply(L, right.re), multiply(L, right.im)];
  return Math.hypot(
    ...u.map((x, i) => x - re * right.re[i]! + im * right.im[i]!),
    ...v.map((x, i) => x - re * right.im[i]! - im * right.re[i]!),
  );
}

describe("all eigenvalues of a small matrix", () => {
  it("come also where it mostly rotates and all pairs lie close together", () => {
    // B ⊗ 1 + 37·1 ⊗ J: the eigenvalues of the tridiagonal B, −cos(πk/10)/10 − 0.15, with ±37i
    const n = 9;
    const rows = Array.from({ length: 2 * n }, () => new Array<number>(2 * n).fill(0));
    for (let k = 0; k < n; k++) {
      for (const part of [0, 1]) {
        rows[2 * k + part]![2 * k + part] = -0.15;
        if (k + 1 < n) rows[2 * k + part]![2 * k + 2 + part] = rows[2 * k + 2 + part]![2 * k + part] = 0.05;
      }
      rows[2 * k]![2 * k + 1] = -37;
      rows[2 * k + 1]![2 * k] = 37;
    }
    const { re, im } = realEigen(denseFrom(rows)).values;
    const expected = Array.from(
      { length: n },
      (_, k) => 0.1 * Math.cos((Math.PI * (k + 1)) / (n + 1)) - 0.15,
    );
    const upper = Array.from(re).filter((_, k) => im[k]! > 0);
    expect(upper.length).toBe(n);
    upper.sort((a, b) => b - a);
    for (const [k, x] of upper.entries()) expect(Math.abs(x - expected[k]!)).toBeLessThan(1e-12);
    for (const y of im) expect(Math.abs(Math.abs(y) - 37)).toBeLessThan(1e-12);
  });

  it("the slowest of random generators are told with their vectors", () => {
    const L = randomLindblad(6, randomStream(11, 0), 1, [0.1, 0.03, 1e-3]);
    const outcome = slowModes(L, exact(L), 6, populations(6));
    if (outcome.kind === "failed") throw new Error(outcome.reason);
    const { modes, norm, completeBelow, method } = outcome.slow;
    expect([method, completeBelow]).toEqual(["dense", Infinity]);
    const all = spectrum(L);
    for (const [k, mode] of modes.entries()) {
      expect(Math.hypot(mode.value.re - all[k]!.re, mode.value.im - all[k]!.im)).toBeLessThan(1e-13 * norm);
      expect(residual(L, mode)).toBeLessThan(1e-14 * norm);
    }
  });

  it("a matrix that falls apart has the modes of all its parts", () => {
    const L = sparse([
      [-1, 1, 0, 0, 0],
      [1, -1, 0, 0, 0],
      [0, 0, -0.5, -3, 0],
      [0, 0, 3, -0.5, 0],
      [0, 0, 0, 0, -0.25],
    ]);
    const outcome = slowModes(L, exact(L), 9, Float64Array.of(1, 1, 0, 0, 0));
    if (outcome.kind === "failed") throw new Error(outcome.reason);
    expect(outcome.slow.pieces).toBe(3);
    const values = outcome.slow.modes.map(({ value: { re, im } }) =>
      [re, im].map((x) => Number(x.toFixed(12)) + 0),
    );
    expect(values).toEqual([
      [0, 0],
      [-0.25, 0],
      [-0.5, 3],
      [-2, 0],
    ]);
  });
});

describe("the slowest modes of a matrix by its shifted inverse", () => {
  it("of the rotor are those that all eigenvalues show, to digits that these do not have", () => {
    const { L, low, trace } = rotorSystem(-8, 20);
    const outcome = slowModesOfPiece(L, low, norm1(L), 4, trace, randomStream(1, 0));
    if (outcome.kind === "failed") throw new Error(outcome.reason);
    const all = spectrum(L);
    const modes = [...outcome.modes].sort((a, b) => b.value.re - a.value.re);
    for (const [k, { value, residual, condition }] of modes.slice(0, 5).entries()) {
      expect(Math.abs(value.re - all[k]!.re)).toBeLessThan(1e-12 * Math.max(1, condition));
      expect(residual).toBeLessThan(1e-15 * norm1(L));
    }
    expect(outcome.completeBelow).toBeGreaterThan(-all[4]!.re);
  });

  it("finds one that turns fast, far from zero, in what is left of a random vector", () => {
    // a walk on a line at the rate 1, −2 + 2cos(πk/N); beside it −0.001 ± 50i
    const n = 60;
    const rows = Array.from({ length: n + 2 }, () => new Array<number>(n + 2).fill(0));
    for (let k = 0; k + 1 < n; k++) {
      rows[k + 1]![k] = 1;
      rows[k]![k]! -= 1;
      rows[k]![k + 1] = 1;
      rows[k + 1]![k + 1]! -= 1;
    }
    rows[n]![n] = rows[n + 1]![n + 1] = -0.001;
    rows[n]![n + 1] = -50;
    rows[n + 1]![n] = 50;
    rows[n]![3] = 0.1;
    const L = sparse(rows);
    const trace = new Float64Array(n + 2).fill(1, 0, n);
    const outcome = slowModesOfPiece(L, exact(L), norm1(L), 3, trace, randomStream(1, 0));
    if (outcome.kind === "failed") throw new Error(outcome.reason);
    const walk = [1, 2, 3].map((k) => -2 + 2 * Math.cos((Math.PI * k) / n));
    const expected = [{ re: 0, im: 0 }, { re: -0.001, im: 50 }, ...walk.map((re) => ({ re, im: 0 }))];
    for (const { re, im } of expected) {
      const nearest = Math.min(...outcome.modes.map(({ value }) => Math.hypot(value.re - re, value.im - im)));
      expect(nearest).toBeLessThan(1e-11);
    }
    expect(outcome.completeBelow).toBeGreaterThan(0.02);
    expect(outcome.radius).toBeLessThan(1);
  });

  it("of random generators holds all that is slower than it vouches for", () => {
    for (const seed of [2, 4]) {
      const L = randomLindblad(6, randomStream(seed, 1), 1, [0.1, 0.2]);
      const outcome = slowModesOfPiece(L, exact(L), norm1(L), 4, populations(6), randomStream(1, 0));
      if (outcome.kind === "failed") throw new Error(outcome.reason);
      const vouched = spectrum(L).filter(({ re }) => -re < outcome.completeBelow);
      expect(vouched.length).toBeGreaterThan(1);
      for (const { re, im } of vouched) {
        const nearest = Math.min(
          ...outcome.modes.map(({ value }) => Math.hypot(value.re - re, value.im - im)),
        );
        expect(nearest).toBeLessThan(1e-12);
      }
    }
  });
});
