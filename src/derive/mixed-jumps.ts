import { type NormalForm, scaleOperator, type Term, termKey } from "../algebra/normal-form.ts";
import {
  areEqualSuperoperators,
  dissipatorForm,
  scaleSuperoperator,
  sumSuperoperators,
} from "../algebra/superoperator-form.ts";
import type { JumpTerm } from "../equation/master-equation.ts";
import { add, type Canonical, conjugate, isZero, multiply, ONE, subtract } from "../scalar/canonical.ts";
import { divideByRoots } from "../scalar/polynomial-in.ts";
import type { Presentation } from "./presentation.ts";
import { amplitudeOf } from "./thermal-channel.ts";

/** weight·D[operator] */
export interface WeightedJump {
  readonly weight: Canonical;
  readonly operator: NormalForm;
}

/**
 * The same dissipator by jumps that each shift the levels by one amount, where there are such: Eq. (17)'s two jumps
 * become D[e^{iφ}(1 − kL)] and D[e^{−iφ}(1 + kL)].
 * Pre: explicit jumps with rate 1. Post: Σ weight·D[operator] equals Σ D[jump] as a superoperator, decided by normal
 * forms; undefined where the jumps are of that kind already or no such form exists.
 */
export function mixedJumps(jumps: readonly JumpTerm[], p: Presentation): readonly WeightedJump[] | undefined {
  const components = new Map<string, NormalForm[]>();
  for (const { operator } of jumps) {
    for (const [key, form] of byDisplacement(operator)) {
      components.set(key, [...(components.get(key) ?? []), form]);
    }
  }
  if (components.size <= 1 || jumps.every((j) => byDisplacement(j.operator).size === 1)) return undefined;
  const mixed: WeightedJump[] = [];
  for (const forms of components.values()) {
    const joined = joinedJump(forms, p);
    if (!joined) return undefined;
    mixed.push(joined);
  }
  const before = sumSuperoperators(
    jumps.map((j) => dissipatorForm(j.operator, p.space)),
    p.space,
  );
  const after = sumSuperoperators(
    mixed.map(({ weight, operator }) => scaleSuperoperator(dissipatorForm(operator, p.space), weight)),
    p.space,
  );
  return areEqualSuperoperators(before, after) ? mixed : undefined;
}

/** The parts of an operator that shift the levels of the subsystems by the same amounts. */
function byDisplacement(operator: NormalForm): Map<string, NormalForm> {
  const parts = new Map<string, Map<string, Term>>();
  for (const term of operator.values()) {
    const key = [...term.factors]
      .map(([s, f]) => [s, f.kind === "shift" ? f.by : f.row - f.column] as const)
      .filter(([, by]) => by !== 0)
      .sort(([a], [b]) => a - b)
      .map(([s, by]) => `${s}:${by}`)
      .join(" ");
    parts.set(key, (parts.get(key) ?? new Map<string, Term>()).set(termKey(term.factors), term));
  }
  return parts;
}

/** Σ_k D[c_k A] = (Σ|c_k|²) D[A], or undefined where the parts are not multiples of one operator. */
function joinedJump(forms: readonly NormalForm[], { words }: Presentation): WeightedJump | undefined {
  const [first] = forms;
  const unit = amplitudeOf(words.compact(first!));
  let weight: Canonical = multiply(unit, conjugate(unit));
  const operator = scaleOperator(first!, divideByRoots(conjugate(unit), weight));
  for (const form of forms.slice(1)) {
    const ratio = ratioOf(form, operator);
    if (!ratio) return undefined;
    weight = add(weight, multiply(ratio, conjugate(ratio)));
  }
  return { weight, operator };
}

/** c with a = c·b. */
function ratioOf(a: NormalForm, b: NormalForm): Canonical | undefined {
  if (a.size !== b.size) return undefined;
  let ratio: Canonical | undefined;
  for (const [key, term] of b) {
    const counterpart = a.get(key);
    if (!counterpart) return undefined;
    ratio ??= divideByRoots(counterpart.coefficient, term.coefficient);
    if (!isZero(subtract(counterpart.coefficient, multiply(ratio, term.coefficient)))) return undefined;
  }
  return ratio ?? ONE;
}
