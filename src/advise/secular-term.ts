import type { EigenCoupling } from "../lower/bath-couplings.ts";
import type { Eigenbasis } from "../lower/eigenbasis.ts";
import { adjointSparse, type ComplexSparse } from "../numerics/complex-sparse.ts";
import { DECISIVE } from "./decisive.ts";

/** A transition slower than another by this factor is no part of what a machine does. */
const NEGLIGIBLE = 1e-6;

/**
 * A term of Redfield's equation between two Bohr frequencies that a secular approximation leaves out: the rate of
 * the faster transition, against the difference of the frequencies at which the coherence that it feeds turns.
 */
export interface SecularTerm {
  readonly frequencies: readonly [number, number];
  readonly difference: number;
  readonly rate: number;
}

/**
 * The left-out term of a coupling with the largest rate/difference, among those that populated levels feed directly.
 * `populations` are those of the eigenstates. With `reference`, the energies of H_TD by eigenstate, terms between levels that these put together are kept and do not count.
 */
export function worstSecularTerm(
  { operator, isHermitian, lowering, raising }: EigenCoupling,
  eigenbasis: Eigenbasis,
  populations: Float64Array,
  reference: Float64Array | undefined,
): SecularTerm | undefined {
  const { level, levelEnergies, tolerance } = eigenbasis;
  const energy = (state: number): number => levelEnergies[level[state]!]!;
  const isKept = (r: number, s: number): boolean =>
    level[r] === level[s] ||
    (reference !== undefined && Math.abs(reference[r]! - reference[s]!) <= 4 * tolerance);
  const most = populations.reduce((a, b) => Math.max(a, b), 0);
  let worst: SecularTerm | undefined;
  const note = (r: number, s: number, rate: number, frequencies: readonly [number, number]): void => {
    const difference = Math.abs(energy(r) - energy(s));
    if (rate === 0 || (worst && rate * worst.difference <= worst.rate * difference)) return;
    worst = { frequencies, difference, rate };
  };
  const visit = (a: ComplexSparse, rateAt: (ω: number) => number, isAdjoint: boolean): void => {
    for (let n = 0; n < a.size; n++) {
      const first = a.columnStarts[n]!;
      const last = a.columnStarts[n + 1]!;
      for (let e = first; e < last; e++) {
        for (let f = first; f < e; f++) {
          const [r, s] = [a.rows[e]!, a.rows[f]!];
          if (isKept(r, s)) continue;
          // of A the states r and s are what n decays to, together; of A†, with the roles exchanged, what decays to n
          const weight = isAdjoint ? Math.max(populations[r]!, populations[s]!) : populations[n]!;
          if (weight < DECISIVE * most) continue;
          const sign = isAdjoint ? -1 : 1;
          const [ω, υ] = [sign * (energy(n) - energy(r)), sign * (energy(n) - energy(s))];
          const [x, y] = [a.re[e]! ** 2 + a.im[e]! ** 2, a.re[f]! ** 2 + a.im[f]! ** 2];
          if (Math.min(x, y) < NEGLIGIBLE * Math.max(x, y)) continue;
          // the term changes the slower transition by the faster one's rate over the difference
          note(r, s, Math.max(x * rateAt(ω), y * rateAt(υ)), [ω, υ]);
        }
      }
    }
  };
  const adjoint = adjointSparse(operator);
  visit(operator, lowering.rate, false);
  visit(adjoint, lowering.rate, true);
  if (!isHermitian) {
    visit(adjoint, raising.rate, false);
    visit(operator, raising.rate, true);
  }
  return worst;
}
