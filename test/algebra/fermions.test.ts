import fc from "fast-check";
import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  adjointOperator,
  areEqual,
  commutator,
  multiplyOperators,
  type NormalForm,
  type Space,
  scalarOperator,
  subtractOperators,
  sumOperators,
} from "../../src/algebra/normal-form.ts";
import { operatorText } from "../../src/algebra/operator-text.ts";
import type { Windows } from "../../src/lower/window.ts";
import { constant, ONE } from "../../src/scalar/canonical.ts";
import { operatorsOf } from "../model-text.ts";
import { denseOperator } from "./dense-operators.ts";

const SYSTEM = [
  "subsystem d1 : mode",
  "subsystem q : qubit",
  "subsystem d2 : mode",
  "subsystem m : oscillator",
  "subsystem d3 : mode",
].join("\n");
const MODES = ["d1", "d2", "d3"];

/** Levels of the oscillator in dense matrices; products of four operators are right in its two lowest columns. */
const LEVELS = 6;
const mode = { first: 0, last: 1, isFermionic: true } as const;
const WINDOWS: Windows = [mode, { first: 0, last: 1 }, mode, { first: 0, last: LEVELS - 1 }, mode];

const lowering = Matrix.zeros(2, 2).set(0, 1, 1); // |empty⟩⟨full|, and |up⟩⟨down| for the qubit
const parity = Matrix.diag([1, -1]);
const annihilation = Matrix.zeros(LEVELS, LEVELS);
for (let n = 1; n < LEVELS; n++) annihilation.set(n - 1, n, Math.sqrt(n));

/** One matrix at a place of the system, and `before` at each mode before it. */
const kronecker = (matrix: Matrix, place: number, before: Matrix = Matrix.eye(2)): Matrix =>
  WINDOWS.map(({ first, last, isFermionic }, s) =>
    s === place ? matrix : isFermionic && s < place ? before : Matrix.eye(last - first + 1),
  ).reduce((product, factor) => product.kroneckerProduct(factor));

/** c_s = ∏_{modes before s} (−1)^n · |empty⟩⟨full|. */
const c = (place: number): Matrix => kronecker(lowering, place, parity);

const MATRICES: Readonly<Record<string, Matrix>> = {
  "d1.c": c(0),
  "d1.c†": c(0).transpose(),
  "d1.n": kronecker(Matrix.diag([0, 1]), 0),
  "d2.c": c(2),
  "d2.c†": c(2).transpose(),
  "d2.|empty><empty|": kronecker(Matrix.diag([1, 0]), 2),
  "d2.|full><empty|": c(2).transpose(),
  "d3.c": c(4),
  "d3.c†": c(4).transpose(),
  "d3.|empty><full|": c(4),
  "q.σx": kronecker(Matrix.add(lowering, lowering.transpose()), 1),
  "q.σ⁺": kronecker(lowering, 1),
  "m.a": kronecker(annihilation, 3),
  "m.a†": kronecker(annihilation.transpose(), 3),
};

/** Σ coefficient·product of operators. */
type Element = readonly { readonly coefficient: number; readonly letters: readonly string[] }[];

const word = fc.record({
  coefficient: fc.constantFrom(1, -2, 3),
  letters: fc.array(fc.constantFrom(...Object.keys(MATRICES)), { minLength: 1, maxLength: 2 }),
});
const element: fc.Arbitrary<Element> = fc.array(word, { minLength: 1, maxLength: 3 });

const elementText = (e: Element): string =>
  `(${e.map(({ coefficient, letters }) => `${coefficient}*${letters.join("*")}`).join(" + ")})`;

const elementMatrix = (e: Element): Matrix =>
  e
    .map(({ coefficient, letters }) =>
      letters
        .map((l) => MATRICES[l]!)
        .reduce((a, b) => a.mmul(b))
        .clone()
        .mul(coefficient),
    )
    .reduce((a, b) => Matrix.add(a, b));

function expectMatrix(form: NormalForm, expected: Matrix): void {
  const level = (state: number) => Math.floor(state / 2) % LEVELS;
  let deviation = 0;
  for (const [i, row] of denseOperator(form, WINDOWS).entries()) {
    for (const [j, x] of row.entries()) {
      if (level(j) < 2) deviation = Math.max(deviation, Math.abs(x - expected.get(i, j)));
    }
  }
  expect(deviation).toBeLessThan(1e-10);
}

describe("fermionic modes among qubits and oscillators", () => {
  const letters = MODES.flatMap((d) => [`${d}.c`, `${d}.c†`]);
  const { algebra, forms, model } = operatorsOf(SYSTEM, [...letters, "q.σx", "m.a", "d1.n"]);
  const { space } = algebra;
  const of = new Map([...letters, "q.σx", "m.a", "d1.n"].map((name, k) => [name, forms[k]!]));
  const anticommutator = (a: string, b: string): NormalForm =>
    sumOperators(
      [multiplyOperators(of.get(a)!, of.get(b)!, space), multiplyOperators(of.get(b)!, of.get(a)!, space)],
      space,
    );

  it("obey {c_i, c_j†} = δ_ij and {c_i, c_j} = 0", () => {
    for (const a of MODES) {
      for (const b of MODES) {
        const delta = scalarOperator(constant(a === b ? 1 : 0));
        expect(areEqual(anticommutator(`${a}.c`, `${b}.c†`), delta), `{${a}, ${b}†}`).toBe(true);
        expect(anticommutator(`${a}.c`, `${b}.c`).size, `{${a}, ${b}}`).toBe(0);
      }
    }
  });

  it("commute with the operators of other kinds", () => {
    for (const d of letters) {
      for (const other of ["q.σx", "m.a"]) expect(commutator(of.get(d)!, of.get(other)!, space).size).toBe(0);
    }
  });

  it("have n = c†c as one term", () => {
    const n = of.get("d1.n")!;
    expect(areEqual(n, multiplyOperators(of.get("d1.c†")!, of.get("d1.c")!, space))).toBe(true);
    expect(n.size).toBe(1);
  });

  it("are printed as c, c† and n, in the order in which they can be typed again", () => {
    const typed = ["d2.c*d1.c†", "3*d3.n*q.σ⁺*d1.c", "d1.|empty><empty|*m.|1><0|"];
    const texts = operatorsOf(SYSTEM, typed).forms.map((f) => operatorText(f, model));
    expect(texts).toEqual(["-1*d1.c†*d2.c", "3*d1.c*q.σ⁺*d3.n", "m.|1><0| - 1*d1.n*m.|1><0|"]);
    const again = operatorsOf(SYSTEM, texts).forms;
    for (const [k, form] of operatorsOf(SYSTEM, typed).forms.entries()) {
      expect(areEqual(again[k]!, form)).toBe(true);
    }
  });
});

describe("random elements with fermionic modes", () => {
  const formsOf = (...elements: readonly Element[]) => {
    const { algebra, forms } = operatorsOf(SYSTEM, elements.map(elementText));
    return { space: algebra.space as Space, forms: forms as [NormalForm, NormalForm, NormalForm] };
  };

  it("obey associativity, (AB)† = B†A†, Jacobi and Leibniz, and [A, B] = AB − BA", () => {
    fc.assert(
      fc.property(element, element, element, (a, b, c) => {
        const { space, forms } = formsOf(a, b, c);
        const [A, B, C] = forms;
        const mul = (x: NormalForm, y: NormalForm) => multiplyOperators(x, y, space);
        const com = (x: NormalForm, y: NormalForm) => commutator(x, y, space);
        expect(areEqual(mul(mul(A, B), C), mul(A, mul(B, C)))).toBe(true);
        const [At, Bt] = [adjointOperator(A, space), adjointOperator(B, space)];
        expect(areEqual(adjointOperator(mul(A, B), space), mul(Bt, At))).toBe(true);
        expect(areEqual(adjointOperator(At, space), A)).toBe(true);
        const jacobi = sumOperators([com(A, com(B, C)), com(B, com(C, A)), com(C, com(A, B))], space);
        expect(areEqual(jacobi, new Map())).toBe(true);
        const leibniz = sumOperators([mul(com(A, B), C), mul(B, com(A, C))], space);
        expect(areEqual(com(A, mul(B, C)), leibniz)).toBe(true);
        expect(areEqual(com(A, B), subtractOperators(mul(A, B), mul(B, A), space))).toBe(true);
      }),
      { numRuns: 60, seed: 31 },
    );
  });

  it("and their products and adjoints have the matrices of Jordan and Wigner", () => {
    fc.assert(
      fc.property(element, element, (a, b) => {
        const { space, forms } = formsOf(a, b);
        const [A, B] = forms;
        const [X, Y] = [elementMatrix(a), elementMatrix(b)];
        expectMatrix(A, X);
        expectMatrix(adjointOperator(A, space), X.transpose());
        expectMatrix(multiplyOperators(A, B, space), X.mmul(Y));
        expectMatrix(commutator(A, B, space), Matrix.sub(X.mmul(Y), Y.mmul(X)));
      }),
      { numRuns: 40, seed: 32 },
    );
  });
});

it("a product of all modes' c† and c has the sign of its order", () => {
  const { forms, algebra } = operatorsOf(SYSTEM, ["d1.c*d2.c*d3.c", "d3.c*d2.c*d1.c"]);
  const [rising, falling] = forms as [NormalForm, NormalForm];
  const total = sumOperators([rising, falling], algebra.space);
  expect(total.size).toBe(0); // three factors: an odd number of swaps
  const norm = multiplyOperators(adjointOperator(rising, algebra.space), rising, algebra.space);
  const [term] = norm.values();
  expect(norm.size).toBe(1);
  expect(term!.coefficient).toEqual(ONE); // n₁n₂n₃
});
