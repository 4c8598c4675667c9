import {
  commutator,
  levelSymbol,
  type NormalForm,
  scaleOperator,
  sumOperators,
} from "../algebra/normal-form.ts";
import { observable } from "../lower/observable.ts";
import type { QuantityOperandValue } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { IMAGINARY_UNIT } from "../scalar/canonical.ts";
import { compileComplex } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { ownFree } from "../solve/initial-state.ts";
import { type QuantityValue, type StandardQuantity, undefinedBecause, value } from "./quantity.ts";
import type { SolvedPoint } from "./solved-point.ts";

/** A rotor and its kinetic energy K, the free terms that act on it alone. */
interface Rotor {
  readonly subsystem: number;
  readonly kinetic: NormalForm;
}

function rotorOf(
  { derived }: SolvedPoint,
  operand: QuantityOperandValue,
): Rotor | { readonly problem: string } {
  const [subsystem, ...more] = operand.kind === "part" ? operand.subsystems : [];
  if (subsystem === undefined || more.length > 0) return { problem: "it is a quantity of one rotor" };
  const { kind, name } = derived.model.subsystems[subsystem]!;
  if (kind.name !== "rotor") return { problem: `'${name}' is no rotor` };
  const kinetic = ownFree(derived, [subsystem]);
  return kinetic.size > 0 ? { subsystem, kinetic } : { problem: `'${name}' has no free energy of its own` };
}

const traceWith = (form: NormalForm, x: Float64Array, { steady, parameters }: SolvedPoint): number =>
  observable(form, steady.sector, steady.basis).trace(parameters, x).re;

/** i⟨[H, K]⟩: what the Hamiltonian changes of K. */
function coherentRate(kinetic: NormalForm, { equation, mean }: SolvedPoint): number {
  const hamiltonian = sumOperators([equation.free, equation.interaction], equation.space);
  return mean(scaleOperator(commutator(hamiltonian, kinetic, equation.space), IMAGINARY_UNIT)).re;
}

const power = (
  name: string,
  description: string,
  of: (rotor: Rotor, point: SolvedPoint) => QuantityValue,
): StandardQuantity => ({
  name,
  description,
  operand: "part",
  isText: false,
  evaluate: (point, operand) => {
    const rotor = rotorOf(point, operand);
    return "problem" in rotor ? undefinedBecause(rotor.problem) : of(rotor, point);
  },
});

/** K = aL² + bL + c, as numbers; undefined where it is anything else. */
function quadratic(
  { subsystem, kinetic }: Rotor,
  parameters: ArrayLike<number>,
): { readonly a: number; readonly b: number } | undefined {
  const at = (l: number): number => {
    let sum = 0;
    for (const { factors, coefficient } of kinetic.values()) {
      if (factors.size > 0) return Number.NaN;
      const slot = (symbol: string): number =>
        symbol === levelSymbol(subsystem) ? parameters.length : parameterSlot(symbol);
      const known = Float64Array.from({ length: parameters.length + 1 }, (_, k) => parameters[k] ?? l);
      sum += compileComplex(scalarFromCanonical(coefficient), slot).re(known);
    }
    return sum;
  };
  const [a, b] = [(at(1) + at(-1)) / 2 - at(0), (at(1) - at(-1)) / 2];
  const isQuadratic = [5, -7].every((l) => {
    const expected = a * l * l + b * l + at(0);
    return Math.abs(at(l) - expected) <= 1e-12 * (Math.abs(a) * l * l + Math.abs(b * l) + Math.abs(at(0)));
  });
  return isQuadratic ? { a, b } : undefined;
}

/** What a rotor does, Eqs. (30)–(34), with the free terms that act on it alone for L²/(2I). */
export const ROTOR: readonly StandardQuantity[] = [
  power("kinetic_power", "rate of change of a rotor's kinetic energy, Eq. (30)", ({ kinetic }, point) =>
    value(point.motion ? traceWith(kinetic, point.motion.change, point) : 0),
  ),
  power(
    "intrinsic_power",
    "what the Hamiltonian changes of a rotor's kinetic energy, i⟨[H, K]⟩, Eq. (32)",
    ({ kinetic }, point) => value(coherentRate(kinetic, point)),
  ),
  power(
    "back_action_heat",
    "what the baths change of a rotor's kinetic energy, Eq. (33)",
    ({ kinetic }, point) =>
      value(
        point.motion ? traceWith(kinetic, point.motion.dissipative, point) : -coherentRate(kinetic, point),
      ),
  ),
  power(
    "net_power",
    "rate of change of the kinetic energy of a rotor's mean momentum, Eq. (34)",
    (rotor, point) => {
      if (!point.motion) return value(0);
      const found = quadratic(rotor, point.parameters);
      if (!found) return undefinedBecause("the rotor's own energy is no polynomial of second order in L");
      const momentum = point.derived.algebra.normalForm({
        kind: "named",
        subsystem: rotor.subsystem,
        name: "L",
      });
      const rate = traceWith(momentum, point.motion.change, point);
      return value((2 * found.a * point.mean(momentum).re + found.b) * rate);
    },
  ),
];
