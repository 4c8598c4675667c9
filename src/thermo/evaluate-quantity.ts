import type {
  PathStep,
  Quantity,
  QuantityAtom,
  QuantityOperandValue,
  QuantityTarget,
} from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { holds, movingSymbols } from "../model/time-dependence.ts";
import { compileReal, type Evaluator } from "../scalar/compile.ts";
import { view } from "../scalar/scalar.ts";
import {
  NO_TIME_AT_REST,
  type QuantityValue,
  type StandardQuantity,
  undefinedBecause,
  value,
} from "./quantity.ts";
import type { SolvedPoint } from "./solved-point.ts";

/** Where quantities are evaluated: the point, and how to get to another variant or equation from it. */
export interface QuantityContext {
  readonly point: SolvedPoint;
  readonly standard: ReadonlyMap<string, StandardQuantity>;
  /** Compiles quantities once for many points; where absent each value compiles its own. */
  readonly compile?: QuantityCompiler;
  /** The same model one step further, or why there is no steady state there. */
  readonly follow: (step: PathStep) => QuantityContext | { readonly problem: string };
}

/** The formulas of a quantity over the parameters followed by the values of its atoms. */
interface CompiledQuantity {
  /** All that there is to it, where it has no condition. */
  readonly direct: QuantityAtom | undefined;
  readonly condition: Evaluator | undefined;
  readonly formula: () => Evaluator;
}

export type QuantityCompiler = (quantity: Quantity, parameterCount: number) => CompiledQuantity;

/** Compiles each quantity once. */
export function quantityCompiler(): QuantityCompiler {
  const known = new Map<Quantity, CompiledQuantity>();
  return (quantity, parameterCount) => {
    const compiled = known.get(quantity) ?? compileQuantity(quantity, parameterCount);
    known.set(quantity, compiled);
    return compiled;
  };
}

const compileQuantity: QuantityCompiler = (quantity, parameterCount) => {
  const slot = (name: string) =>
    /^q\d+$/.test(name) ? parameterCount + Number(name.slice(1)) : parameterSlot(name);
  let formula: Evaluator | undefined;
  return {
    direct: quantity.condition ? undefined : directAtom(quantity),
    condition: quantity.condition && compileReal(quantity.condition, slot),
    formula: () => {
      formula ??= compileReal(quantity.value, slot);
      return formula;
    },
  };
};

/** The value of a quantity of the model; what is built on something undefined is undefined for that reason. */
export function evaluateQuantity(quantity: Quantity, context: QuantityContext): QuantityValue {
  const { parameters, motion, derived } = context.point;
  const { direct, condition, formula } = (context.compile ?? compileQuantity)(quantity, parameters.length);
  if (direct) return evaluateAtom(direct, context);
  if (!motion && holds(quantity.value, movingSymbols(derived.model.parameters))) {
    return undefinedBecause(NO_TIME_AT_REST);
  }
  const known = new Float64Array(parameters.length + quantity.atoms.length);
  known.set(parameters);
  for (const [place, atom] of quantity.atoms.entries()) {
    const result = evaluateAtom(atom, context);
    if (result.kind !== "value") {
      return result.kind === "undefined"
        ? undefinedBecause(`${atom.text} is undefined: ${result.reason}`)
        : undefinedBecause(`${atom.text} is text`);
    }
    known[parameters.length + place] = result.value;
  }
  if (condition && condition(known) === 0) {
    return undefinedBecause(`it is defined only when ${quantity.conditionText}`);
  }
  return value(formula()(known));
}

/** The atom that is all there is to a quantity, e.g. of `quantity r = regime`. */
export function directAtom(quantity: Quantity): QuantityAtom | undefined {
  const v = view(quantity.value);
  return v.kind === "symbol" ? quantity.atoms.find((a) => a.symbol === v.name) : undefined;
}

function evaluateAtom({ path, target }: QuantityAtom, context: QuantityContext): QuantityValue {
  let there = context;
  for (const step of path) {
    const next = there.follow(step);
    if ("problem" in next) return undefinedBecause(next.problem);
    there = next;
  }
  return evaluateTarget(target, there);
}

/** The value of a standard quantity. */
export const evaluateStandard = (
  name: string,
  operand: QuantityOperandValue,
  { point, standard, follow }: QuantityContext,
): QuantityValue =>
  standard.get(name)!.evaluate(point, operand, (variant) => {
    const there = follow({ kind: "variant", variant });
    return "problem" in there ? there : there.point;
  });

function evaluateTarget(target: QuantityTarget, context: QuantityContext): QuantityValue {
  switch (target.kind) {
    case "parameter":
      return value(context.point.parameters[target.parameter]!);
    case "defined":
      return evaluateQuantity(target.quantity, context);
    case "standard":
      return evaluateStandard(target.name, target.operand, context);
  }
}
