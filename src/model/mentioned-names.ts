import { nearestName } from "../source/name.ts";
import type { Declaration, Expression, Identifier } from "../syntax/ast.ts";
import type { Elaboration } from "./elaboration.ts";

/**
 * Names in what is not evaluated (functions that nothing calls, states, experiments): each must be declared, or be one
 * of the given words. Types are left to whoever evaluates it.
 */
export function checkNames(expression: Expression, given: Iterable<string>, elaboration: Elaboration): void {
  const { names, report, used, vocabulary } = elaboration;
  for (const { name, locals } of mentioned(expression, new Set(given))) {
    if (locals.has(name.ascii) || vocabulary.quantities.has(name.ascii)) continue;
    used.add(name.ascii);
    if (names.values.has(name.ascii)) continue;
    const near = nearestName(name.text, [...locals, ...[...names.values.values()].map((e) => e.name.text)]);
    report("E201", name.span, `unknown name '${name.text}'`, { fix: near && `did you mean '${near}'?` });
  }
}

/** Functions, spectra and kinds that nothing uses may still be misspelt; those in use have been evaluated. */
export function checkUncalled(declarations: readonly Declaration[], elaboration: Elaboration): void {
  const used = new Set(elaboration.used);
  for (const declaration of declarations) {
    if (declaration.kind === "let" && declaration.parameters && !used.has(declaration.declared.name.ascii)) {
      checkNames(declaration.value, declaration.parameters.map(ascii), elaboration);
    }
    if (declaration.kind === "spectrum" && !used.has(declaration.name.ascii)) {
      checkNames(declaration.value, declaration.parameters.map(ascii), elaboration);
    }
    if (declaration.kind === "kind" && !used.has(declaration.name.ascii)) {
      const own = [...declaration.parameters, ...declaration.operators.map((o) => o.name)].map(ascii);
      for (const { value } of declaration.operators) checkNames(value, own, elaboration);
    }
  }
}

const ascii = (name: Identifier): string => name.ascii;

interface Mentioned {
  readonly name: Identifier;
  /** The given words, and the index variables of the sums around it. */
  readonly locals: ReadonlySet<string>;
}

/** The names of an expression; not those of functions, members and levels, which are looked up elsewhere. */
function* mentioned(expression: Expression, locals: ReadonlySet<string>): Generator<Mentioned> {
  if (expression.kind === "name") yield { name: expression.name, locals };
  if (expression.kind !== "sum") {
    for (const part of partsOf(expression)) yield* mentioned(part, locals);
    return;
  }
  if (expression.domain) yield* mentioned(expression.domain, locals);
  yield* mentioned(expression.body, new Set([...locals, expression.variable.ascii]));
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "member":
      return [expression.object];
    case "index":
      return [expression.object, expression.index];
    case "call": {
      const given = expression.arguments.map((a) => a.value);
      return expression.callee.kind === "name" ? given : [expression.callee, ...given];
    }
    case "matrixUnit":
      return expression.object ? [expression.object] : [];
    case "dagger":
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "range":
      return [expression.from, expression.to];
    case "list":
      return expression.items;
    case "group":
      return [expression.inner];
    default:
      return [];
  }
}
