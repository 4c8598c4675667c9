import type { SubsystemKind } from "../../model/subsystem-kind.ts";
import {
  add,
  type Canonical,
  constant,
  functionCanonical,
  multiply,
  negate,
  power,
} from "../../scalar/canonical.ts";
import type { Letter } from "./word.ts";

/** What a matrix unit of one subsystem is as a sum of words of that subsystem. */
export type UnitWords = (
  row: number,
  column: number,
) => readonly { readonly letters: readonly Letter[]; readonly factor: Canonical }[];

/** Spins with more levels than this keep their matrix units: the polynomials in Sz are no longer readable. */
const MAX_SPIN_LEVELS = 8;

const named = (name: string, exponent = 1): Letter => ({ kind: "named", name, power: exponent });

const half = constant(0.5);
const one = constant(1);

/** The words of a finite kind's units: Pauli and fermion operators, su(2) polynomials, else the units themselves. */
export function unitWords(kind: SubsystemKind): UnitWords {
  switch (kind.name) {
    case "qubit":
      return qubitWords;
    case "mode":
      return modeWords;
    case "spin": {
      const levels = kind.basis.kind === "finite" ? kind.basis.labels.length : 0;
      return levels <= MAX_SPIN_LEVELS ? spinWords(levels) : plainWords;
    }
    default:
      return plainWords;
  }
}

const plainWords: UnitWords = (row, column) => [{ letters: [{ kind: "unit", row, column }], factor: one }];

/** |up⟩⟨up| = (1 + σz)/2, |up⟩⟨down| = σ⁺. */
const qubitWords: UnitWords = (row, column) => {
  if (row !== column) return [{ letters: [named(row === 0 ? "sigmaplus" : "sigmaminus")], factor: one }];
  return [
    { letters: [], factor: half },
    { letters: [named("sigmaz")], factor: row === 0 ? half : negate(half) },
  ];
};

/** |full⟩⟨full| = c†c, |empty⟩⟨empty| = 1 − c†c, in normal order. */
const modeWords: UnitWords = (row, column) => {
  if (row !== column) return [{ letters: [named(row === 1 ? "c†" : "c")], factor: one }];
  const occupied = { letters: [named("c†"), named("c")], factor: row === 1 ? one : negate(one) };
  return row === 1 ? [occupied] : [{ letters: [], factor: one }, occupied];
};

/**
 * su(2): |r⟩⟨c| = (S^±)^k p(Sz) with k = |r − c| and p the polynomial of degree 2j − k that is 1/⟨r|(S^±)^k|c⟩ at the
 * level c and zero at the other levels that (S^±)^k does not destroy.
 */
function spinWords(levels: number): UnitWords {
  const j = (levels - 1) / 2;
  const magnetic = (place: number): number => j - place;
  return (row, column) => {
    const k = Math.abs(row - column);
    const step = row < column ? -1 : 1;
    const alive = Array.from({ length: levels }, (_, place) => place).filter((place) => {
      const target = place + step * k;
      return target >= 0 && target < levels;
    });
    let amplitude = one;
    for (let i = 0; i < k; i++)
      amplitude = multiply(amplitude, ladderElement(column + step * i, step, levels));
    // Lagrange: Π (x − m')/(m − m') over the other levels
    let coefficients = [multiply(amplitude, power(multiply(amplitude, amplitude), -1))];
    for (const place of alive) {
      if (place === column) continue;
      coefficients = timesLinear(coefficients, -magnetic(place), magnetic(column) - magnetic(place));
    }
    const ladder = k === 0 ? [] : [named(step < 0 ? "Splus" : "Sminus", k)];
    return coefficients.map((factor, exponent) => ({
      letters: exponent === 0 ? ladder : [...ladder, named("Sz", exponent)],
      factor,
    }));
  };
}

/** Coefficients of p(x)·(x + shift)/divisor. */
function timesLinear(p: readonly Canonical[], shift: number, divisor: number): Canonical[] {
  const inverse = power(constant(divisor), -1);
  const result = Array.from({ length: p.length + 1 }, () => constant(0));
  for (const [i, c] of p.entries()) {
    result[i + 1] = add(result[i + 1]!, multiply(c, inverse));
    result[i] = add(result[i]!, multiply(multiply(c, inverse), constant(shift)));
  }
  return result;
}

/** ⟨place ± 1|S^±|place⟩ = √(j(j+1) − m(m ± 1)). */
function ladderElement(place: number, step: number, levels: number): Canonical {
  const j = (levels - 1) / 2;
  const m = j - place;
  const square = j * (j + 1) - m * (m - step);
  return functionCanonical("sqrt", [constant(square)]);
}
