import type { ComplexSparse } from "../numerics/complex-sparse.ts";
import { applySparse, type StateVector, zeroVector } from "../numerics/state-vector.ts";

/** A commutator may be off by this part of what it is the difference of. */
const TOLERANCE = 1e-9;

/** ω with [Q, O] = −ωO, where there is one: what an operator O takes of Q each time it acts. */
export function eigenoperatorFrequency(Q: ComplexSparse, O: ComplexSparse): number | undefined {
  const n = Q.size;
  const unit = zeroVector(n);
  const [image, both, other, back] = [zeroVector(n), zeroVector(n), zeroVector(n), zeroVector(n)];
  let [overlap, square, difference, scale] = [0, 0, 0, 0];
  for (let pass = 0; pass < 2; pass++) {
    const ω = pass === 0 ? 0 : -overlap / square;
    for (let column = 0; column < n; column++) {
      if (O.columnStarts[column] === O.columnStarts[column + 1] && isEmptyColumn(Q, column, O)) continue;
      unit.re.fill(0);
      unit.re[column] = 1;
      applySparse(O, unit, image);
      applySparse(Q, image, both);
      applySparse(Q, unit, other);
      applySparse(O, other, back);
      for (let i = 0; i < n; i++) {
        const [cr, ci] = [both.re[i]! - back.re[i]!, both.im[i]! - back.im[i]!];
        const [or, oi] = [image.re[i]!, image.im[i]!];
        if (pass === 0) {
          overlap += or * cr + oi * ci;
          square += or * or + oi * oi;
          scale = Math.max(scale, sizeAt(both, i) + sizeAt(back, i));
        } else difference = Math.max(difference, Math.hypot(cr + ω * or, ci + ω * oi));
      }
    }
    if (square === 0) return undefined;
  }
  return difference <= TOLERANCE * scale ? -overlap / square : undefined;
}

const sizeAt = ({ re, im }: StateVector, i: number): number => Math.hypot(re[i]!, im[i]!);

/** Whether Q leads from a column to none on which O acts. */
function isEmptyColumn(Q: ComplexSparse, column: number, O: ComplexSparse): boolean {
  for (let e = Q.columnStarts[column]!; e < Q.columnStarts[column + 1]!; e++) {
    const row = Q.rows[e]!;
    if (O.columnStarts[row] !== O.columnStarts[row + 1]) return false;
  }
  return true;
}
