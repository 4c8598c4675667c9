import { substitute, symbolsOf } from "../scalar/scalar.ts";
import { nearestName } from "../source/name.ts";
import type { Expression, Identifier } from "../syntax/ast.ts";
import type { Elaboration, QuantityScope, Scope } from "./elaboration.ts";
import type { PathStep } from "./model.ts";
import { parameterSlot } from "./parameter-values.ts";
import { parameterAtom } from "./quantity-atoms.ts";
import type { Value } from "./value.ts";

/** A name, and the scope in which the variants and equations that stand before it hold. */
export interface Reached {
  readonly name: Identifier;
  readonly scope: Scope;
}

/**
 * What `collisions.swapped.heat` leads to: the last name, inside the steps before it. Undefined where the expression
 * does not begin with a variant or an equation; `"wrong"` where it does and the way is wrong, which is reported.
 */
export function reach(
  expression: Expression,
  scope: Scope,
  elaboration: Elaboration,
): Reached | "wrong" | undefined {
  const names = namesOf(expression);
  const last = names?.pop();
  const first = names?.[0];
  if (!names || !last || !first || scope.locals.has(first.ascii) || !stepOf(first, elaboration)) {
    return undefined;
  }
  if (!scope.quantity) {
    const message = "a variant or an equation can be asked for only inside a quantity";
    elaboration.report("E204", expression.span, message);
    return "wrong";
  }
  const steps: PathStep[] = [];
  for (const name of names) {
    const step = stepOf(name, elaboration);
    if (!step) {
      elaboration.report("E201", name.span, `'${name.text}' is neither a variant nor an equation`, {
        fix: nearestStep(name, elaboration),
      });
      return "wrong";
    }
    steps.push(step);
  }
  const quantity = { ...scope.quantity, path: [...scope.quantity.path, ...steps] };
  return { name: last, scope: { ...scope, quantity } };
}

/** The names of `a.b.c`, else undefined. */
function namesOf(expression: Expression): Identifier[] | undefined {
  const names: Identifier[] = [];
  let rest = expression;
  for (; rest.kind === "member"; rest = rest.object) names.unshift(rest.member);
  return rest.kind === "name" ? [rest.name, ...names] : undefined;
}

/** The variant or the equation that a name stands for. */
export function stepOf(name: Identifier, elaboration: Elaboration): PathStep | undefined {
  const entry = elaboration.names.values.get(name.ascii);
  if (entry?.kind !== "variant" && entry?.kind !== "equation") return undefined;
  elaboration.used.add(name.ascii);
  const list = entry.kind === "variant" ? elaboration.variants : elaboration.equations;
  const place = list.findIndex((x) => x.name === entry.name.text);
  if (place < 0) return undefined;
  return entry.kind === "variant"
    ? { kind: "variant", variant: place }
    : { kind: "equation", equation: place };
}

/** Where the name before a call's dot is unknown, it was meant to be a variant or an equation: whether that was said. */
export function reportUnknownStep(callee: Expression, scope: Scope, elaboration: Elaboration): boolean {
  const first = namesOf(callee)?.[0];
  if (!first || scope.locals.has(first.ascii) || elaboration.names.values.has(first.ascii)) return false;
  const message = `there is no variant or equation '${first.text}'`;
  elaboration.report("E201", first.span, message, { fix: nearestStep(first, elaboration) });
  return true;
}

function nearestStep(name: Identifier, { names }: Elaboration): string | undefined {
  const steps = [...names.values.values()].filter((e) => e.kind === "variant" || e.kind === "equation");
  const near = nearestName(
    name.text,
    steps.map((e) => e.name.text),
  );
  return near && `did you mean '${near}'?`;
}

/**
 * A value of the model inside `swapped.…`: each parameter in it is the one of the variant, so it is asked for like a
 * quantity. Whole numbers decide the model's shape, which no variant changes.
 */
export function atPath(value: Value, name: Identifier, scope: Scope, elaboration: Elaboration): Value {
  const { quantity } = scope;
  if (!quantity || quantity.path.length === 0) return value;
  if (value.kind !== "truth" && (value.kind !== "scalar" || value.integer !== undefined)) return value;
  const needed = [...symbolsOf(value.node)].filter((symbol) => parameterSlot(symbol) >= 0);
  const atoms = new Map(
    needed.map((symbol) => [symbol, parameterAtom(parameterSlot(symbol), name, quantity, elaboration)]),
  );
  return { ...value, node: substitute(value.node, (symbol) => atoms.get(symbol)) };
}

/** The scope of the body of a function: its arguments, and the way on which its parameters are looked up. */
export function functionScope(locals: Iterable<readonly [string, Value]>, { quantity }: Scope): Scope {
  const values = new Map(locals);
  if (!quantity || quantity.path.length === 0) return { locals: values };
  const inner: QuantityScope = { ...quantity, holdsOnlyValues: true };
  return { locals: values, quantity: inner };
}
