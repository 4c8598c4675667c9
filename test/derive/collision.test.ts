import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { multiplyOperators, type NormalForm } from "../../src/algebra/normal-form.ts";
import { ancillaMean, ancillaOperators, ancillaSpace } from "../../src/derive/ancilla.ts";
import { isLocalDissipator } from "../../src/derive/collision.ts";
import { presentationOf } from "../../src/derive/presentation.ts";
import { compile } from "../../src/pipeline.ts";
import { deriveFormulas } from "../../src/run-derive.ts";
import { add, constant, divide, symbolCanonical } from "../../src/scalar/canonical.ts";
import { canonicalFromScalar } from "../../src/scalar/canonical-from-scalar.ts";
import { compileReal } from "../../src/scalar/compile.ts";
import { scalarFromCanonical } from "../../src/scalar/scalar-from-canonical.ts";
import { METHODS } from "../../src/vocabulary.ts";

const asked = { sets: [], quantities: [], readLibrary: () => undefined };

const DERIVED = [
  "the second order of the collision equals the local dissipators, as an identity of normal forms",
  "the energy that system and ancillas gain equals Tr[V L ρ] summed over these baths, as an identity of normal forms",
];

const model = (subsystems: string, free: string, interaction: string, baths: string, names: string) =>
  `model m
parameter ω = 1
parameter g = 0.2
parameter t = 0.3
${subsystems}
hamiltonian { free ${free}
  interaction ${interaction} }
${baths}
equation e { local ${names} }`;

const CASES: readonly (readonly [name: string, text: string])[] = [
  [
    "a fermionic lead on a mode: both factors anticommute",
    model(
      "subsystem d, f : mode",
      "ω*d.n + 2*ω*f.n",
      "t*(d.c†*f.c + h.c.) + t*d.n*f.n",
      "bath a : fermionic { β = 1; couples g*d.c }\nbath b : fermionic { β = 2; couples g*f.c }",
      "a, b",
    ),
  ],
  [
    "a fermionic lead on a qubit",
    model("subsystem q : qubit", "ω*q.σz", "t*q.σx", "bath a : fermionic { β = 1; couples g*q.σ⁻ }", "a"),
  ],
  [
    "a bosonic bath on a mode",
    model("subsystem d : mode", "ω*d.n", "t*d.n", "bath a : bosonic { β = 1; couples g*d.c }", "a"),
  ],
  [
    "a coupling with two Bohr frequencies: an ancilla for each",
    model(
      "subsystem x : levels(a, b, c)",
      "ω*x.|b><b| + 3*ω*x.|c><c|",
      "t*(x.|b><c| + h.c.)",
      "bath a : bosonic { β = 1; couples g*(x.|a><b| + 2*x.|a><c|) }",
      "a",
    ),
  ],
  [
    "a complex amplitude and a spectral density",
    model(
      "subsystem m : oscillator",
      "ω*m.N",
      "t*(m.a + m.a†)",
      "bath a : bosonic { β = 1; spectrum = ohmic(cutoff = 7); couples (3 + 4*i)/5*g*m.a }",
      "a",
    ),
  ],
  [
    "a collective coupling",
    model(
      "subsystem q[1..2] : qubit",
      "sum(j in 1..2) ω*q[j].σz",
      "t*(q[1].σ⁺*q[2].σ⁻ + h.c.)",
      "bath a : bosonic { β = 1; couples g*(q[1].σ⁻ + q[2].σ⁻) }",
      "a",
    ),
  ],
];

describe("the collision model, traced over thermal ancillas to second order", () => {
  it.each(CASES)("%s: gives the local dissipators and their work", (_, text) => {
    const compiled = compile({ name: "m", text }, asked);
    expect(compiled.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
    const outcome = deriveFormulas(compiled, { of: ["collision"], closure: { kind: "none" } });
    if (outcome.status !== "good") throw new Error(outcome.status);
    expect(outcome.derivations[0]!.notes).toEqual(DERIVED);
  });

  it("tells a wrong occupation, and bosons from fermions", () => {
    const [, text] = CASES[0]!;
    const { derived } = compile({ name: "m", text }, asked);
    const p = presentationOf(derived!, 0, METHODS);
    const [emission, absorption] = p.equation.dissipators[0]!.jumps;
    const occupation = canonicalFromScalar(absorption!.rate);
    const right = {
      bath: 0,
      lowering: emission!.operator,
      frequency: emission!.frequency!,
      occupation,
      isFermionic: true,
      isOdd: true,
    };
    expect(isLocalDissipator(0, [right], p)).toBe(true);
    const wrong = { ...right, occupation: add(occupation, constant(1)) };
    expect(isLocalDissipator(0, [wrong], p)).toBe(false);
    expect(isLocalDissipator(0, [{ ...right, isFermionic: false }], p)).toBe(false);
  });
});

describe("means of an ancilla in a thermal state", () => {
  const product = (letters: string, isFermionic: boolean): NormalForm => {
    const { annihilation, creation } = ancillaOperators(isFermionic);
    return [...letters]
      .map((l) => (l === "a" ? annihilation : creation))
      .reduce((x, y) => multiplyOperators(x, y, ancillaSpace(isFermionic)));
  };

  it("are those of a sum over the levels", () => {
    const word = fc.array(fc.constantFrom("a", "c"), { minLength: 1, maxLength: 6 }).map((l) => l.join(""));
    fc.assert(
      fc.property(word, fc.double({ min: 0.8, max: 3, noNaN: true }), (letters, βω) => {
        const n = symbolCanonical("p0");
        const mean = ancillaMean(product(letters, false), n, false);
        const value = compileReal(scalarFromCanonical(mean), () => 0)([1 / Math.expm1(βω)]);
        let [sum, weight] = [0, 0];
        for (let level = 0; level < 120; level++) {
          const p = Math.exp(-βω * level);
          weight += p;
          let [at, amplitude] = [level, 1];
          for (const l of [...letters].reverse()) {
            amplitude *= Math.sqrt(Math.max(l === "a" ? at : at + 1, 0));
            at += l === "a" ? -1 : 1;
          }
          if (at === level) sum += p * amplitude;
        }
        expect(Math.abs(value - sum / weight)).toBeLessThan(1e-9 * (1 + Math.abs(value)));
      }),
    );
  });

  it("of fermions: ⟨c†c⟩ = f and ⟨cc†⟩ = 1 − f", () => {
    const f = divide(constant(1), constant(3));
    const value = (letters: string) =>
      compileReal(scalarFromCanonical(ancillaMean(product(letters, true), f, true)), () => -1)([]);
    expect(value("ca")).toBeCloseTo(1 / 3, 15);
    expect(value("ac")).toBeCloseTo(2 / 3, 15);
    expect(value("a")).toBe(0);
    expect(value("aa")).toBe(0);
  });
});
