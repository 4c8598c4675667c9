import { compileReal } from "../scalar/compile.ts";
import { binary, number, substitute, symbol, symbolsOf } from "../scalar/scalar.ts";
import { nearestName, normaliseName } from "../source/name.ts";
import type { Argument, Expression, KindDeclaration, SubsystemDeclaration } from "../syntax/ast.ts";
import { asOperator } from "./arithmetic.ts";
import { type Elaboration, GLOBAL_SCOPE, type KindScope, type Scope } from "./elaboration.ts";
import { LEVEL, type OperatorExpression } from "./operator-expression.ts";
import type { Basis, KindOperator, SubsystemKind } from "./subsystem-kind.ts";
import { scalarOf } from "./typed-values.ts";
import { UNKNOWN, type Value } from "./value.ts";
import type { KindArguments, KindSignature } from "./vocabulary.ts";

/** The kind of a subsystem with its arguments put in; undefined (and reported) where they do not fit. */
export function kindOf(
  declaration: SubsystemDeclaration,
  elaboration: Elaboration,
): SubsystemKind | undefined {
  const { subsystemKind: name } = declaration;
  const own = elaboration.names.kinds.get(name.ascii);
  if (own) return ownKind(own, declaration, elaboration);
  const builtIn = elaboration.vocabulary.kinds.get(name.ascii);
  if (builtIn) return builtInKind(builtIn, declaration, elaboration);
  const known = [
    ...[...elaboration.vocabulary.kinds.values()].map((k) => k.name),
    ...[...elaboration.names.kinds.values()].map((k) => k.name.text),
  ];
  const near = nearestName(name.text, known);
  elaboration.report("E208", name.span, `unknown kind '${name.text}'; there are ${known.join(", ")}`, {
    fix: near && `did you mean '${near}'?`,
  });
  return undefined;
}

function builtInKind(
  signature: KindSignature,
  declaration: SubsystemDeclaration,
  elaboration: Elaboration,
): SubsystemKind | undefined {
  const given = signature.takesLabels
    ? labelArguments(signature, declaration, elaboration)
    : numberArguments(signature, declaration, elaboration);
  if (!given) return undefined;
  const kind = signature.instantiate(given);
  if (!("problem" in kind)) return kind;
  elaboration.report("E208", declaration.subsystemKind.span, kind.problem);
  return undefined;
}

function labelArguments(
  signature: KindSignature,
  declaration: SubsystemDeclaration,
  elaboration: Elaboration,
): KindArguments | undefined {
  const labels = declaration.arguments.map((a) => labelText(a));
  const wrong = labels.indexOf(undefined);
  if (wrong < 0) return { numbers: new Map(), labels: labels as string[] };
  elaboration.report(
    "E208",
    declaration.arguments[wrong]!.span,
    `the arguments of '${signature.name}' are names of levels`,
    {
      fix: "write levels(g, x, e)",
    },
  );
  return undefined;
}

const labelText = ({ name, value }: Argument): string | undefined =>
  name
    ? undefined
    : value.kind === "name"
      ? value.name.text
      : value.kind === "number" && /^\d+$/.test(value.text)
        ? value.text
        : undefined;

function numberArguments(
  signature: KindSignature,
  declaration: SubsystemDeclaration,
  elaboration: Elaboration,
): KindArguments | undefined {
  const matched = matchArguments(declaration, signature.parameters, elaboration);
  if (!matched) return undefined;
  const numbers = new Map<string, number>();
  for (const [name, expression] of matched) {
    const value = constantNumber(expression, elaboration);
    if (value === undefined) return undefined;
    numbers.set(name, value);
  }
  return { numbers, labels: [] };
}

/** Arguments by the names of parameters; each must be given once, by position or by name. */
function matchArguments(
  declaration: SubsystemDeclaration,
  parameters: readonly string[],
  { report }: Elaboration,
): Map<string, Expression> | undefined {
  const kind = declaration.subsystemKind.text;
  const matched = new Map<string, Expression>();
  for (const [place, argument] of declaration.arguments.entries()) {
    const name = argument.name ? parameters.find((p) => p === argument.name?.ascii) : parameters[place];
    if (name === undefined || matched.has(name)) {
      const takes = parameters.length === 0 ? "no arguments" : parameters.join(", ");
      report("E208", argument.span, `'${kind}' takes ${takes}`);
      return undefined;
    }
    matched.set(name, argument.value);
  }
  const missing = parameters.filter((p) => !matched.has(p));
  if (missing.length === 0) return matched;
  report("E208", declaration.subsystemKind.span, `'${kind}' needs ${missing.join(", ")}`, {
    fix: `write ${kind}(${parameters.map((p) => `${p} = …`).join(", ")})`,
  });
  return undefined;
}

/** The value of an expression that holds no parameter but integer ones. */
function constantNumber(expression: Expression, elaboration: Elaboration): number | undefined {
  const value = scalarOf(expression, GLOBAL_SCOPE, elaboration);
  if (!value) return undefined;
  if (value.integer !== undefined) return value.integer;
  if (![...symbolsOf(value.node)].some((s) => /^p\d/.test(s)) && !value.isComplex) {
    return compileReal(value.node, () => -1)([]);
  }
  elaboration.report(
    "E210",
    expression.span,
    "this decides the number of levels, so it must be a number, not a parameter",
  );
  return undefined;
}

function ownKind(
  own: KindDeclaration,
  declaration: SubsystemDeclaration,
  elaboration: Elaboration,
): SubsystemKind | undefined {
  elaboration.used.add(own.name.ascii);
  const matched = matchArguments(
    declaration,
    own.parameters.map((p) => p.ascii),
    elaboration,
  );
  if (!matched) return undefined;
  const locals = new Map<string, Value>();
  for (const [name, expression] of matched) {
    const value = scalarOf(expression, GLOBAL_SCOPE, elaboration);
    if (!value) return undefined;
    locals.set(name, value);
  }
  const basis = ownBasis(own, elaboration);
  return basis && { name: own.name.text, ...withOperators(own, basis, locals, elaboration) };
}

function ownBasis(own: KindDeclaration, elaboration: Elaboration): Basis | undefined {
  const [declared] = own.bases;
  if (!declared || own.bases.length > 1) {
    elaboration.report("E208", own.name.span, `the kind '${own.name.text}' needs one basis`, {
      fix: "write: basis n in 0..inf",
    });
    return undefined;
  }
  const { domain } = declared;
  const ends = domain.kind === "range" ? [domain.from, domain.to].map((e) => basisEnd(e, elaboration)) : [];
  const [from, to] = ends;
  if (from === undefined || to === undefined || from >= to || from === Infinity || to === -Infinity) {
    elaboration.report(
      "E209",
      domain.span,
      "a basis is a range of whole numbers, e.g. 0..inf, -inf..inf or 0..5",
    );
    return undefined;
  }
  if (Number.isFinite(from) && Number.isFinite(to)) {
    return { kind: "finite", labels: Array.from({ length: to - from + 1 }, (_, i) => String(from + i)) };
  }
  return { kind: "infinite", from, to };
}

function basisEnd(expression: Expression, elaboration: Elaboration): number | undefined {
  if (expression.kind === "constant" && expression.name === "inf") return Infinity;
  if (expression.kind === "unary" && expression.operator === "-") {
    const operand = basisEnd(expression.operand, elaboration);
    return operand === undefined ? undefined : -operand;
  }
  const value = elaboration.evaluate(expression, GLOBAL_SCOPE, elaboration);
  return value.kind === "scalar" ? value.integer : undefined;
}

function withOperators(
  own: KindDeclaration,
  basis: Basis,
  locals: Map<string, Value>,
  elaboration: Elaboration,
) {
  const definitions = new Map<string, OperatorExpression>();
  const operators = new Map<string, KindOperator>();
  const kind: KindScope = { basis, operators: definitions };
  const scope: Scope = { locals, kind };
  for (const { name, value: expression } of own.operators) {
    if (operators.has(name.ascii)) {
      elaboration.report("E202", name.span, `the operator '${name.text}' is defined twice in one kind`);
      continue;
    }
    const value = elaboration.evaluate(expression, scope, elaboration);
    const definition = asOperator(value);
    if (!definition) {
      // what is made of an operator in error is in error, too, and silent
      locals.set(name.ascii, UNKNOWN);
      continue;
    }
    const placed = fromPlace(definition, basis);
    definitions.set(name.ascii, definition);
    operators.set(name.ascii, { name: normaliseName(name.text), definition: placed });
  }
  const reported = [...operators].filter(([, o]) => isDiagonal(o.definition)).map(([ascii]) => ascii);
  const first = basis.kind === "infinite" ? { firstWindow: firstWindow(basis) } : {};
  return { basis, operators, angles: new Map<string, string>(), reported, ...first };
}

const firstWindow = ({ from, to }: Basis & { kind: "infinite" }): readonly [number, number] =>
  Number.isFinite(from) ? [from, from + 7] : Number.isFinite(to) ? [to - 7, to] : [-6, 6];

const isDiagonal = (e: OperatorExpression): boolean =>
  (e.kind === "band" && e.shift === 0) || (e.kind === "sum" && e.terms.every(isDiagonal));

/** Levels of a finite basis are places from 0: the level variable becomes the place plus the first label. */
function fromPlace(expression: OperatorExpression, basis: Basis): OperatorExpression {
  const first = basis.kind === "finite" ? Number(basis.labels[0]) : 0;
  if (first === 0) return expression;
  const shifted = binary("+", symbol(LEVEL), number(first));
  const visit = (e: OperatorExpression): OperatorExpression => {
    switch (e.kind) {
      case "band":
        return { ...e, coefficient: substitute(e.coefficient, (s) => (s === LEVEL ? shifted : undefined)) };
      case "sum":
        return { kind: "sum", terms: e.terms.map(visit) };
      case "product":
        return { kind: "product", factors: e.factors.map(visit) };
      case "adjoint":
        return { kind: "adjoint", operand: visit(e.operand) };
      case "power":
        return { ...e, base: visit(e.base) };
      default:
        return e;
    }
  };
  return visit(expression);
}
