import type { Model, Parameter } from "../model/model.ts";
import { parameterSymbol } from "../model/model.ts";
import type { OperatorExpression } from "../model/operator-expression.ts";
import { canonicalKey } from "../scalar/canonical.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import { binary, call, negative, type Scalar, symbol, symbolsOf, view } from "../scalar/scalar.ts";
import { derivedParameter } from "./derived-parameter.ts";

/** A model whose coefficients hold no sums inside products. */
export interface OpaqueModel {
  readonly model: Model;
  /** What the new parameters stand for, by their symbols. */
  readonly sums: ReadonlyMap<string, Scalar>;
}

/**
 * Gives each sum that is a factor of a coefficient, such as 1 − χ in g(1 − χ)σ⁻, a parameter of its own, so that the
 * algebra carries it along instead of multiplying it out. Equal sums share one.
 */
export function withOpaqueSums(model: Model): OpaqueModel {
  const added: Parameter[] = [];
  const byKey = new Map<string, string>();
  const sums = new Map<string, Scalar>();
  const span = model.parameters[0]?.span ?? model.subsystems[0]!.span;
  const opaque = (sum: Scalar): Scalar => {
    if (view(sum).kind !== "binary" || !isReal(sum)) return sum;
    const key = canonicalKey(canonicalFromScalar(sum));
    let name = byKey.get(key);
    if (name === undefined) {
      const place = model.parameters.length + added.length;
      name = parameterSymbol(place);
      byKey.set(key, name);
      sums.set(name, sum);
      added.push(derivedParameter(place, `(${name})`, sum, span));
    }
    return symbol(name);
  };
  const operator = (e: OperatorExpression): OperatorExpression =>
    mapScalars(e, (s) => withoutInnerSums(s, opaque));
  const mapped: Model = {
    ...model,
    hamiltonian: model.hamiltonian.map((t) => ({ ...t, operator: operator(t.operator) })),
    frame: model.frame.map((t) => ({ ...t, operator: operator(t.operator) })),
    baths: model.baths.map((b) => ({
      ...b,
      couplings: b.couplings.map((c) => ({ ...c, operator: operator(c.operator) })),
      jumps: b.jumps.map((j) => ({ ...j, operator: operator(j.operator) })),
    })),
  };
  return { model: { ...mapped, parameters: [...model.parameters, ...added] }, sums };
}

const isReal = (node: Scalar): boolean => !symbolsOf(node).has("i");

/** Replaces sums below products, quotients and powers; a sum that is the whole coefficient counts as a factor, too. */
function withoutInnerSums(node: Scalar, opaque: (sum: Scalar) => Scalar): Scalar {
  const visit = (n: Scalar): Scalar => withoutInnerSums(n, opaque);
  const v = view(node);
  switch (v.kind) {
    case "negative":
      return negative(visit(v.operand));
    case "call":
      return call(v.name, ...v.operands);
    case "binary":
      if (v.operator === "+" || v.operator === "-") return opaque(node);
      if (v.operator === "^") return binary("^", visit(v.left), v.right);
      return binary(v.operator, visit(v.left), visit(v.right));
    default:
      return node;
  }
}

function mapScalars(e: OperatorExpression, f: (s: Scalar) => Scalar): OperatorExpression {
  switch (e.kind) {
    case "scalar":
      return { kind: "scalar", value: f(e.value) };
    case "sum":
      return { kind: "sum", terms: e.terms.map((t) => mapScalars(t, f)) };
    case "product":
      return { kind: "product", factors: e.factors.map((t) => mapScalars(t, f)) };
    case "adjoint":
      return { kind: "adjoint", operand: mapScalars(e.operand, f) };
    case "power":
      return { ...e, base: mapScalars(e.base, f) };
    default:
      return e;
  }
}
