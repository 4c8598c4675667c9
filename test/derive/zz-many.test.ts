import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formulaText } from "../../src/formula/formula-text.ts";
import { compile } from "../../src/pipeline.ts";
import { type DeriveOutcome, deriveFormulas, operatorsIn } from "../../src/run-derive.ts";
import {
  type Complex,
  complex,
  type Dense,
  dissipate,
  evolve,
  largest,
  plus,
  scaled,
  times,
  traceOfProduct,
  zeros,
} from "./dense.ts";
import { matrixOfFormula, matrixOfText, type Setting, scalarOfText } from "./evaluate-text.ts";
import { type RandomMachine, randomMachine } from "./random-machine.ts";
import { randomState } from "./textbook.ts";

/** Everything that can be derived of a machine. */
function derive(machine: RandomMachine, of: readonly string[] = []) {
  const compiled = compile(
    { name: "random.thermill", text: machine.text },
    { sets: [], quantities: [], operators: operatorsIn(of), readLibrary: () => undefined },
  );
  const errors = compiled.diagnostics.filter((d) => d.severity === "error");
  if (errors.length > 0) throw new Error(`${errors.map((d) => d.message).join("\n")}\n${machine.text}`);
  const outcome = deriveFormulas(compiled, { of, closure: { kind: "none" } });
  if (outcome.status !== "good") throw new Error(outcome.status);
  return outcome;
}

type Derived = Extract<DeriveOutcome, { status: "good" }>;

/** The setting in which formulas are evaluated: parameters, with abbreviations by their definitions. */
function settingOf(machine: RandomMachine, { definitions }: Derived): Setting {
  let state = machine.seed;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const parameters: Record<string, number> = { ...machine.parameters };
  const rho = randomState(machine.parts, machine.inside, random);
  const setting: Setting = { parts: machine.parts, parameters, rho };
  for (const { left, right } of definitions) {
    parameters[formulaText(left)] = scalarOfText(formulaText(right[0]!), setting).re;
  }
  return setting;
}

/** Σ rate·D[jump]ρ of a bath. */
const dissipated = (bath: RandomMachine["baths"][number], setting: Setting): Dense =>
  bath.jumps
    .map(({ operator, rate }) =>
      scaled(dissipate(matrixOfText(operator, setting), setting.rho), complex(rate)),
    )
    .reduce(plus, zeros(setting.rho.size));

function expectClose(formula: Complex, matrices: Complex, scale: number, what: string): void {
  const error = Math.hypot(formula.re - matrices.re, formula.im - matrices.im);
  expect(error / Math.max(scale, 1e-3), what).toBeLessThan(1e-12);
}

const RUNS = 600;

describe("formulas of random machines of all kinds, against matrices", () => {
  it("heat and work of each bath", () => {
    fc.assert(
      fc.property(randomMachine, (machine) => {
        const derived = derive(machine);
        const setting = settingOf(machine, derived);
        const parts = [
          matrixOfText(machine.free, setting),
          matrixOfText(machine.interaction, setting),
        ] as const;
        let total = 0;
        for (const [k, bath] of machine.baths.entries()) {
          const change = dissipated(bath, setting);
          for (const [name, operator] of [
            [`heat(b${k})`, parts[0]],
            [`work(b${k})`, parts[1]],
          ] as const) {
            const formula = derived.derivations.find((d) => d.name === name)!.equations[0]!.right.at(-1)!;
            const exact = traceOfProduct(operator, change);
            const scale = largest(operator) * largest(change);
            expectClose(
              scalarOfText(formulaText(formula), setting),
              exact,
              scale,
              `${name}\n${machine.text}`,
            );
            if (name.startsWith("work") && bath.kind !== "jumps") total += exact.re;
          }
        }
        const work = derived.derivations.find((d) => d.name === "work")!.equations[0]!.right.at(-1)!;
        expectClose(
          scalarOfText(formulaText(work), setting),
          complex(total),
          largest(parts[1]),
          machine.text,
        );
      }),
      { numRuns: RUNS },
    );
  });

  it("dissipators, in each of the forms that are printed", () => {
    fc.assert(
      fc.property(randomMachine, (machine) => {
        const derived = derive(machine, ["dissipators"]);
        const setting = settingOf(machine, derived);
        const equations = derived.derivations[0]!.equations.slice(1);
        // the equation lists local baths first
        const order = [...machine.baths.entries()].sort(
          ([, a], [, b]) => Number(a.kind === "jumps") - Number(b.kind === "jumps"),
        );
        for (const [place, [, bath]] of order.entries()) {
          const exact = dissipated(bath, setting);
          const { right } = equations[place]!;
          // the jumps of a rotor have a second form
          if (bath.kind === "jumps") expect(right.length).toBe(2);
          for (const formula of right) {
            const difference = plus(
              matrixOfFormula(formula, setting, formulaText),
              scaled(exact, complex(-1)),
            );
            expect(largest(difference), formulaText(formula)).toBeLessThan(
              1e-12 * Math.max(1, largest(exact)),
            );
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("equations of motion", () => {
    fc.assert(
      fc.property(randomMachine, (machine) => {
        const derived = derive(
          machine,
          machine.operators.map((o) => `d<${o}>/dt`),
        );
        const setting = settingOf(machine, derived);
        const hamiltonian = plus(
          matrixOfText(machine.free, setting),
          matrixOfText(machine.interaction, setting),
        );
        const rate = machine.baths
          .map((b) => dissipated(b, setting))
          .reduce(plus, evolve(hamiltonian, setting.rho));
        for (const [k, text] of machine.operators.entries()) {
          const operator = matrixOfText(text, setting);
          const formula = derived.derivations[k]!.equations[0]!.right[0]!;
          const scale = largest(operator) * Math.max(largest(times(hamiltonian, setting.rho)), largest(rate));
          expectClose(
            scalarOfText(formulaText(formula), setting),
            traceOfProduct(operator, rate),
            scale,
            `${text}: ${formulaText(formula)}\n${machine.text}`,
          );
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("the Hamiltonian as it is printed", () => {
    fc.assert(
      fc.property(randomMachine, (machine) => {
        const derived = derive(machine, ["hamiltonian"]);
        const setting = settingOf(machine, derived);
        const [, free, interaction] = derived.derivations[0]!.equations;
        for (const [equation, text] of [
          [free!, machine.free],
          [interaction!, machine.interaction],
        ] as const) {
          const printed = matrixOfText(formulaText(equation.right[0]!), setting);
          const difference = plus(printed, scaled(matrixOfText(text, setting), complex(-1)));
          expect(largest(difference), formulaText(equation.right[0]!)).toBeLessThan(1e-12);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
