import type { DerivedModel } from "../equation/derive.ts";
import { pointCheck } from "../model/check-values.ts";
import type { Quantity, SweepDefinition, Variant } from "../model/model.ts";
import { compileParameters } from "../model/parameter-values.ts";
import { number } from "../scalar/scalar.ts";
import { evaluateQuantity } from "../thermo/evaluate-quantity.ts";
import type { QuantityValue, StandardQuantity } from "../thermo/quantity.ts";
import { type Explorer, exploration, type Solved, type Unsolved } from "./exploration.ts";
import { pointsOf, type Values } from "./grid.ts";
import type { KnownStates } from "./known-states.ts";

/** A point of an experiment's equation with its steady state, or why there is none. */
export type ExperimentPoint =
  | { readonly kind: "unsolved"; readonly unsolved: Unsolved }
  | {
      readonly kind: "solved";
      readonly values: Values;
      readonly solved: Solved;
      readonly quantity: (quantity: Quantity) => QuantityValue;
    };

/** An experiment's equations, ready to be solved at any values of some parameters on top of its settings. */
export interface ExperimentPoints {
  /** `place` is that of an equation in the model. */
  readonly at: (place: number, values: Values) => ExperimentPoint;
  /** All parameters there, solvable or not. */
  readonly parametersAt: (values: Values) => Float64Array;
}

/**
 * What does not depend on the parameters is made once for all points. A steady state depends on its own parameters and on
 * those of the first point of the grid (`settledSteadyState`), so that points may be solved in any order and anywhere, and
 * states that other experiments have found (`known`) may serve, too.
 */
export function experimentPoints(
  derived: DerivedModel,
  definition: SweepDefinition,
  standard: ReadonlyMap<string, StandardQuantity>,
  known?: KnownStates,
): ExperimentPoints {
  const { model } = derived;
  const { name, settings, span, axes } = definition;
  const parameters = compileParameters(model.parameters);
  const problemOf = pointCheck(model);
  const base: Variant = { name, settings };
  const variantsAt = (values: Values): readonly Variant[] => [
    base,
    { name, settings: values.map(([parameter, value]) => ({ parameter, value: number(value), span })) },
  ];
  const [first = []] = pointsOf(axes, parameters.at([base]));
  const reference = parameters.at(variantsAt(first));
  const explore = exploration(derived, {
    standard,
    ...(problemOf(reference) === undefined && { reference }),
    ...(known && { known }),
  });
  return {
    parametersAt: (values) => parameters.at(variantsAt(values)),
    at: (place, values) => {
      const variants = variantsAt(values);
      const problem = problemOf(parameters.at(variants));
      if (problem !== undefined) {
        const advice = "leave the point out of the grid";
        return { kind: "unsolved", unsolved: { code: "E501", problem, advice } };
      }
      const explorer = explore(variants);
      const solved = explorer.solve(place, []);
      return "problem" in solved
        ? { kind: "unsolved", unsolved: solved }
        : { kind: "solved", values, solved, quantity: quantityAt(explorer, place, solved) };
    },
  };
}

function quantityAt(explorer: Explorer, place: number, { point }: Solved) {
  const context = explorer.context(place, [], point);
  return (quantity: Quantity): QuantityValue => evaluateQuantity(quantity, context);
}

/** The value of a quantity where it has one that is finite. */
export function finiteValue(point: ExperimentPoint, quantity: Quantity): number | undefined {
  if (point.kind === "unsolved") return undefined;
  const found = point.quantity(quantity);
  return found.kind === "value" && Number.isFinite(found.value) ? found.value : undefined;
}
