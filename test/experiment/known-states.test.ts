import { describe, expect, it } from "vitest";
import { equationSymbols } from "../../src/equation/equation-symbols.ts";
import { exploration } from "../../src/experiment/exploration.ts";
import { knownStates } from "../../src/experiment/known-states.ts";
import { compileParameters } from "../../src/model/parameter-values.ts";
import { number } from "../../src/scalar/scalar.ts";
import { evaluateQuantity } from "../../src/thermo/evaluate-quantity.ts";
import { settledSteadyState } from "../../src/truncate/settled-steady-state.ts";
import { QUANTITIES } from "../../src/vocabulary.ts";
import { compileClean } from "../model-text.ts";
import { steady } from "../physics/steady.ts";

const TEXT = `model pair
parameter B = 1
parameter λ = 0.2
parameter g = 0.1
parameter Ω = 5
parameter β1 = 2
parameter β2 = 0.5
parameter κ = 0.03
parameter α = 0.5
let s = g^2
let merit = α/κ
subsystem a, b : qubit
hamiltonian {
  free B*a.σz + b.σz
  interaction λ*(a.σ⁺*b.σ⁻ + h.c.)
}
bath cold : bosonic { β = β1; spectrum = ohmic(cutoff = Ω); couples s*a.σ⁻ }
bath hot : bosonic { β = β2; spectrum = ohmic(cutoff = Ω); couples g*b.σ⁻ }
bath noise : jumps { jump sqrt(κ)*a.σz }
equation quiet { global cold, hot }
equation noisy { global cold, hot; jumps noise }
quantity weighted = α*heat(hot) + energy_noise(hot)
`;
const { derived, model } = compileClean(TEXT);

/** A rotor that turns one way or the other, so that its windows are mirror images. */
const ROTOR = `model turning
parameter κ = 0
parameter α = 0
subsystem r : rotor
hamiltonian { free r.L^2/2 }
bath kicks : jumps { jump sqrt(1 + κ)*exp(i*r.φ); jump sqrt(1 - κ)*exp(-i*r.φ) }
bath load : jumps { β = 1
  jump sqrt(2)*(cos(r.φ) - i/4*sin(r.φ)*r.L)
  jump sqrt(2)*(sin(r.φ) + i/4*cos(r.φ)*r.L) }
equation turn { jumps kicks, load }
quantity momentum = mean(r.L) + 0*α
`;

const settled = (equation: number, changed: Readonly<Record<string, number>> = {}) => {
  const parameters = valuesWith(changed);
  return settledSteadyState(derived, derived.equations[equation]!, parameters, new Map(), () => {});
};

const valuesWith = (changed: Readonly<Record<string, number>>): Float64Array => {
  const settings = Object.entries(changed).map(([name, x]) => ({
    parameter: model.parameters.findIndex((p) => p.name === name),
    value: number(x),
    span: model.equations[0]!.span,
  }));
  return compileParameters(model.parameters).at([{ name: "test", settings }]);
};

const bits = (outcome: ReturnType<typeof settled>): string =>
  outcome.kind === "settled" ? JSON.stringify([...outcome.settled.point.state.unknowns]) : "failed";

describe("what an equation depends on", () => {
  it.each([0, 1])("is what changes its state, in equation %i", (place) => {
    const symbols = equationSymbols(derived.equations[place]!, model.baths, model.parameters);
    const before = bits(settled(place));
    for (const { name, symbol, role } of model.parameters) {
      if (role === "derived") continue;
      const after = bits(
        settled(place, { [name]: valuesWith({})[model.parameters.findIndex((p) => p.name === name)]! * 1.5 }),
      );
      expect([name, after !== before]).toEqual([name, symbols.has(symbol)]);
    }
  });

  it("holds what derived values are made of, and these themselves", () => {
    const symbols = equationSymbols(derived.equations[1]!, model.baths, model.parameters);
    const named = model.parameters.filter((p) => symbols.has(p.symbol)).map((p) => p.name);
    expect(named).toEqual(["B", "λ", "g", "Ω", "β1", "β2", "κ", "s"]);
  });
});

describe("known states", () => {
  const counted = () => {
    const known = knownStates(derived);
    let count = 0;
    const at = (changed: Readonly<Record<string, number>>, reference?: Float64Array) =>
      known.at(0, valuesWith(changed), reference, () => {
        count++;
        return settled(0, changed);
      });
    return { at, count: () => count };
  };

  it("are found once for all values of what the equation does not depend on", () => {
    const { at, count } = counted();
    const first = at({ α: 0 });
    expect([bits(at({ α: 1 })), bits(at({ κ: 1 }))]).toEqual([bits(first), bits(first)]);
    expect(count()).toBe(1);
    expect(bits(at({ β2: 0.6 }))).not.toBe(bits(first));
    expect(count()).toBe(2);
  });

  it("are others where the answers may depend on another reference", () => {
    const { at, count } = counted();
    at({}, valuesWith({ β2: 0.1 }));
    at({}, valuesWith({ β2: 0.1, α: 3 }));
    expect(count()).toBe(1);
    at({}, valuesWith({ β2: 0.2 }));
    expect(count()).toBe(2);
  });

  it("give noises as states that were found anew do, and list only what was asked of them", () => {
    const explore = exploration(derived, { standard: QUANTITIES });
    const weighted = model.quantities.find((q) => q.name === "weighted")!;
    const valueAt = (α: number) => {
      const settings = [
        {
          parameter: model.parameters.findIndex((p) => p.name === "α"),
          value: number(α),
          span: model.equations[0]!.span,
        },
      ];
      const explorer = explore([{ name: "test", settings }]);
      const solved = explorer.solve(0, []);
      if ("problem" in solved) throw new Error(solved.problem);
      const before = solved.settled.counted.found().length;
      const found = evaluateQuantity(weighted, explorer.context(0, [], solved.point));
      return { found, before, after: solved.settled.counted.found().length };
    };
    const [first, second] = [valueAt(0), valueAt(1)];
    const alone = steady(TEXT, { set: { α: 1 } });
    expect([first.before, first.after, second.before, second.after]).toEqual([0, 1, 0, 1]);
    expect(second.found).toEqual({ kind: "value", value: alone.of("weighted") });
  });

  it("keep what belongs to windows apart, also where these are equally wide", () => {
    const { derived, model } = compileClean(ROTOR);
    const explore = exploration(derived, { standard: QUANTITIES });
    const [kick, weight] = ["κ", "α"].map((name) => model.parameters.findIndex((p) => p.name === name));
    const span = model.equations[0]!.span;
    const valueAt = (κ: number, α: number) => {
      const settings = [
        { parameter: kick!, value: number(κ), span },
        { parameter: weight!, value: number(α), span },
      ];
      const explorer = explore([{ name: "test", settings }]);
      const solved = explorer.solve(0, []);
      if ("problem" in solved) throw new Error(solved.problem);
      const [window] = solved.settled.windows;
      const found = evaluateQuantity(model.quantities[0]!, explorer.context(0, [], solved.point));
      return { width: window!.last - window!.first, first: window!.first, found };
    };
    const [right, left] = [valueAt(0.5, 0), valueAt(-0.5, 0)];
    expect(left.width).toBe(right.width);
    expect(left.first).not.toBe(right.first);
    const again = [valueAt(0.5, 1), valueAt(-0.5, 1)].map(({ found }) => found);
    expect(again).toEqual([right.found, left.found]);
  });
});
