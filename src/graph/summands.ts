import type { OperatorExpression } from "../model/operator-expression.ts";
import { binary, number, type Scalar, view } from "../scalar/scalar.ts";

/** A product out of a sum: scalar factors, then operators that act on one subsystem each as far as they can be split. */
export interface Summand {
  /** Factors without products, quotients and signs of their own: J, 1/c, -1. */
  readonly scalars: readonly Scalar[];
  readonly factors: readonly OperatorExpression[];
  /** The subsystems it acts on, ascending. */
  readonly support: readonly number[];
}

/** A product of sums with more summands than this is left as it is. */
const MAX_SUMMANDS = 500;

/** A power of a sum over several subsystems is multiplied out up to this exponent. */
const MAX_EXPONENT = 4;

interface Factors {
  readonly scalars: readonly Scalar[];
  readonly factors: readonly OperatorExpression[];
}

/**
 * The summands of an operator: sums over several subsystems are multiplied out, sums on one subsystem inside a product
 * stay one factor, as g*(a + a†)*σx.
 * Pre: adjoints pushed inwards. Post: the sum of the summands is the operator.
 */
export const summandsOf = (expression: OperatorExpression): Summand[] =>
  expand(expression).map(({ scalars, factors }) => ({
    scalars: scalars.flatMap((s) => scalarFactors(s)),
    factors,
    support: [...new Set(factors.flatMap(supportOf))].sort((a, b) => a - b),
  }));

function expand(e: OperatorExpression): Factors[] {
  switch (e.kind) {
    case "scalar":
      return [{ scalars: [e.value], factors: [] }];
    case "sum":
      return e.terms.flatMap(expand);
    case "product":
      return productOf(e.factors.map(expandFactor)) ?? [{ scalars: [], factors: [e] }];
    case "power": {
      const copies = Array.from({ length: e.exponent }, () => e.base);
      const isSplit = supportOf(e.base).length > 1 && e.exponent <= MAX_EXPONENT;
      return isSplit ? expand({ kind: "product", factors: copies }) : [{ scalars: [], factors: [e] }];
    }
    default:
      return [{ scalars: [], factors: [e] }];
  }
}

const expandFactor = (e: OperatorExpression): Factors[] =>
  e.kind === "sum" && supportOf(e).length === 1 ? [{ scalars: [], factors: [e] }] : expand(e);

/** The products of one summand of each list; undefined where there are too many. */
function productOf(lists: readonly (readonly Factors[])[]): Factors[] | undefined {
  const count = lists.reduce((product, list) => product * list.length, 1);
  if (count > MAX_SUMMANDS && lists.filter((list) => list.length > 1).length > 1) return undefined;
  return lists.reduce<Factors[]>(
    (products, list) =>
      products.flatMap((left) =>
        list.map((right) => ({
          scalars: [...left.scalars, ...right.scalars],
          factors: [...left.factors, ...right.factors],
        })),
      ),
    [{ scalars: [], factors: [] }],
  );
}

/** A scalar as a product of factors; what divides becomes 1/x. */
function scalarFactors(scalar: Scalar, isBelow = false): Scalar[] {
  const v = view(scalar);
  if (v.kind === "negative") return [number(-1), ...scalarFactors(v.operand, isBelow)];
  if (v.kind === "binary" && (v.operator === "*" || v.operator === "/")) {
    const isRightBelow = v.operator === "*" ? isBelow : !isBelow;
    return [...scalarFactors(v.left, isBelow), ...scalarFactors(v.right, isRightBelow)];
  }
  if (v.kind === "number" && v.value === 1) return [];
  if (v.kind === "number" && v.value < 0) return [number(-1), ...scalarFactors(number(-v.value), isBelow)];
  return [isBelow ? binary("/", number(1), scalar) : scalar];
}

/** The subsystems that an operator acts on by its form, each once. */
export function supportOf(e: OperatorExpression): number[] {
  switch (e.kind) {
    case "scalar":
      return [];
    case "named":
    case "phase":
    case "unit":
    case "band":
      return [e.subsystem];
    case "trigonometric":
      return e.multiples.map(([subsystem]) => subsystem);
    case "sum":
      return [...new Set(e.terms.flatMap(supportOf))];
    case "product":
      return [...new Set(e.factors.flatMap(supportOf))];
    case "adjoint":
      return supportOf(e.operand);
    case "power":
      return supportOf(e.base);
  }
}
