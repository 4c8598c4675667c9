import type { OperatorExpression } from "../../model/operator-expression.ts";

/**
 * Brings the factors of products into the order of the subsystems, scalars first. Factors of one subsystem, and those
 * of fermionic modes among themselves, keep their order, since they need not commute.
 * Pre: none. Post: an equal expression; in each product scalars come before operators, nested products are joined, and
 * neighbouring single-subsystem factors are sorted.
 */
export function orderFactors(
  expression: OperatorExpression,
  isFermionic: (subsystem: number) => boolean,
): OperatorExpression {
  const visit = (e: OperatorExpression): OperatorExpression => orderFactors(e, isFermionic);
  switch (expression.kind) {
    case "sum":
      return { kind: "sum", terms: expression.terms.map(visit) };
    case "power":
      return { ...expression, base: visit(expression.base) };
    case "adjoint":
      return { kind: "adjoint", operand: visit(expression.operand) };
    case "product": {
      const factors = expression.factors.map(visit).flatMap((f) => (f.kind === "product" ? f.factors : [f]));
      const scalars = factors.filter((f) => f.kind === "scalar");
      const operators = factors.filter((f) => f.kind !== "scalar");
      return { kind: "product", factors: [...scalars, ...sortedRuns(operators, isFermionic)] };
    }
    default:
      return expression;
  }
}

/** Sorts runs of factors that each act on one subsystem; sums and other factors stay where they are. */
function sortedRuns(
  factors: readonly OperatorExpression[],
  isFermionic: (subsystem: number) => boolean,
): OperatorExpression[] {
  const sorted: OperatorExpression[] = [];
  let run: { readonly place: number; readonly factor: OperatorExpression }[] = [];
  const flush = (): void => {
    // modes move as one, to the place of the first of them
    const modes = Math.min(...run.filter((r) => isFermionic(r.place)).map((r) => r.place));
    const key = (place: number): number => (isFermionic(place) ? modes : place);
    run.sort((a, b) => key(a.place) - key(b.place));
    sorted.push(...run.map((r) => r.factor));
    run = [];
  };
  for (const factor of factors) {
    const place = subsystemOf(factor);
    if (place === undefined) {
      flush();
      sorted.push(factor);
    } else run.push({ place, factor });
  }
  flush();
  return sorted;
}

/** The one subsystem that a factor acts on by its form. */
function subsystemOf(factor: OperatorExpression): number | undefined {
  switch (factor.kind) {
    case "named":
    case "phase":
    case "unit":
    case "band":
      return factor.subsystem;
    case "adjoint":
      return subsystemOf(factor.operand);
    case "power":
      return subsystemOf(factor.base);
    case "trigonometric":
      return factor.multiples.length === 1 ? factor.multiples[0]![0] : undefined;
    default:
      return undefined;
  }
}
