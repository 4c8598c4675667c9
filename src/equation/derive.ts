import { type OperatorAlgebra, operatorAlgebra } from "../algebra/graph-normal-form.ts";
import {
  adjointOperator,
  isHermitian,
  type NormalForm,
  subtractOperators,
  sumOperators,
} from "../algebra/normal-form.ts";
import { operatorText } from "../algebra/operator-text.ts";
import { DivergentCoefficient } from "../algebra/term-product.ts";
import type { Bath, Equation, EquationClause, Model } from "../model/model.ts";
import type { OperatorExpression } from "../model/operator-expression.ts";
import { compileParameters, orderParameters, parameterSlot } from "../model/parameter-values.ts";
import { type Canonical, isZero, substituteCanonical } from "../scalar/canonical.ts";
import { canonicalFromScalar, NoCanonicalForm } from "../scalar/canonical-from-scalar.ts";
import { ExpressionTooLarge } from "../scalar/polynomial.ts";
import { createReporter, type Outcome } from "../source/diagnostic.ts";
import type { Span } from "../source/span.ts";
import { EQUATION_CODES } from "./codes.ts";
import { checkCollisions } from "./collision.ts";
import { checkBathParity, checkHamiltonianParity } from "./fermion-parity.ts";
import type { BathCoupling, MasterEquation } from "./master-equation.ts";
import type { Derivation, EquationReport, Method, Treatment } from "./method.ts";
import { particleNumber } from "./particle-number.ts";

/** The equations of a model, derived, with the algebra in which they are written. */
export interface DerivedModel {
  readonly model: Model;
  readonly algebra: OperatorAlgebra;
  readonly equations: readonly MasterEquation[];
}

/** Derives every equation of a model (which must be free of errors): H₀, V and the jumps of each bath. */
export function deriveEquations(model: Model, methods: ReadonlyMap<string, Method>): Outcome<DerivedModel> {
  const { diagnostics, report } = createReporter(EQUATION_CODES);
  const algebra = operatorAlgebra(model);
  const expand = expander(model);
  const hamiltonian = deriveHamiltonian(model, algebra, expand, report);
  const derivation: Derivation = {
    model,
    algebra,
    free: hamiltonian.free,
    values: compileParameters(model.parameters).at([]),
    expand,
    report,
  };
  const equations = model.equations.map((e) => deriveEquation(e, hamiltonian, derivation, methods));
  return { value: { model, algebra, equations }, diagnostics: withoutRepeats(diagnostics) };
}

/** A bath in several equations is derived for each, but what is wrong with it is said once. */
const withoutRepeats = (diagnostics: Outcome<unknown>["diagnostics"]) => {
  const seen = new Set<string>();
  return diagnostics.filter((d) => {
    const key = `${d.code} ${d.span.start} ${d.message}`;
    return !seen.has(key) && seen.add(key);
  });
};

interface Hamiltonian {
  readonly free: NormalForm;
  readonly interaction: NormalForm;
}

function deriveHamiltonian(
  model: Model,
  algebra: OperatorAlgebra,
  expand: Derivation["expand"],
  report: EquationReport,
): Hamiltonian {
  const parts = { free: [] as NormalForm[], interaction: [] as NormalForm[] };
  for (const term of model.hamiltonian) {
    const { role, operator, span } = term;
    const form = attempt(() => algebra.normalForm(operator), span, report);
    if (!form) continue;
    if (!isHermitian(form, algebra.space, expand)) {
      const excess = subtractOperators(form, adjointOperator(form, algebra.space), algebra.space);
      report(
        "E401",
        span,
        `this ${role} term is not Hermitian: minus its adjoint it leaves ${operatorText(excess, model)}`,
        {
          fix: "add + h.c. to it",
        },
      );
      // its frequencies would be complex, and nothing further is said of it
      continue;
    }
    warnOfDoubledTerm(operator, span, algebra, report);
    parts[role].push(checkHamiltonianParity(term, form, algebra, model, report));
  }
  return {
    free: sumOperators(parts.free, algebra.space),
    interaction: sumOperators(parts.interaction, algebra.space),
  };
}

/** Runs a piece of algebra; what it cannot do becomes a diagnostic. */
function attempt<T>(work: () => T, span: Span, report: EquationReport): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ExpressionTooLarge || error instanceof NoCanonicalForm)) throw error;
    const fix = error instanceof DivergentCoefficient ? error.fix : undefined;
    report("E405", span, `this operator has no normal form: ${error.message}`, { fix });
    return undefined;
  }
}

/** Warns where the last summand is the adjoint (h.c.) of summands that are Hermitian already. */
function warnOfDoubledTerm(
  operator: OperatorExpression,
  span: Span,
  algebra: OperatorAlgebra,
  report: EquationReport,
): void {
  if (operator.kind === "product") {
    for (const factor of operator.factors) warnOfDoubledTerm(factor, span, algebra, report);
  }
  if (operator.kind !== "sum") return;
  const last = operator.terms.at(-1);
  if (last?.kind === "adjoint" && operator.terms.length > 1) {
    const form = attempt(() => algebra.normalForm(last.operand), span, report);
    if (form && form.size > 0 && isHermitian(form, algebra.space)) {
      report(
        "W401",
        span,
        "h.c. adds the adjoint of summands that are Hermitian already: the term is doubled",
        {
          fix: "leave out + h.c.",
        },
      );
    }
  }
  for (const term of operator.terms) warnOfDoubledTerm(term, span, algebra, report);
}

/** Whether every coupling or jump of a bath is some operator; one that is zero would leave the bath out unsaid. */
function checkBathOperators(bath: Bath, { algebra, expand, report }: Derivation): boolean {
  const [word, list] =
    bath.kind === "jumps" ? (["jump", bath.jumps] as const) : (["coupling", bath.couplings] as const);
  const empty = list.filter(({ operator }) =>
    [...algebra.normalForm(operator).values()].every((term) => isZero(expand(term.coefficient))),
  );
  for (const { span } of empty) {
    report("E408", span, `this ${word} of '${bath.name}' is the zero operator: it does nothing`, {
      fix: "an operator such as σ⁻^2 of a qubit or c^2 of a mode vanishes; leave it out, or write the one that is meant",
    });
  }
  return empty.length === 0;
}

/** The levels that a unified equation joins are joined for all its baths, which a global one contradicts. */
function checkMixture({ clauses, name }: Equation, report: EquationReport): void {
  const global = clauses.find((c) => c.method === "global");
  if (!global || !clauses.some((c) => c.method === "unified")) return;
  report("E409", global.span, `the equation '${name}' holds both global and unified baths`, {
    fix: "write unified for all of them: where no frequencies are near each other the two are the same",
  });
}

/** What a thermal bath couples to. */
function couplingOf(
  { kind, couplings, spectralDensity }: Bath,
  clause: EquationClause,
  { algebra, expand }: Derivation,
): BathCoupling | undefined {
  if (kind === "jumps") return undefined;
  return {
    density: clause.spectralDensity ?? spectralDensity,
    operators: couplings.map(({ operator }) => {
      const form = algebra.normalForm(operator);
      return { operator: form, isHermitian: isHermitian(form, algebra.space, expand) };
    }),
  };
}

/** N of a thermal bath; a chemical potential asks for one. */
function countedParticles(
  bath: Bath,
  { free, interaction }: Hamiltonian,
  { algebra, model, report }: Derivation,
): NormalForm | undefined {
  if (bath.kind === "jumps") return undefined;
  const couplings = bath.couplings.map(({ operator }) => algebra.normalForm(operator));
  const found = particleNumber(couplings, [free, interaction], model, algebra.space);
  if (!found && bath.mu) {
    report(
      "E410",
      bath.span,
      `the bath '${bath.name}' has a chemical potential, but no number of particles that its couplings lower by one is conserved by the Hamiltonian`,
      {
        fix: "couple it to annihilators alone, leave out terms that do not conserve their number, or leave out μ",
      },
    );
  }
  return found;
}

function deriveEquation(
  equation: Equation,
  hamiltonian: Hamiltonian,
  derivation: Derivation,
  methods: ReadonlyMap<string, Method>,
): MasterEquation {
  const { algebra, model, report } = derivation;
  checkMixture(equation, report);
  attempt(() => checkCollisions(equation, model, report), equation.span, report);
  const nothing: Treatment = { jumps: [] };
  const dissipators = equation.clauses.flatMap((clause) => {
    const method = methods.get(clause.method)!;
    return clause.baths.map((place) => {
      const bath = model.baths[place]!;
      const derive = () =>
        checkBathOperators(bath, derivation) && checkBathParity(bath, algebra, model, report)
          ? method.derive(bath, derivation, clause)
          : nothing;
      const treatment = attempt(derive, bath.span, report) ?? nothing;
      const coupling = attempt(() => couplingOf(bath, clause, derivation), bath.span, report);
      const particles = attempt(() => countedParticles(bath, hamiltonian, derivation), bath.span, report);
      return {
        bath: place,
        method: clause.method,
        ...treatment,
        ...(coupling && { coupling }),
        ...(particles && { particleNumber: particles }),
      };
    });
  });
  return { name: equation.name, space: algebra.space, ...hamiltonian, dissipators };
}

/** Replaces derived values by their definitions, down to parameters. */
export function expander(model: Model): (value: Canonical) => Canonical {
  const definitions = new Map<string, Canonical>();
  const order = orderParameters(model.parameters.map((p) => p.value));
  for (const place of order.places) {
    const { role, symbol, value } = model.parameters[place]!;
    if (role !== "derived") continue;
    try {
      definitions.set(
        symbol,
        substituteCanonical(canonicalFromScalar(value), (s) => definitions.get(s)),
      );
    } catch (error) {
      if (!(error instanceof ExpressionTooLarge || error instanceof NoCanonicalForm)) throw error;
    }
  }
  return (value) =>
    substituteCanonical(value, (symbol) =>
      parameterSlot(symbol) >= 0 ? definitions.get(symbol) : undefined,
    );
}
