import {
  bandOperator,
  type Factor,
  levelSymbol,
  type NormalForm,
  type Space,
  scaleOperator,
  sumOperators,
  type Term,
  unitOperator,
} from "../algebra/normal-form.ts";
import type { Model } from "../model/model.ts";
import { constant, multiply, symbolCanonical } from "../scalar/canonical.ts";

/** A number-like operator K of one subsystem: σz/2, Sz, N, L, n, or the projector on a level. */
export interface NumberOperator {
  readonly subsystem: number;
  /** The level of a `levels` subsystem whose projector it is. */
  readonly level?: number;
}

/** The number-like operators of a model; of the projectors on the levels of a subsystem all but the first. */
export function numberOperators(model: Model): NumberOperator[] {
  return model.subsystems.flatMap(({ kind }, subsystem) => {
    if (kind.name !== "levels" || kind.basis.kind !== "finite") return [{ subsystem }];
    return kind.basis.labels.slice(1).map((_, k) => ({ subsystem, level: k + 1 }));
  });
}

/** By how much a term changes each number-like operator, on the copy of the space that begins at a place. */
export function displacements(
  operators: readonly NumberOperator[],
  model: Model,
): (factors: Term["factors"], copy?: number) => readonly number[] {
  return (factors, copy = 0) =>
    operators.map((operator) => {
      const factor = factors.get(operator.subsystem + copy);
      return factor ? change(factor, operator, model) : 0;
    });
}

function change(factor: Factor, operator: NumberOperator, model: Model): number {
  if (factor.kind === "shift") return factor.by;
  return numberAt(factor.row, operator, model) - numberAt(factor.column, operator, model);
}

/** The value of a number-like operator at a level, up to a constant: levels of qubits and spins count downwards. */
export function numberAt(level: number, { subsystem, level: own }: NumberOperator, model: Model): number {
  if (own !== undefined) return level === own ? 1 : 0;
  const { name } = model.subsystems[subsystem]!.kind;
  return name === "qubit" || name === "spin" ? -level : level;
}

/** Σ coefficients[k]·K_k, up to a constant. */
export function numberCombination(
  operators: readonly NumberOperator[],
  coefficients: readonly number[],
  model: Model,
  space: Space,
): NormalForm {
  const parts = operators.flatMap((operator, k) => {
    const by = coefficients[k]!;
    if (by === 0) return [];
    const { subsystem, level } = operator;
    const basis = space[subsystem]!;
    const own = symbolCanonical(levelSymbol(subsystem));
    if (basis.kind === "infinite") return [bandOperator(subsystem, 0, multiply(constant(by), own), space)];
    if (level === undefined) {
      const sign = numberAt(1, operator, model);
      return [bandOperator(subsystem, 0, multiply(constant(by * sign), own), space)];
    }
    return [scaleOperator(unitOperator(subsystem, level, level, space), constant(by))];
  });
  return sumOperators(parts, space);
}
