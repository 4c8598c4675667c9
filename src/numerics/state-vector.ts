import type { ComplexSparse } from "./complex-sparse.ts";

/** A complex vector of fixed length. */
export interface StateVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export const zeroVector = (size: number): StateVector => ({
  re: new Float64Array(size),
  im: new Float64Array(size),
});

/** ‖x‖² */
export function squaredNorm({ re, im }: StateVector): number {
  let sum = 0;
  for (let i = 0; i < re.length; i++) sum += re[i]! * re[i]! + im[i]! * im[i]!;
  return sum;
}

/** A x, written to `out`, which is not x. */
export function applySparse(a: ComplexSparse, x: StateVector, out: StateVector): void {
  out.re.fill(0);
  out.im.fill(0);
  for (let column = 0; column < a.size; column++) {
    const [xr, xi] = [x.re[column]!, x.im[column]!];
    if (xr === 0 && xi === 0) continue;
    for (let e = a.columnStarts[column]!; e < a.columnStarts[column + 1]!; e++) {
      const row = a.rows[e]!;
      out.re[row]! += a.re[e]! * xr - a.im[e]! * xi;
      out.im[row]! += a.re[e]! * xi + a.im[e]! * xr;
    }
  }
}

/** ⟨x|A|y⟩ */
export function braket(
  x: StateVector,
  a: ComplexSparse,
  y: StateVector,
): { readonly re: number; readonly im: number } {
  let [re, im] = [0, 0];
  for (let column = 0; column < a.size; column++) {
    const [yr, yi] = [y.re[column]!, y.im[column]!];
    if (yr === 0 && yi === 0) continue;
    for (let e = a.columnStarts[column]!; e < a.columnStarts[column + 1]!; e++) {
      const [xr, xi] = [x.re[a.rows[e]!]!, x.im[a.rows[e]!]!];
      const [ar, ai] = [a.re[e]! * yr - a.im[e]! * yi, a.re[e]! * yi + a.im[e]! * yr];
      re += xr * ar + xi * ai;
      im += xr * ai - xi * ar;
    }
  }
  return { re, im };
}

/** x scaled to length 1, in place. */
export function normalise(x: StateVector): void {
  const factor = 1 / Math.sqrt(squaredNorm(x));
  for (let i = 0; i < x.re.length; i++) {
    x.re[i]! *= factor;
    x.im[i]! *= factor;
  }
}
