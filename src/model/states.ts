import { binary, negative, number, type Scalar } from "../scalar/scalar.ts";
import type { CallExpression, Expression, StateAssignment, StateDeclaration } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE, type Scope, withLocals } from "./elaboration.ts";
import { levelOf } from "./matrix-units.ts";
import type { Matrix, StateDefinition, StatePart, StateValue } from "./state.ts";
import { indexRange, realOf, scalarOf } from "./typed-values.ts";
import { describeValue, integerValueOf } from "./value.ts";

/** An initial state of the model, with names bound and sums unrolled; undefined where it is in error. */
export function elaborateState(
  declaration: StateDeclaration,
  elaboration: Elaboration,
): StateDefinition | undefined {
  const { name, value, assignments } = declaration;
  const head = { name: name.text, span: name.span };
  if (value) return steadyState(head, value, elaboration);
  const given = new Set<number>();
  const parts = assignments.flatMap((a) => partOf(a, given, elaboration) ?? []);
  const missing = elaboration.subsystems.filter((_, place) => !given.has(place)).map((s) => s.name);
  if (missing.length > 0) {
    elaboration.report("E219", name.span, `the state '${name.text}' says nothing of ${missing.join(", ")}`, {
      fix: "give every subsystem a ket, a density operator, thermal(β) or coherent(α)",
    });
    return undefined;
  }
  return parts.length === assignments.length ? { kind: "product", ...head, parts } : undefined;
}

/** `state s = steady(equation)` */
function steadyState(
  head: Pick<StateDefinition, "name" | "span">,
  value: Expression,
  elaboration: Elaboration,
): StateDefinition | undefined {
  const called = value.kind === "call" && value.callee.kind === "name" ? value.callee.name.ascii : undefined;
  const argument = value.kind === "call" ? value.arguments[0]?.value : undefined;
  if (called === "steady" && argument?.kind === "name") {
    elaboration.used.add(argument.name.ascii);
    const equation = elaboration.equations.findIndex((e) => e.name === argument.name.text);
    if (equation >= 0) return { kind: "steady", ...head, equation };
    elaboration.report("E201", argument.span, `there is no equation '${argument.name.text}'`);
    return undefined;
  }
  elaboration.report("E204", value.span, "a state is made of subsystems, or is steady(equation)", {
    fix: `write state ${head.name} { q = |0> }`,
  });
  return undefined;
}

function partOf(
  { targets, value, span }: StateAssignment,
  given: Set<number>,
  elaboration: Elaboration,
): StatePart | undefined {
  const subsystems: number[] = [];
  for (const target of targets) {
    const found = elaboration.evaluate(target, GLOBAL_SCOPE, elaboration);
    const members = found.kind === "array" ? found.indices.map(found.element) : [found];
    for (const member of members) {
      if (member.kind === "unknown") return undefined;
      if (member.kind !== "subsystem") {
        elaboration.report(
          "E204",
          target.span,
          `a state is given for subsystems, and this is ${describeValue(member)}`,
        );
        return undefined;
      }
      if (given.has(member.index)) {
        elaboration.report("E202", target.span, "the state of this subsystem is given twice");
        return undefined;
      }
      given.add(member.index);
      subsystems.push(member.index);
    }
  }
  const state = stateOf(value, { subsystems, elaboration });
  return state && { subsystems, state, span };
}

interface Place {
  /** In the order in which labels stand in kets. */
  readonly subsystems: readonly number[];
  readonly elaboration: Elaboration;
}

function stateOf(value: Expression, place: Place): StateValue | undefined {
  const { elaboration, subsystems } = place;
  if (value.kind === "call" && value.callee.kind === "name") {
    const { ascii } = value.callee.name;
    if (ascii === "thermal") {
      const beta = argumentOf(value, place);
      return beta && { kind: "thermal", beta };
    }
    if (ascii === "coherent") return coherent(value, place);
  }
  const scope: Scope = { locals: new Map() };
  const matrix = matrixOf(value, scope, place);
  if (!matrix) return undefined;
  if (matrix.terms.length > 0 && subsystems.length > 0) return matrix;
  elaboration.report("E204", value.span, "this state is zero");
  return undefined;
}

/** The only argument of `thermal(β)`, real. */
function argumentOf(call: CallExpression, { elaboration }: Place): Scalar | undefined {
  const [argument, ...more] = call.arguments;
  if (argument && more.length === 0) return realOf(argument.value, GLOBAL_SCOPE, elaboration)?.node;
  elaboration.report("E205", call.span, "this takes one number");
  return undefined;
}

function coherent(call: CallExpression, { subsystems, elaboration }: Place): StateValue | undefined {
  const [only, ...others] = subsystems;
  const kind = only === undefined ? undefined : elaboration.subsystems[only]!.kind;
  if (!kind || others.length > 0 || kind.basis.kind !== "infinite" || kind.basis.from !== 0) {
    elaboration.report("E204", call.span, "a coherent state is one of an oscillator");
    return undefined;
  }
  const [argument, ...more] = call.arguments;
  if (!argument || more.length > 0) {
    elaboration.report("E205", call.span, "coherent takes one number");
    return undefined;
  }
  const amplitude = scalarOf(argument.value, GLOBAL_SCOPE, elaboration)?.node;
  return amplitude && { kind: "coherent", amplitude };
}

/** A sum of kets, or of |a><b|, with coefficients. */
function matrixOf(expression: Expression, scope: Scope, place: Place): Matrix | undefined {
  const { elaboration } = place;
  switch (expression.kind) {
    case "group":
      return matrixOf(expression.inner, scope, place);
    case "ket": {
      const row = levelsOf(expression.labels, expression, scope, place);
      return row && { kind: "ket", terms: [{ row, column: [], coefficient: number(1) }] };
    }
    case "matrixUnit": {
      if (expression.object)
        return refused(expression, "write |a><b| without a subsystem before it", elaboration);
      const row = levelsOf(expression.row, expression, scope, place);
      const column = levelsOf(expression.column, expression, scope, place);
      return row && column && { kind: "density", terms: [{ row, column, coefficient: number(1) }] };
    }
    case "unary": {
      if (expression.operator !== "-") return refused(expression, undefined, elaboration);
      const inner = matrixOf(expression.operand, scope, place);
      return inner && scaled(inner, (c) => negative(c));
    }
    case "sum":
      return summed(expression, scope, place);
    case "binary":
      return combined(expression, scope, place);
    default:
      return refused(expression, undefined, elaboration);
  }
}

const scaled = (matrix: Matrix, by: (c: Scalar) => Scalar): Matrix => ({
  ...matrix,
  terms: matrix.terms.map((t) => ({ ...t, coefficient: by(t.coefficient) })),
});

function combined(
  expression: Expression & { kind: "binary" },
  scope: Scope,
  place: Place,
): Matrix | undefined {
  const { operator, left, right } = expression;
  const { elaboration } = place;
  if (operator === "+" || operator === "-") {
    const a = matrixOf(left, scope, place);
    const b = matrixOf(right, scope, place);
    if (!a || !b) return undefined;
    if (a.kind !== b.kind) {
      return refused(expression, "a ket and a density operator cannot be added: |a><a| is one", elaboration);
    }
    const added = operator === "+" ? b : scaled(b, (c) => negative(c));
    return { kind: a.kind, terms: [...a.terms, ...added.terms] };
  }
  if (operator !== "*" && operator !== "/") return refused(expression, undefined, elaboration);
  const isLeft = operator === "/" || holdsState(left);
  const inner = matrixOf(isLeft ? left : right, scope, place);
  const factor = scalarOf(isLeft ? right : left, scope, elaboration)?.node;
  return inner && factor && scaled(inner, (c) => binary(operator, c, factor));
}

/** Whether an expression is a state and not a number. */
function holdsState(expression: Expression): boolean {
  switch (expression.kind) {
    case "ket":
    case "matrixUnit":
      return true;
    case "group":
      return holdsState(expression.inner);
    case "unary":
      return holdsState(expression.operand);
    case "binary":
      return holdsState(expression.left) || holdsState(expression.right);
    case "sum":
      return holdsState(expression.body);
    default:
      return false;
  }
}

function summed(expression: Expression & { kind: "sum" }, scope: Scope, place: Place): Matrix | undefined {
  const { elaboration } = place;
  if (!expression.domain) return refused(expression, "say over what: sum(n in 0..9)", elaboration);
  const range = indexRange(expression.domain, scope, elaboration);
  if (!range) return undefined;
  const parts: Matrix[] = [];
  for (const index of range) {
    const inner = withLocals(scope, [[expression.variable.ascii, integerValueOf(index)]]);
    const part = matrixOf(expression.body, inner, place);
    if (!part) return undefined;
    parts.push(part);
  }
  const [first] = parts;
  return first && { kind: first.kind, terms: parts.flatMap((p) => p.terms) };
}

function levelsOf(
  labels: readonly Expression[],
  { span }: Expression,
  scope: Scope,
  { subsystems, elaboration }: Place,
): number[] | undefined {
  if (labels.length !== subsystems.length) {
    const names = subsystems.map((s) => elaboration.subsystems[s]!.name).join(", ");
    elaboration.report(
      "E225",
      span,
      `${labels.length} label${labels.length === 1 ? "" : "s"} for the ${subsystems.length} subsystem${subsystems.length === 1 ? "" : "s"} ${names}`,
    );
    return undefined;
  }
  const levels = labels.map((label, k) => {
    const { kind, name } = elaboration.subsystems[subsystems[k]!]!;
    return levelOf(label, kind.basis, name, scope, elaboration);
  });
  return levels.every((l) => l !== undefined) ? (levels as number[]) : undefined;
}

function refused(expression: Expression, fix: string | undefined, { report }: Elaboration): undefined {
  report("E204", expression.span, "a state is made of kets |0> or of |0><0|, with numbers before them", {
    fix: fix ?? "write q = (|up> + |down>)/sqrt(2), thermal(β) or coherent(α)",
  });
  return undefined;
}
