import { compileReal } from "../scalar/compile.ts";
import { binary, number, type Scalar, symbol, symbolsOf } from "../scalar/scalar.ts";
import { asciiName } from "../source/name.ts";
import type { Expression, MatrixUnitExpression, SumExpression } from "../syntax/ast.ts";
import { addValues, multiplyValues } from "./arithmetic.ts";
import { type Elaboration, type Scope, withLocals } from "./elaboration.ts";
import { LEVEL, type OperatorExpression } from "./operator-expression.ts";
import type { Basis } from "./subsystem-kind.ts";
import { realOf, wholeNumber } from "./typed-values.ts";
import { describeValue, integerValueOf, realValue, UNKNOWN, type Value } from "./value.ts";

/** `atom.|x><e|`, or `|0><1|` inside a kind. */
export function evaluateMatrixUnit(
  expression: MatrixUnitExpression,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  const place = unitPlace(expression, scope, elaboration);
  if (!place) return UNKNOWN;
  const [row] = expression.row;
  const [column] = expression.column;
  if (!row || !column || expression.row.length > 1 || expression.column.length > 1) {
    elaboration.report("E225", expression.span, "a matrix unit of one subsystem has one label on each side");
    return UNKNOWN;
  }
  const rowLevel = levelOf(row, place.basis, place.name, scope, elaboration);
  const columnLevel = levelOf(column, place.basis, place.name, scope, elaboration);
  if (rowLevel === undefined || columnLevel === undefined) return UNKNOWN;
  return {
    kind: "operator",
    expression: { kind: "unit", subsystem: place.subsystem, row: rowLevel, column: columnLevel },
  };
}

function unitPlace(
  expression: MatrixUnitExpression,
  scope: Scope,
  elaboration: Elaboration,
): { subsystem: number; basis: Basis; name: string } | undefined {
  if (!expression.object) {
    if (scope.kind) return { subsystem: 0, basis: scope.kind.basis, name: "this kind" };
    elaboration.report("E204", expression.span, "which subsystem's levels are these?", {
      fix: "write the subsystem before: atom.|g><e|",
    });
    return undefined;
  }
  const object = elaboration.evaluate(expression.object, scope, elaboration);
  if (object.kind === "subsystem") {
    const { kind, name } = elaboration.subsystems[object.index]!;
    return { subsystem: object.index, basis: kind.basis, name };
  }
  if (object.kind !== "unknown") {
    elaboration.report(
      "E204",
      expression.object.span,
      `${describeValue(object)} has no levels; subsystems have`,
    );
  }
  return undefined;
}

/** The place of a label in a basis: a word for finite bases, a whole number for any. */
export function levelOf(
  label: Expression,
  basis: Basis,
  owner: string,
  scope: Scope,
  elaboration: Elaboration,
): number | undefined {
  if (basis.kind === "finite" && basis.labels.some((l) => l.includes("/"))) {
    return halfWholeLevel(label, basis.labels, owner, scope, elaboration);
  }
  if (basis.kind === "finite" && label.kind === "name" && !scope.locals.has(label.name.ascii)) {
    const place = basis.labels.findIndex((l) => asciiName(l) === label.name.ascii);
    if (place >= 0) return place;
    reportLabel(label.name.text, label, basis, owner, elaboration);
    return undefined;
  }
  const level = wholeNumber(label, scope, elaboration);
  if (level === undefined) return undefined;
  if (basis.kind === "finite") {
    const place = basis.labels.indexOf(String(level));
    if (place >= 0) return place;
  } else if (level >= basis.from && level <= basis.to) return level;
  reportLabel(String(level), label, basis, owner, elaboration);
  return undefined;
}

/** The level m of a half-integer spin: labels are 3/2, 1/2, -1/2, … */
function halfWholeLevel(
  label: Expression,
  labels: readonly string[],
  owner: string,
  scope: Scope,
  elaboration: Elaboration,
): number | undefined {
  const m = realOf(label, scope, elaboration);
  if (!m) return undefined;
  const isConstant = ![...symbolsOf(m.node)].some((s) => /^p\d/.test(s));
  const value = isConstant ? compileReal(m.node, () => -1)([]) : Number.NaN;
  const place = labels.indexOf(`${2 * value}/2`);
  if (place >= 0) return place;
  reportLabel(
    isConstant ? String(value) : "of a parameter",
    label,
    { kind: "finite", labels },
    owner,
    elaboration,
  );
  return undefined;
}

function reportLabel(
  text: string,
  label: Expression,
  basis: Basis,
  owner: string,
  elaboration: Elaboration,
): void {
  const has =
    basis.kind === "finite"
      ? basis.labels.join(", ")
      : `${basis.from}..${basis.to}`.replaceAll("Infinity", "inf");
  elaboration.report("E225", label.span, `${owner} has no level '${text}'; its levels are ${has}`);
}

/**
 * `sum(n) f(n)*|n+k><n|` inside a kind: one band for every summand of the body. The labels must be the level variable
 * shifted by whole numbers.
 */
export function evaluateBandSum(expression: SumExpression, scope: Scope, elaboration: Elaboration): Value {
  if (!scope.kind) {
    elaboration.report(
      "E204",
      expression.span,
      "a sum without a range is for the levels of a kind's own basis",
      {
        fix: "write sum(j in 1..N) …",
      },
    );
    return UNKNOWN;
  }
  return bandsOf(expression.body, expression.variable.ascii, scope, elaboration);
}

function bandsOf(body: Expression, variable: string, scope: Scope, elaboration: Elaboration): Value {
  const { report } = elaboration;
  if (body.kind === "group") return bandsOf(body.inner, variable, scope, elaboration);
  if (body.kind === "binary" && (body.operator === "+" || body.operator === "-")) {
    const left = bandsOf(body.left, variable, scope, elaboration);
    const right = bandsOf(body.right, variable, scope, elaboration);
    return addValues(left, right, body.operator, body.span, report);
  }
  if (body.kind === "matrixUnit" && !body.object) return bandUnit(body, variable, scope, elaboration);
  if (body.kind === "binary" && (body.operator === "*" || body.operator === "/")) {
    const holdsUnit = containsUnit(body.left);
    const bands = bandsOf(holdsUnit ? body.left : body.right, variable, scope, elaboration);
    const factor = elaboration.evaluate(
      holdsUnit ? body.right : body.left,
      levelScope(scope, variable),
      elaboration,
    );
    if (bands.kind !== "operator" || factor.kind !== "scalar")
      return multiplyValues(bands, factor, body.span, report);
    const node = body.operator === "/" ? binary("/", number(1), factor.node) : factor.node;
    return { kind: "operator", expression: scaleBands(bands.expression, node) };
  }
  report("E204", body.span, "a band is a factor of the level times |n+k><n|, as in sum(n) sqrt(n)*|n-1><n|");
  return UNKNOWN;
}

const containsUnit = (e: Expression): boolean =>
  e.kind === "matrixUnit" ||
  (e.kind === "group" && containsUnit(e.inner)) ||
  (e.kind === "binary" && (containsUnit(e.left) || containsUnit(e.right)));

const levelScope = (scope: Scope, variable: string): Scope =>
  withLocals(scope, [[variable, realValue(symbol(LEVEL))]]);

/** |n+r⟩⟨n+c| summed over n is f(n − c) shifted: the band of shift r − c at the level of its column. */
function bandUnit(
  unit: MatrixUnitExpression,
  variable: string,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  const row = unit.row[0] && offsetOf(unit.row[0], variable, scope, elaboration);
  const column = unit.column[0] && offsetOf(unit.column[0], variable, scope, elaboration);
  if (row === undefined || column === undefined) return UNKNOWN;
  if (column !== 0) {
    elaboration.report("E225", unit.span, "the column of a band is the level itself: |n+k><n|", {
      fix: "shift the level so that the second label is the bare variable",
    });
    return UNKNOWN;
  }
  return {
    kind: "operator",
    expression: { kind: "band", subsystem: 0, shift: row, coefficient: number(1) },
  };
}

/** k where a label is the variable plus k, seen by evaluating it at two levels. */
function offsetOf(
  label: Expression,
  variable: string,
  scope: Scope,
  elaboration: Elaboration,
): number | undefined {
  const at = (level: number) =>
    wholeNumber(label, withLocals(scope, [[variable, integerValueOf(level)]]), elaboration);
  const zero = at(0);
  const thousand = zero === undefined ? undefined : at(1000);
  if (zero === undefined || thousand === undefined) return undefined;
  if (thousand - zero === 1000) return zero;
  elaboration.report("E225", label.span, `the label of a band is '${variable}' plus or minus a whole number`);
  return undefined;
}

function scaleBands(expression: OperatorExpression, factor: Scalar): OperatorExpression {
  if (expression.kind === "sum")
    return { kind: "sum", terms: expression.terms.map((t) => scaleBands(t, factor)) };
  if (expression.kind === "band") {
    return { ...expression, coefficient: binary("*", factor, expression.coefficient) };
  }
  if (expression.kind !== "product") throw new Error(`a ${expression.kind} is no band`);
  const last = expression.factors.length - 1;
  return {
    kind: "product",
    factors: expression.factors.map((f, place) => (place === last ? scaleBands(f, factor) : f)),
  };
}
