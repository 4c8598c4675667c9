import { extendedResidual } from "./extended-refinement.ts";
import type { ComplexVector } from "./real-eigen.ts";
import { factoriseShifted, type ShiftedSystem } from "./shifted-system.ts";
import { solve, solveTransposed } from "./sparse-lu-solve.ts";

/** An eigenvalue λ of a real matrix L with its right and left eigenvectors (Lx = λx, y†L = λy†), both of length 1. */
export interface Eigenpair {
  readonly value: { readonly re: number; readonly im: number };
  readonly right: ComplexVector;
  readonly left: ComplexVector;
  /** ‖Lx − λx‖₂, with L x in twice the working precision. */
  readonly residual: number;
  /** 1/|y†x|: what a change of L by δ moves λ by is at most δ times this, to first order. */
  readonly condition: number;
}

/** Steps of inverse iteration, each of which leaves of other modes about NUDGE‖L‖ over their distance. */
const STEPS = 3;

/** How far beside λ the factors are made, in units of ‖L‖: they must not be singular. */
const NUDGE = 1e-11;

/** How often the shift follows the value. */
const ROUNDS = 5;

/** A residual of an eigenvector, in units of ‖L‖. */
const SMALL = 1e-11;

/**
 * Improves an approximate eigenvalue and its right eigenvector by inverse iteration for both eigenvectors, then
 * by the two-sided Rayleigh quotient y†Lx/y†x, whose error is the product of theirs (Ostrowski, Arch. Rational Mech.
 * Anal. 3 (1959) 325): slow rates keep their digits beside fast ones. Where the residual is still large the shift follows the
 * quotient. `norm` is ‖L‖. Undefined where no factors can be made or the iteration ends nowhere.
 */
export function refineEigenpair(
  system: ShiftedSystem,
  norm: number,
  start: { readonly re: number; readonly im: number },
  vector: ComplexVector,
): Eigenpair | undefined {
  let { re, im } = start;
  let x = unit(interleaved(vector));
  let y = x;
  for (let round = 0; round < ROUNDS; round++) {
    const factors = factoriseShifted(system, re + NUDGE * norm, im);
    if (!("lu" in factors)) return undefined;
    for (let k = 0; k < STEPS; k++) {
      x = unit(solve(factors.lu, x));
      y = unit(solveTransposed(factors.lu, y));
    }
    const overlap = product(y, x);
    const shift = quotient(product(y, residualAt(system, re, im, x)), overlap);
    re += shift.re;
    im += shift.im;
    const condition = 1 / Math.hypot(overlap.re, overlap.im);
    if (!(condition < Infinity && Math.hypot(re, im) < Infinity)) return undefined;
    const residual = norm2(residualAt(system, re, im, x));
    if (residual > SMALL * norm) continue;
    return { value: { re, im }, right: separated(x), left: separated(y), residual, condition };
  }
  return undefined;
}

/** (L − λ)x */
function residualAt(system: ShiftedSystem, re: number, im: number, x: Float64Array): Float64Array {
  const { matrix, low } = system.at(re, im);
  return extendedResidual(matrix, low, x, new Float64Array(x.length)).map((v) => -v);
}

function interleaved({ re, im }: ComplexVector): Float64Array {
  const z = new Float64Array(2 * re.length);
  for (let i = 0; i < re.length; i++) {
    z[2 * i] = re[i]!;
    z[2 * i + 1] = im[i]!;
  }
  return z;
}

function separated(z: Float64Array): ComplexVector {
  const n = z.length / 2;
  return {
    re: Float64Array.from({ length: n }, (_, i) => z[2 * i]!),
    im: Float64Array.from({ length: n }, (_, i) => z[2 * i + 1]!),
  };
}

function norm2(z: Float64Array): number {
  const largest = z.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  if (!(largest > 0 && largest < Infinity)) return largest;
  return largest * Math.sqrt(z.reduce((sum, v) => sum + (v / largest) ** 2, 0));
}

function unit(z: Float64Array): Float64Array {
  const length = norm2(z);
  return z.map((v) => v / length);
}

/** y†x of interleaved vectors. */
function product(y: Float64Array, x: Float64Array): { re: number; im: number } {
  let [re, im] = [0, 0];
  for (let k = 0; k < x.length; k += 2) {
    re += y[k]! * x[k]! + y[k + 1]! * x[k + 1]!;
    im += y[k]! * x[k + 1]! - y[k + 1]! * x[k]!;
  }
  return { re, im };
}

function quotient(a: { re: number; im: number }, b: { re: number; im: number }): { re: number; im: number } {
  const square = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / square, im: (a.im * b.re - a.re * b.im) / square };
}
