import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  adjointOperator,
  areEqual,
  commutator,
  multiplyOperators,
  type NormalForm,
  type Space,
  sumOperators,
} from "../../src/algebra/normal-form.ts";
import { operatorText } from "../../src/algebra/operator-text.ts";
import { operatorsOf } from "../model-text.ts";
import { denseOperator } from "./dense-operators.ts";

const KERR = `kind shift { basis n in 0..inf
  operator s = sum(n) |n-1><n|
  operator w = sum(n) (n + 2)*|n+2><n| }
`;
const SYSTEM = `${KERR}subsystem q : qubit\nsubsystem s : spin(j = 1)\nsubsystem m : oscillator\nsubsystem r : rotor\nsubsystem k : shift\nsubsystem x : levels(a, b, c)`;

const identities: readonly (readonly [name: string, left: string, right: string])[] = [
  ["Pauli: σxσy = iσz", "q.σx*q.σy", "i*q.σz"],
  ["Pauli: σz² = 1", "q.σz^2", "1"],
  ["Pauli: σ± = (σx ± iσy)/2", "q.σ⁺", "(q.σx + i*q.σy)/2"],
  ["Pauli: σ⁺ raises σz", "q.σz*q.σ⁺ - q.σ⁺*q.σz", "2*q.σ⁺"],
  ["su(2): [Sz, S⁺] = S⁺", "s.Sz*s.S⁺ - s.S⁺*s.Sz", "s.S⁺"],
  ["su(2): [S⁺, S⁻] = 2Sz", "s.S⁺*s.S⁻ - s.S⁻*s.S⁺", "2*s.Sz"],
  ["su(2): S² = j(j+1)", "s.Sx^2 + s.Sy^2 + s.Sz^2", "2"],
  ["bosons: [a, a†] = 1", "m.a*m.a† - m.a†*m.a", "1"],
  ["bosons: N = a†a", "m.a†*m.a", "m.N"],
  ["bosons: a†²a² = N(N − 1)", "m.a†^2*m.a^2", "m.N*(m.N - 1)"],
  ["rotor: [e^{iφ}, L] = −e^{iφ}", "exp(i*r.φ)*r.L - r.L*exp(i*r.φ)", "-exp(i*r.φ)"],
  ["rotor: L e^{iφ} = e^{iφ}(L + 1)", "r.L*exp(i*r.φ)", "exp(i*r.φ)*(r.L + 1)"],
  ["rotor: cos² + sin² = 1", "cos(r.φ)^2 + sin(r.φ)^2", "1"],
  ["rotor: addition theorem", "cos(2*r.φ)", "2*cos(r.φ)^2 - 1"],
  ["rotor: phase shifted by a number", "cos(r.φ + pi/3)", "cos(pi/3)*cos(r.φ) - sin(pi/3)*sin(r.φ)"],
  ["levels: matrix units", "x.|a><b|*x.|b><c|", "x.|a><c|"],
  ["levels: completeness", "x.|a><a| + x.|b><b| + x.|c><c|", "1"],
  ["a half line: s s† = 1", "k.s*k.s†", "1"],
  ["a half line: s† s = 1 − |0⟩⟨0|", "k.s†*k.s", "1 - k.|0><0|"],
  ["a half line: kets outside vanish", "k.s^3*k.|1><1|", "0"],
  ["matrix units of an oscillator", "m.a*m.|3><3|", "sqrt(3)*m.|2><3|"],
  ["operators of different subsystems commute", "q.σx*m.a*exp(i*r.φ)", "exp(i*r.φ)*q.σx*m.a"],
  ["h.c.", "(2 + i)*q.σ⁺*m.a + h.c.", "(2 + i)*q.σ⁺*m.a + (2 - i)*q.σ⁻*m.a†"],
];

describe("normal forms", () => {
  const { forms, model } = operatorsOf(
    SYSTEM,
    identities.flatMap(([, left, right]) => [left, right]),
  );
  for (const [place, [name]] of identities.entries()) {
    it(`decide ${name}`, () => {
      const [left, right] = [forms[2 * place]!, forms[2 * place + 1]!];
      expect(areEqual(left, right), `${operatorText(left, model)}  =  ${operatorText(right, model)}`).toBe(
        true,
      );
    });
  }

  it("tell different operators apart", () => {
    const [a, b, c] = operatorsOf(SYSTEM, ["m.a*m.a†", "m.a†*m.a", "m.N + 1"]).forms as [
      NormalForm,
      NormalForm,
      NormalForm,
    ];
    expect(areEqual(a, b)).toBe(false);
    expect(areEqual(a, c)).toBe(true);
  });
});

const letters = [
  "q.σx",
  "q.σ⁺",
  "q.σz",
  "s.S⁺",
  "s.Sz",
  "m.a",
  "m.a†",
  "m.N",
  "exp(i*r.φ)",
  "sin(r.φ)",
  "r.L",
  "k.s",
  "k.s†",
  "k.w",
  "x.|a><b|",
  "x.|c><c|",
  "m.|1><0|",
  "(2 - i)",
  "(q.σ⁻*m.a† + h.c.)",
];
const word = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 3 }).map((w) => w.join("*"));
const element = fc.array(word, { minLength: 1, maxLength: 2 }).map((s) => `(${s.join(" + ")})`);

describe("algebraic laws on random elements", () => {
  it("associativity, (AB)† = B†A†, Jacobi, and the Leibniz rule of commutators", () => {
    fc.assert(
      fc.property(element, element, element, (a, b, c) => {
        const { algebra, forms } = operatorsOf(SYSTEM, [a, b, c]);
        const space: Space = algebra.space;
        const [A, B, C] = forms as [NormalForm, NormalForm, NormalForm];
        const mul = (x: NormalForm, y: NormalForm) => multiplyOperators(x, y, space);
        const com = (x: NormalForm, y: NormalForm) => commutator(x, y, space);
        expect(areEqual(mul(mul(A, B), C), mul(A, mul(B, C)))).toBe(true);
        const [At, Bt] = [adjointOperator(A, space), adjointOperator(B, space)];
        expect(areEqual(adjointOperator(mul(A, B), space), mul(Bt, At))).toBe(true);
        const jacobi = sumOperators([com(A, com(B, C)), com(B, com(C, A)), com(C, com(A, B))], space);
        expect(areEqual(jacobi, new Map())).toBe(true);
        const leibniz = sumOperators([mul(com(A, B), C), mul(B, com(A, C))], space);
        expect(areEqual(com(A, mul(B, C)), leibniz)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe("matrices of normal forms", () => {
  it("of x⁴ are right in every element of the window, since products are taken before the cut", () => {
    const [x4] = operatorsOf("subsystem m : oscillator", ["(m.a + m.a†)^4"]).forms as [NormalForm];
    const matrix = denseOperator(x4, [{ first: 0, last: 5 }]);
    // ⟨n|(a + a†)⁴|n⟩ = 6n² + 6n + 3, ⟨n+2|…|n⟩ = (4n + 6)√((n+1)(n+2)), ⟨n+4|…|n⟩ = √((n+1)(n+2)(n+3)(n+4))
    for (let n = 0; n < 6; n++) {
      expect(matrix[n]![n]).toBeCloseTo(6 * n * n + 6 * n + 3, 10);
      if (n < 4) expect(matrix[n + 2]![n]).toBeCloseTo((4 * n + 6) * Math.sqrt((n + 1) * (n + 2)), 10);
      if (n < 2) expect(matrix[n + 4]![n]).toBeCloseTo(Math.sqrt((n + 1) * (n + 2) * (n + 3) * (n + 4)), 10);
    }
  });
});
