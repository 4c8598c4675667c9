import { adjointOperator, isHermitian, levelSymbol, type NormalForm } from "../algebra/normal-form.ts";
import { canonicalText, operatorText } from "../algebra/operator-text.ts";
import type { Bath, EquationClause } from "../model/model.ts";
import { FREQUENCY, LARGEST_FREQUENCY } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import {
  add,
  type Canonical,
  constant,
  isZero,
  multiply,
  negate,
  substituteCanonical,
  subtract,
  symbolCanonical,
} from "../scalar/canonical.ts";
import { canonicalFromScalar } from "../scalar/canonical-from-scalar.ts";
import { compileReal } from "../scalar/compile.ts";
import { binary, call, number, type Scalar, substitute, symbolsOf } from "../scalar/scalar.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import type { Span } from "../source/span.ts";
import { type Eigenoperator, shiftOf, splitIntoEigenoperators } from "./eigenoperators.ts";
import { loweringHalf } from "./hermitian-coupling.ts";
import { warnOfCloseLevels } from "./level-spacing.ts";
import type { JumpTerm } from "./master-equation.ts";
import type { Derivation, Method } from "./method.ts";
import { sampledFrequencies } from "./sampled-frequencies.ts";

/**
 * The local equation, Eq. (13)–(14): L = J(ω)[(n(ω)+1) D[A] + n(ω) D[A†]] for every eigenoperator A of H₀ in the
 * coupling; 1 − f(ω) and f(ω) in the place of n + 1 and n for fermions.
 */
export const local: Method = {
  name: "local",
  description:
    "the collision model in the limit of short collisions, Eq. (13)–(14): jumps between levels of the free Hamiltonian",
  baths: ["bosonic", "fermionic"],
  settings: ["spectrum"],
  derive: (bath, derivation, clause) => ({ jumps: jumpsOfFree(bath, derivation, clause) }),
};

/** A bath with the spectral density that a clause gives it. */
export const inClause = (bath: Bath, { spectralDensity }: EquationClause): Bath =>
  spectralDensity ? { ...bath, spectralDensity } : bath;

/**
 * The jumps between levels of H₀ that a bath's couplings make, each emission followed by its absorption; reports
 * couplings that make none.
 */
export function jumpsOfFree(own: Bath, derivation: Derivation, clause: EquationClause): JumpTerm[] {
  const bath = inClause(own, clause);
  if (symbolsOf(bath.spectralDensity).has(LARGEST_FREQUENCY)) {
    derivation.report(
      "E407",
      clause.span,
      `the spectral density of '${bath.name}' holds largest_frequency, which a ${clause.method} equation does not know`,
      { fix: "give the cutoff as a number, or use 'global'" },
    );
    return [];
  }
  if (derivation.free.size === 0) {
    derivation.report(
      "E403",
      clause.span,
      `a ${clause.method} equation takes its Bohr frequencies from free terms, and there are none`,
      {
        fix: "write the part of the Hamiltonian that the baths see as 'free'",
      },
    );
    return [];
  }
  return bath.couplings.flatMap(({ operator, span }) => {
    const form = derivation.algebra.normalForm(operator);
    return deriveCoupling(form, bath, span, derivation);
  });
}

function deriveCoupling(form: NormalForm, bath: Bath, span: Span, derivation: Derivation): JumpTerm[] {
  const { algebra, expand, free, model, report } = derivation;
  const split = splitIntoEigenoperators(form, free, algebra.space, expand);
  if (split.kind === "none") {
    const terms = operatorText(split.terms, model);
    const shown = operatorText(split.commutator, model);
    report(
      "E402",
      span,
      `the coupling of '${bath.name}' does not split into eigenoperators of the free Hamiltonian H0, neither term by term nor by the groups of terms that H0 joins: for A = ${terms}, [H0, A] = ${shown}`,
      {
        fix: "couple to an operator A with [H0, A] = -ω*A, or move terms that do not belong to H0 into 'interaction'",
      },
    );
    return [];
  }
  const parts = isHermitian(form, algebra.space, expand)
    ? loweringHalf(split.parts, derivation)
    : split.parts;
  warnOfCoincidence(parts, bath, span, derivation);
  return parts.flatMap((part) => {
    if (!checkFrequency(part, bath, span, derivation)) return [];
    const pair = jumpPair(lowering(part, bath, derivation), bath, algebra.space);
    if (part.levelwise.length > 0) warnOfCloseLevels(pair[0]!, bath, span, derivation);
    return pair;
  });
}

/**
 * The eigenoperator that lowers the energy at the point where the model is checked: of a bosonic bath's raising one the
 * adjoint, so that formulas show occupations of positive frequencies. Numbers are the same at every point.
 */
function lowering(part: Eigenoperator, bath: Bath, derivation: Derivation): Eigenoperator {
  const value = numericFrequency(part, derivation);
  if (bath.kind !== "bosonic" || value === undefined || !(value < 0)) return part;
  const operator = adjointOperator(part.operator, derivation.algebra.space);
  return { ...part, operator, frequency: negate(part.frequency) };
}

/** A frequency below this fraction of those of the other levels is zero. */
const ZERO_FREQUENCY = 1e-12;

/** The frequency at the point where the model is checked; undefined where it depends on the level. */
const numericFrequency = (
  { frequency, levelwise }: Eigenoperator,
  { values }: Derivation,
): number | undefined =>
  levelwise.length > 0 ? undefined : compileReal(scalarFromCanonical(frequency), parameterSlot)(values);

function warnOfCoincidence(
  parts: readonly Eigenoperator[],
  bath: Bath,
  span: Span,
  derivation: Derivation,
): void {
  const numbers = parts.map((p) => numericFrequency(p, derivation));
  for (const [i, a] of numbers.entries()) {
    for (let j = i + 1; j < numbers.length; j++) {
      const b = numbers[j];
      if (a === undefined || b === undefined || Math.abs(a - b) > 1e-12 * Math.max(Math.abs(a), Math.abs(b)))
        continue;
      const [first, second] = [parts[i]!, parts[j]!].map((p) => canonicalText(p.frequency, derivation.model));
      derivation.report(
        "W402",
        span,
        `the Bohr frequencies ${first} and ${second} of '${bath.name}' are different formulas but the same number, ${a}: they are treated as two channels`,
        { fix: "if they are meant to be equal, use one parameter for both" },
      );
    }
  }
}

/** Reports frequencies that are zero, and warns of negative ones: then A raises the energy. */
function checkFrequency(part: Eigenoperator, bath: Bath, span: Span, derivation: Derivation): boolean {
  const { model, report } = derivation;
  const value = numericFrequency(part, derivation);
  if (value === undefined) return checkLevels(part, bath, span, derivation);
  if (Number.isNaN(value)) return true;
  const formula = canonicalText(part.frequency, model);
  if (bath.kind === "bosonic" && (isZero(part.frequency) || value === 0)) {
    const shown = isZero(part.frequency)
      ? "commutes with the free Hamiltonian"
      : `has the Bohr frequency ${formula} = 0 here`;
    report(
      "E404",
      span,
      `the coupling of '${bath.name}' ${shown}; a boson of frequency zero has no occupation`,
      {
        fix: "for dephasing use a bath of kind jumps",
      },
    );
    return false;
  }
  if (value < 0 && bath.kind === "bosonic") {
    report(
      "W403",
      span,
      `the coupling of '${bath.name}' raises the energy of the free Hamiltonian (its Bohr frequency ${formula === String(value) ? "" : `${formula} `}is ${value}); A and A† change places`,
      {
        fix: "couple to the lowering operator: σ⁻ lowers the energy of +B*σz",
      },
    );
  }
  return true;
}

/** Reports two levels of the same energy that a coupling joins, where its frequency depends on the level. */
function checkLevels(part: Eigenoperator, bath: Bath, span: Span, derivation: Derivation): boolean {
  if (bath.kind !== "bosonic") return true;
  const samples = sampledFrequencies(part, derivation).filter(({ strength }) => strength > 0);
  const largest = samples.reduce((most, { frequency }) => Math.max(most, Math.abs(frequency)), 0);
  const degenerate = samples.find(({ frequency }) => Math.abs(frequency) <= ZERO_FREQUENCY * largest);
  if (!degenerate) return true;
  const { model, report } = derivation;
  const where = part.levelwise
    .map((s, i) => `n(${model.subsystems[s]!.name}) = ${degenerate.levels[i]}`)
    .join(", ");
  report(
    "E404",
    span,
    `the coupling of '${bath.name}' has the Bohr frequency ${canonicalText(part.frequency, model)}, which is zero at ${where}: it joins two levels of the same energy, and a boson of frequency zero has no occupation`,
    {
      fix: "add a free term that sets these levels apart, or move the terms that make them meet into 'interaction'",
    },
  );
  return false;
}

/** The emission and the absorption jump of one eigenoperator. */
function jumpPair(part: Eigenoperator, bath: Bath, space: Derivation["algebra"]["space"]): JumpTerm[] {
  const { operator, frequency, levelwise } = part;
  const emission: JumpTerm = {
    operator,
    direction: "emission",
    frequency,
    levelwise,
    ...rates(bath, frequency, "emission"),
  };
  const before = levelBefore(part);
  const absorption: JumpTerm = {
    operator: adjointOperator(operator, space),
    direction: "absorption",
    frequency: before,
    levelwise,
    ...rates(bath, before, "absorption"),
  };
  return [emission, absorption];
}

/** The frequency as seen from the level that A† acts on. */
function levelBefore({ operator, frequency, levelwise }: Eigenoperator): Canonical {
  if (levelwise.length === 0) return frequency;
  return substituteCanonical(frequency, (name) => {
    const subsystem = levelwise.find((s) => levelSymbol(s) === name);
    if (subsystem === undefined) return undefined;
    return add(symbolCanonical(name), constant(-shiftOf(operator, subsystem)));
  });
}

function rates(
  bath: Bath,
  frequency: Canonical,
  direction: "emission" | "absorption",
): Pick<JumpTerm, "rate" | "evaluatedRate"> {
  const w = scalarFromCanonical(frequency);
  // β(ω − μ)
  const above = bath.mu ? subtract(frequency, canonicalFromScalar(bath.mu)) : frequency;
  const reduced = scalarFromCanonical(multiply(canonicalFromScalar(bath.beta!), above));
  const density = (at: Scalar) =>
    substitute(bath.spectralDensity, (name) => (name === FREQUENCY ? at : undefined));
  if (bath.kind === "fermionic") {
    const filling = call("fermi", reduced);
    const weight = direction === "emission" ? binary("-", number(1), filling) : filling;
    const rate = weighted(density(w), weight);
    return { rate, evaluatedRate: rate };
  }
  const occupation = call("bose", reduced);
  const weight = direction === "emission" ? binary("+", occupation, number(1)) : occupation;
  // 1/(e^x − 1) at −x is −(n(x) + 1): absolute values exchange emission and absorption where ω < 0
  return {
    rate: weighted(density(w), weight),
    evaluatedRate: weighted(density(call("abs", w)), call("abs", weight)),
  };
}

/** J·weight, without a factor 1. */
function weighted(density: Scalar, weight: Scalar): Scalar {
  const isUnit = density.type === "ConstantNode" && density.toString() === "1";
  return isUnit ? weight : binary("*", density, weight);
}
