import { type AsWritten, asWritten } from "../algebra/as-written.ts";
import { operatorAlgebra } from "../algebra/graph-normal-form.ts";
import { notationOf } from "../algebra/notation.ts";
import { type AdjointNames, pushAdjoints } from "../algebra/passes/push-adjoints.ts";
import type { Formula } from "../formula/formula.ts";
import { formulaText } from "../formula/formula-text.ts";
import type { Model } from "../model/model.ts";
import { type OperatorExpression, onSubsystem } from "../model/operator-expression.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { type Summand, supportOf } from "./summands.ts";

/** How the operators of one model become the formulas of its graph. */
export interface GraphWriting {
  /** The operator with its adjoints pushed inwards. */
  readonly expand: (expression: OperatorExpression) => OperatorExpression;
  /** In the notation of the whole model: σ₁⁺σ₂⁻. */
  readonly whole: AsWritten;
  readonly scalar: (value: Scalar) => Formula;
  /** A summand on one subsystem, without the subsystem's index: B₁σᶻ. */
  readonly local: (summand: Pick<Summand, "scalars" | "factors">, subsystem: number) => Formula;
  /** What factors do to one subsystem: the product of those on it, its parts where it cannot be told from others. */
  readonly productOn: (factors: readonly OperatorExpression[], subsystem: number) => Formula[];
  /** The distinct operators on one subsystem that factors are made of: cos φ, sin φ, L. */
  readonly letters: (factors: readonly OperatorExpression[], subsystem: number) => Formula[];
}

/** Looks at each subsystem's kind once. */
export function graphWriting(model: Model): GraphWriting {
  const whole = asWritten(operatorAlgebra(model), notationOf(model));
  const alone = model.subsystems.map((subsystem) => {
    // alone in its model, a subsystem's operators need no index
    const single = { ...model, subsystems: [subsystem] };
    return asWritten(operatorAlgebra(single), notationOf(single));
  });
  const names = adjointNames(whole);
  const on = (subsystem: number, factors: readonly OperatorExpression[]): Formula =>
    alone[subsystem]!(onSubsystem({ kind: "product", factors }, 0));
  return {
    expand: (expression) => pushAdjoints(expression, names),
    whole,
    scalar: (value) => whole({ kind: "scalar", value }),
    local: ({ scalars, factors }, subsystem) =>
      on(subsystem, [...scalars.map((value) => ({ kind: "scalar", value }) as const), ...factors]),
    productOn: (factors, subsystem) => {
      const own = factors.filter((f) => supportOf(f).includes(subsystem));
      const isApart = own.every((f) => supportOf(f).length === 1);
      return isApart ? [on(subsystem, own)] : distinct(lettersOf(own, subsystem, on));
    },
    letters: (factors, subsystem) => distinct(lettersOf(factors, subsystem, on)),
  };
}

/** The names of adjoints as the written form finds them. */
function adjointNames(written: AsWritten): AdjointNames {
  return (subsystem, name) => {
    const adjoint = written({ kind: "adjoint", operand: { kind: "named", subsystem, name } });
    return adjoint.kind === "operator" && adjoint.name.kind === "named" ? adjoint.name.name : undefined;
  };
}

type On = (subsystem: number, factors: readonly OperatorExpression[]) => Formula;

function lettersOf(factors: readonly OperatorExpression[], subsystem: number, on: On): Formula[] {
  return factors.flatMap((e): Formula[] => {
    if (!supportOf(e).includes(subsystem)) return [];
    switch (e.kind) {
      case "sum":
        return lettersOf(e.terms, subsystem, on);
      case "product":
        return lettersOf(e.factors, subsystem, on);
      case "power":
        return e.base.kind === "sum" || e.base.kind === "product"
          ? lettersOf([e.base], subsystem, on)
          : [on(subsystem, [e])];
      case "trigonometric": {
        // cos(φ₁ − φ₂) turns φ₁ by e^{iφ} and φ₂ by e^{−iφ}, and back
        const multiple = e.multiples.find(([s]) => s === subsystem)![1];
        return [on(subsystem, [e.multiples.length === 1 ? e : { kind: "phase", subsystem, multiple }])];
      }
      default:
        return [on(subsystem, [e])];
    }
  });
}

/** The formulas without those that read the same as an earlier one. */
export function distinct(formulas: readonly Formula[]): Formula[] {
  return [...new Map(formulas.map((f) => [formulaText(f), f])).values()];
}
