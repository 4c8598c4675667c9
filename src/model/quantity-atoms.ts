import { type Scalar, symbol } from "../scalar/scalar.ts";
import type { Span } from "../source/span.ts";
import type { Identifier } from "../syntax/ast.ts";
import type { Elaboration, QuantityScope } from "./elaboration.ts";
import type { PathStep, Quantity, QuantityAtom, QuantityTarget } from "./model.ts";

/**
 * The symbol of what a quantity is made of, as a new atom of it. Quantities of the model and parameters that it has
 * asked for already, by the same way, have one atom: sums of sums would otherwise double at every step.
 */
export function atomSymbol(
  target: QuantityTarget,
  text: string,
  span: Span,
  scope: QuantityScope,
  elaboration: Elaboration,
): Scalar {
  const present = scope.atoms.find((a) => isSameTarget(a.target, target) && isSamePath(a.path, scope.path));
  if (present) return symbol(present.symbol);
  const name = `q${scope.atoms.length}`;
  const spelled = withPath(text, scope.path, elaboration);
  scope.atoms.push({ symbol: name, text: spelled, path: scope.path, target, span });
  return symbol(name);
}

const isSameTarget = (a: QuantityTarget, b: QuantityTarget): boolean =>
  (a.kind === "defined" && b.kind === "defined" && a.quantity === b.quantity) ||
  (a.kind === "parameter" && b.kind === "parameter" && a.parameter === b.parameter);

const isSamePath = (a: readonly PathStep[], b: readonly PathStep[]): boolean =>
  a.length === b.length && a.every((step, place) => spelledStep(step) === spelledStep(b[place]!));

const spelledStep = (step: PathStep): string =>
  step.kind === "variant" ? `v${step.variant}` : `e${step.equation}`;

/** A quantity as the model writes it, with the variants and equations before it. */
function withPath(
  text: string,
  path: readonly PathStep[],
  { variants, equations }: Elaboration,
): QuantityAtom["text"] {
  const names = path.map((step) =>
    step.kind === "variant" ? variants[step.variant]!.name : equations[step.equation]!.name,
  );
  return [...names, text].join(".");
}

/** A quantity of the model as a part of another. */
export const definedAtom = (
  quantity: Quantity,
  span: Span,
  scope: QuantityScope,
  elaboration: Elaboration,
): Scalar => atomSymbol({ kind: "defined", quantity }, quantity.name, span, scope, elaboration);

/** A parameter of a variant, `swapped.β1`. */
export const parameterAtom = (
  parameter: number,
  { span }: Identifier,
  scope: QuantityScope,
  elaboration: Elaboration,
): Scalar =>
  atomSymbol(
    { kind: "parameter", parameter },
    elaboration.parameters[parameter]!.name,
    span,
    scope,
    elaboration,
  );
