import { SCALAR_FUNCTIONS } from "../scalar/functions.ts";
import { call } from "../scalar/scalar.ts";
import { nearestName } from "../source/name.ts";
import type { CallExpression, Identifier, LetDeclaration } from "../syntax/ast.ts";
import { angleFunction } from "./angle-functions.ts";
import { quantityCall } from "./defined-quantities.ts";
import { type Elaboration, isCalledTooOften, type Scope } from "./elaboration.ts";
import { functionScope, reach, reportUnknownStep } from "./paths.ts";
import { meanPart, standardCall } from "./quantity-references.ts";
import { describeValue, type ScalarValue, UNKNOWN, type Value } from "./value.ts";

/** Functions of complex numbers; the others take real ones. */
const COMPLEX_FUNCTIONS: readonly string[] = ["re", "im", "conj", "abs", "exp"];

/** The meaning of `f(…)`: a function of scalars or angles, a function of the model, or a quantity. */
export function evaluateCall(expression: CallExpression, scope: Scope, elaboration: Elaboration): Value {
  const { callee } = expression;
  if (callee.kind === "name") return callNamed(callee.name, expression, scope, elaboration);
  const reached = reach(callee, scope, elaboration);
  if (reached === "wrong" || (!reached && reportUnknownStep(callee, scope, elaboration))) return UNKNOWN;
  if (reached) return callNamed(reached.name, expression, reached.scope, elaboration);
  elaboration.report("E204", callee.span, "this cannot be called with arguments", {
    fix: "functions, quantities, and quantities of a variant or an equation (swapped.heat(cold)) can",
  });
  return UNKNOWN;
}

function callNamed(
  name: Identifier,
  expression: CallExpression,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  const entry = elaboration.names.values.get(name.ascii);
  if (entry?.kind === "let" && entry.declaration.parameters) {
    elaboration.used.add(name.ascii);
    return callFunction(entry.declaration, entry.declaration.parameters, expression, scope, elaboration);
  }
  if (entry?.kind === "quantity" && entry.declaration.parameters) {
    elaboration.used.add(name.ascii);
    return quantityCall(name, entry.declaration, expression, scope, elaboration);
  }
  const standard = entry ? undefined : standardCall(name, expression, scope, elaboration);
  if (standard) return standard;
  const isFunction = SCALAR_FUNCTIONS.has(name.ascii) || COMPLEX_FUNCTIONS.includes(name.ascii);
  if (isFunction && !entry) return callScalarFunction(name, expression, scope, elaboration);
  reportUnknownFunction(name, entry !== undefined, elaboration);
  return UNKNOWN;
}

function reportUnknownFunction(name: Identifier, isDeclared: boolean, elaboration: Elaboration): void {
  if (isDeclared) {
    elaboration.report("E204", name.span, `'${name.text}' is not a function`, {
      fix: `multiply by it: ${name.text}*(…)`,
    });
    return;
  }
  const own = [...elaboration.names.values.values()].filter(
    (e) => e.kind === "let" && e.declaration.parameters,
  );
  const known = [
    ...SCALAR_FUNCTIONS.keys(),
    ...COMPLEX_FUNCTIONS,
    ...own.map((e) => e.name.text),
    ...[...elaboration.vocabulary.quantities.values()].map((q) => q.name),
  ];
  const near = nearestName(name.text, known);
  elaboration.report("E201", name.span, `unknown function '${name.text}'`, {
    fix: elaboration.vocabulary.quantities.has(name.ascii)
      ? "a quantity can stand only in a quantity, not in the model's definition"
      : near && `did you mean '${near}'?`,
  });
}

/** The values of positional arguments; named ones and a wrong number are reported. */
function positional(
  expression: CallExpression,
  [least, most]: readonly [number, number],
  name: Identifier,
  scope: Scope,
  elaboration: Elaboration,
): Value[] | undefined {
  const named = expression.arguments.find((a) => a.name);
  if (named) {
    elaboration.report("E205", named.span, `'${name.text}' takes its arguments by position`);
    return undefined;
  }
  const count = expression.arguments.length;
  if (count < least || count > most) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    elaboration.report(
      "E205",
      expression.span,
      `'${name.text}' takes ${wanted} argument${wanted === "1" ? "" : "s"}, not ${count}`,
    );
    return undefined;
  }
  return expression.arguments.map((a) => elaboration.evaluate(a.value, scope, elaboration));
}

function callFunction(
  declaration: LetDeclaration,
  parameters: readonly Identifier[],
  expression: CallExpression,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  const { name } = declaration.declared;
  const values = positional(expression, [parameters.length, parameters.length], name, scope, elaboration);
  if (!values) return UNKNOWN;
  if (isCalledTooOften(expression.span, elaboration)) return UNKNOWN;
  const key = `call ${name.ascii}`;
  if (elaboration.memo.get(key) === "busy") {
    elaboration.report("E203", expression.span, `the function '${name.text}' calls itself`);
    return UNKNOWN;
  }
  elaboration.memo.set(key, "busy");
  const inner = functionScope(
    parameters.map((p, i) => [p.ascii, values[i]!] as const),
    scope,
  );
  const value = elaboration.evaluate(declaration.value, inner, elaboration);
  elaboration.memo.delete(key);
  return value;
}

function callScalarFunction(
  name: Identifier,
  expression: CallExpression,
  scope: Scope,
  elaboration: Elaboration,
): Value {
  const part = meanPart(name, expression, scope, elaboration);
  if (part) return part;
  const arity = SCALAR_FUNCTIONS.get(name.ascii)?.arity ?? ([1, 1] as const);
  const values = positional(expression, arity, name, scope, elaboration);
  if (!values || values.some((v) => v.kind === "unknown")) return UNKNOWN;
  const [first] = values;
  if (first?.kind === "angle") return angleFunction(name, first, expression.span, elaboration.report);
  const wrong = values.find((v) => v.kind !== "scalar");
  if (wrong) {
    reportOperand(name, wrong, expression, elaboration);
    return UNKNOWN;
  }
  const scalars = values as ScalarValue[];
  const isComplex = scalars.some((v) => v.isComplex);
  if (isComplex && !COMPLEX_FUNCTIONS.includes(name.ascii)) {
    elaboration.report("E223", expression.span, `${name.text} of a complex number is not defined here`);
    return UNKNOWN;
  }
  const staysComplex = isComplex && (name.ascii === "exp" || name.ascii === "conj");
  const node = call(name.ascii, ...scalars.map((v) => v.node));
  return { kind: "scalar", node, isComplex: staysComplex };
}

function reportOperand(
  name: Identifier,
  wrong: Value,
  { span }: CallExpression,
  { report }: Elaboration,
): void {
  const isOperator = wrong.kind === "operator";
  report(
    isOperator ? "E215" : "E204",
    span,
    `${name.text} of ${describeValue(wrong)} is not defined${isOperator ? "; operators have whole powers, †, and exp(i*k*φ), cos(φ), sin(φ) of a rotor's angle φ" : ""}`,
  );
}
