import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asWritten } from "../../src/algebra/as-written.ts";
import { areEqual, type NormalForm, scaleOperator, sumOperators } from "../../src/algebra/normal-form.ts";
import { notationOf } from "../../src/algebra/notation.ts";
import { orderFactors } from "../../src/algebra/passes/order-factors.ts";
import { pushAdjoints } from "../../src/algebra/passes/push-adjoints.ts";
import { operatorWords } from "../../src/algebra/words/operator-words.ts";
import { wordsFormula } from "../../src/algebra/words/word-formula.ts";
import { wordOperator } from "../../src/derive/moments.ts";
import type { Presentation } from "../../src/derive/presentation.ts";
import { formulaText } from "../../src/formula/formula-text.ts";
import type { OperatorExpression } from "../../src/model/operator-expression.ts";
import { operatorsOf } from "../model-text.ts";

const SYSTEM = `kind ladder { basis n in 0..inf
  operator b = sum(n) sqrt(n)*|n-1><n|
  operator M = sum(n) n*|n><n| }
parameter g = 0.3
parameter h = 0.7
subsystem q, p : qubit
subsystem s : spin(j = 3/2)
subsystem m : oscillator
subsystem r, o : rotor
subsystem x : levels(a, b, c)
subsystem f, d : mode
subsystem k : ladder`;

const EVEN = [
  "q.σx",
  "q.σ⁺",
  "p.σz",
  "p.σ⁻",
  "s.Sz",
  "s.S⁺",
  "s.Sx^2",
  "m.a",
  "m.a†",
  "m.N^2",
  "r.L",
  "exp(2*i*r.φ)",
  "cos(r.φ)",
  "sin(r.φ - 0.4)",
  "(exp(i*r.φ - i*o.φ)*(1 - g*(r.L - o.L)))",
  "(exp(-i*r.φ)*exp(2*i*o.φ)*r.L*o.L)",
  "(m.a*m.N*r.L)",
  "x.|a><c|",
  "x.|b><b|",
  "x.|c><c|",
  "f.c†*d.c",
  "f.n",
  "f.c*d.c",
  "d.c*d.c†",
  "k.b",
  "k.M",
];

const factor = fc.constantFrom(...EVEN);
const product = fc
  .array(
    fc.record({ of: factor, isAdjoint: fc.boolean(), scale: fc.constantFrom("", "g*", "(g - h)*", "i*h*") }),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) => list.map(({ of, isAdjoint, scale }) => `${scale}(${of})${isAdjoint ? "†" : ""}`).join("*"));

/** Random operators over all kinds, as sums of products. */
const operator = fc.array(product, { minLength: 1, maxLength: 3 }).map((list) => list.join(" + "));

/** A model's algebra with one operator, as expression and as normal form. */
function elements(texts: readonly string[]) {
  const { algebra, model, forms } = operatorsOf(SYSTEM, texts);
  const expressions = model.baths[0]!.jumps.map((j): OperatorExpression => j.operator);
  return { algebra, model, forms: forms as readonly NormalForm[], expressions };
}

describe("words", () => {
  it("are equal, summed up, to the normal form that they were made of", () => {
    fc.assert(
      fc.property(operator, (text) => {
        const { algebra, model, forms } = elements([text]);
        const words = operatorWords(algebra, model);
        const presentation = { derived: { algebra, model }, space: algebra.space } as unknown as Presentation;
        for (const of of [words.expanded, words.compact]) {
          const sum = sumOperators(
            of(forms[0]!).map(({ word, coefficient }) =>
              scaleOperator(wordOperator(word, presentation), coefficient),
            ),
            algebra.space,
          );
          expect(areEqual(sum, forms[0]!), text).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("print what can be read back as the same operator", () => {
    fc.assert(
      fc.property(operator, (text) => {
        const { algebra, model, forms } = elements([text]);
        const printed = formulaText(
          wordsFormula(operatorWords(algebra, model).expanded(forms[0]!), notationOf(model)),
        );
        if (printed === "0") return;
        const [again] = elements([printed]).forms;
        expect(areEqual(again!, forms[0]!), `${text}\n${printed}`).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ["q.σx*q.σy", "i*q.σz"],
    ["m.a*m.a†", "m.a†*m.a + 1"],
    ["m.a^2*m.a†^2", "4*m.a†*m.a + m.a†^2*m.a^2 + 2"],
    ["m.N^2", "m.a†*m.a + m.a†^2*m.a^2"],
    ["r.L*exp(i*r.φ)", "exp(i*r.φ) + exp(i*r.φ)*r.L"],
    ["s.S⁺*s.S⁻ - s.S⁻*s.S⁺", "2*s.Sz"],
    ["f.c*f.c†", "-f.c†*f.c + 1"],
    ["d.c*f.c†", "-f.c†*d.c"],
    ["x.|a><a| + x.|b><b| + x.|c><c|", "1"],
    ["k.b*k.b†", "k.M + 1"],
  ])("%s is printed %s", (text, printed) => {
    const { algebra, model, forms } = elements([text]);
    const words = operatorWords(algebra, model).expanded(forms[0]!);
    expect(formulaText(wordsFormula(words, notationOf(model)))).toBe(printed);
  });
});

describe("passes keep the operator", () => {
  it("pushAdjoints leaves † on nothing but named operators; orderFactors sorts by subsystems", () => {
    fc.assert(
      fc.property(operator, (text) => {
        const { algebra, model, expressions, forms } = elements([text]);
        const isFermionic = (s: number) => model.subsystems[s]!.kind.isFermionic === true;
        const pushed = pushAdjoints(
          { kind: "adjoint", operand: { kind: "adjoint", operand: expressions[0]! } },
          () => undefined,
        );
        const hasOuterAdjoint = (e: OperatorExpression): boolean =>
          e.kind === "adjoint"
            ? e.operand.kind !== "named" && e.operand.kind !== "band"
            : e.kind === "sum"
              ? e.terms.some(hasOuterAdjoint)
              : e.kind === "product"
                ? e.factors.some(hasOuterAdjoint)
                : e.kind === "power" && hasOuterAdjoint(e.base);
        expect(hasOuterAdjoint(pushed), text).toBe(false);
        expect(areEqual(algebra.normalForm(pushed), forms[0]!), text).toBe(true);
        const ordered = orderFactors(pushed, isFermionic);
        expect(areEqual(algebra.normalForm(ordered), forms[0]!), text).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("an operator as it is written reads back as itself", () => {
    fc.assert(
      fc.property(operator, (text) => {
        const { algebra, model, expressions, forms } = elements([`(${text})†`, text]);
        const printed = expressions.map((e) => formulaText(asWritten(algebra, notationOf(model))(e)));
        const again = elements(printed).forms;
        for (const k of [0, 1]) expect(areEqual(again[k]!, forms[k]!), `${text}\n${printed[k]}`).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
