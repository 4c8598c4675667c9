import { describe, expect, it } from "vitest";
import { experimentPoints, finiteValue } from "../../src/experiment/experiment-points.ts";
import { knownStates } from "../../src/experiment/known-states.ts";
import { optimumOf } from "../../src/experiment/optimum.ts";
import type { OptimumDefinition } from "../../src/model/model.ts";
import { QUANTITIES } from "../../src/vocabulary.ts";
import { compileClean } from "../model-text.ts";
import { modelText } from "./steady.ts";

const { model, derived } = compileClean(modelText("rotor-qubit"));
const known = knownStates(derived);
const place = (name: string): number => model.parameters.findIndex((p) => p.name === name);

/** Γ of an experiment with optima as a function of χ, and what the experiment finds. */
function optimum(experiment: string, β2: number, α: number) {
  const definition = model.sweeps.find((s) => s.name === experiment)!;
  const search = definition.searches[0] as OptimumDefinition;
  const points = experimentPoints(derived, definition, QUANTITIES, known);
  const values = [[place("β2"), β2] as const, [place("α"), α] as const];
  const [equation] = definition.equations;
  return {
    gamma: (χ: number): number =>
      finiteValue(points.at(equation!, [...values, [place("χ"), χ]]), search.objective)!,
    findings: optimumOf(search, equation!, values, points).findings.map(
      ({ values: at, value, optimum: o }) => ({
        χ: at.find(([p]) => p === place("χ"))![1],
        value,
        isInside: o!.atEnds.length === 0,
      }),
    ),
  };
}

/** dΓ/dχ from four points, to the fourth order of their distance. */
const slope = (f: (x: number) => number, x: number, h = 1e-3): number =>
  (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);

const SEARCHES = ["heat_optima", "momentum_optima"].flatMap((experiment) =>
  [0.01, 0.03, 0.06].flatMap((β2) => [0, 0.5, 1].map((α) => [experiment, β2, α] as const)),
);

describe("the dots of Figs. 4 and 5", () => {
  it("that lie inside are higher than a fine grid around them, and where the slope vanishes", () => {
    let inside = 0;
    for (const [experiment, β2, α] of SEARCHES) {
      const { gamma, findings } = optimum(experiment, β2, α);
      for (const { χ, value, isInside } of findings) {
        if (!isInside) continue;
        inside++;
        const which = `${experiment} β2 = ${β2} α = ${α}`;
        for (const k of [-2, -1, 1, 2]) expect(gamma(χ + k * 1e-4), which).toBeLessThan(value);
        const [below, above] = [χ - 3e-5, χ + 3e-5];
        const [s, t] = [slope(gamma, below), slope(gamma, above)];
        expect([Math.sign(s), Math.sign(t)], which).toEqual([1, -1]);
        // Γ is known to 10⁻¹¹, its slope to 10⁻⁸
        expect(Math.abs(below + (s / (s - t)) * (above - below) - χ), which).toBeLessThan(2e-7);
      }
    }
    // all but R_angular alone, which has none
    expect(inside).toBe(15);
  });
});
