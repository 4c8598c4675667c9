import { type ComplexSparse, complexSparse, newEntries } from "../numerics/complex-sparse.ts";

/**
 * A dissipator between eigenstates: Σ w(e, e') A_e ρ A_e'† − Kρ − ρK† over pairs of entries e of one operator A. Entries
 * of one group act together, w = rate, K = ½Σ rate A†A (a Lindblad jump a group); or, where `isRedfield`, all do, with
 * w the mean of both rates and K = A†B, B_e = ½ rate_e A_e (Redfield's equation). A Lamb shift turns ½ rate into ½ rate + iS.
 */
export interface SpectralDissipator {
  readonly operator: ComplexSparse;
  /** By entry of the operator. */
  readonly group: Int32Array;
  readonly rate: Float64Array;
  /** By entry, where a Lamb shift is asked for: S, so that K gains i·S in the place of ½ rate. */
  readonly shift?: Float64Array;
  readonly isRedfield: boolean;
}

/** The weight of AρA† for two entries. */
export function gainWeight({ group, rate, isRedfield }: SpectralDissipator, e: number, f: number): number {
  if (isRedfield) return (rate[e]! + rate[f]!) / 2;
  return group[e] === group[f] ? rate[e]! : 0;
}

/** Its imaginary part, which only Redfield's equation has: S of the left entry minus S of the right one. */
export const gainPhase = ({ shift, isRedfield }: SpectralDissipator, e: number, f: number): number =>
  shift && isRedfield ? shift[e]! - shift[f]! : 0;

/** K of a dissipator. */
export function lossOperator(dissipator: SpectralDissipator): ComplexSparse {
  const { operator, group, rate, shift, isRedfield } = dissipator;
  const { size, columnStarts, rows, re, im } = operator;
  const byRow: { entry: number; column: number }[][] = Array.from({ length: size }, () => []);
  for (let column = 0; column < size; column++) {
    for (let e = columnStarts[column]!; e < columnStarts[column + 1]!; e++) {
      if (rate[e] !== 0 || shift || isRedfield) byRow[rows[e]!]!.push({ entry: e, column });
    }
  }
  const entries = newEntries();
  for (const row of byRow) {
    for (const left of row) {
      for (const right of row) {
        const [e, f] = [left.entry, right.entry];
        if (!isRedfield && group[e] !== group[f]) continue;
        // conj(A_e)·(½ rate_f + iS_f)·A_f at (column of e, column of f)
        const half = rate[f]! / 2;
        const turn = shift?.[f] ?? 0;
        if (half === 0 && turn === 0) continue;
        const [x, y] = [re[e]! * re[f]! + im[e]! * im[f]!, re[e]! * im[f]! - im[e]! * re[f]!];
        entries.row.push(left.column);
        entries.column.push(right.column);
        entries.re.push(half * x - turn * y);
        entries.im.push(half * y + turn * x);
      }
    }
  }
  return complexSparse(size, entries);
}
