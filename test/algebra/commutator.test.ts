import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  areEqual,
  commutator,
  multiplyOperators,
  type NormalForm,
  subtractOperators,
} from "../../src/algebra/normal-form.ts";
import { operatorsOf } from "../model-text.ts";

/** An operator that counts how often the coefficients of its terms are read. */
function watched(form: NormalForm): { readonly form: NormalForm; readonly reads: () => number } {
  let reads = 0;
  const terms = [...form].map(([key, { factors, coefficient }]) => {
    const term = {
      factors,
      get coefficient() {
        reads++;
        return coefficient;
      },
    };
    return [key, term] as const;
  });
  return { form: new Map(terms), reads: () => reads };
}

const CHAINS = {
  spins: (n: number) => ({
    subsystems: `subsystem q[1..${n}] : qubit`,
    hamiltonian: `sum(j in 1..${n}) j*q[j].σz + sum(j in 1..${n}-1) (q[j].σ⁺*q[j+1].σ⁻ + h.c.)`,
    bond: "q[2].σ⁺*q[3].σ⁻ + h.c.",
  }),
  modes: (n: number) => ({
    subsystems: `subsystem d[1..${n}] : mode`,
    hamiltonian: `sum(j in 1..${n}) j*d[j].n + sum(j in 1..${n}-1) (d[j].n*d[j+1].n + d[j].c†*d[j+1].c + d[j+1].c†*d[j].c)`,
    bond: "d[2].c†*d[3].c + h.c.",
  }),
  oscillators: (n: number) => ({
    subsystems: `subsystem m[1..${n}] : oscillator`,
    hamiltonian: `sum(j in 1..${n}) j*m[j].N^2 + sum(j in 1..${n}-1) (m[j].a†*m[j+1].a + h.c.)`,
    bond: "m[2].a†*m[3].a + h.c.",
  }),
} as const;

describe("the commutator of a chain's Hamiltonian with one of its bonds", () => {
  for (const [name, chain] of Object.entries(CHAINS)) {
    // One look at each term tells which ones meet the bond; beyond that the work is that of the bond's neighbourhood.
    it(`of ${name} costs one look at each term beyond what a short chain costs`, () => {
      const work = [5, 8, 12, 16].map((n) => {
        const { subsystems, hamiltonian, bond } = chain(n);
        const { algebra, forms } = operatorsOf(subsystems, [hamiltonian, bond]);
        const [H, h] = forms as [NormalForm, NormalForm];
        const [left, right] = [watched(H), watched(H)];
        const size = commutator(left.form, h, algebra.space).size;
        commutator(h, right.form, algebra.space);
        return { size, left: left.reads() - H.size, right: right.reads() - H.size };
      });
      expect(work[0]!.size).toBeGreaterThan(0);
      for (const other of work) expect(other).toEqual(work[0]);
    });
  }
});

describe("commutators by what meets", () => {
  const letters = ["q.σx", "q.σz", "p.σ⁺", "m.a", "m.N", "k.a†", "m.N*k.N", "c.c", "d.c†", "d.n", "r.L", "3"];
  const SYSTEM = `subsystem q, p : qubit\nsubsystem m, k : oscillator\nsubsystem c, d : mode\nsubsystem r : rotor`;
  const word = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 3 }).map((w) => w.join("*"));
  const element = fc.array(word, { minLength: 1, maxLength: 4 }).map((s) => s.join(" + "));

  it("are ab − ba", () => {
    fc.assert(
      fc.property(element, element, (a, b) => {
        const { algebra, forms } = operatorsOf(SYSTEM, [a, b]);
        const [A, B] = forms as [NormalForm, NormalForm];
        const { space } = algebra;
        const difference = subtractOperators(
          multiplyOperators(A, B, space),
          multiplyOperators(B, A, space),
          space,
        );
        expect(areEqual(commutator(A, B, space), difference)).toBe(true);
      }),
      { numRuns: 100, seed: 33 },
    );
  });
});
