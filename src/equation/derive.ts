import { type OperatorAlgebra, operatorAlgebra } from "../algebra/graph-normal-form.ts";
import { isHermitian, type NormalForm } from "../algebra/normal-form.ts";
import type { Bath, Equation, EquationClause, Model } from "../model/model.ts";
import { compileParameters } from "../model/parameter-values.ts";
import { isZero } from "../scalar/canonical.ts";
import { createReporter, type Outcome } from "../source/diagnostic.ts";
import type { Span } from "../source/span.ts";
import { attempt } from "./attempt.ts";
import { EQUATION_CODES } from "./codes.ts";
import { checkCollisions } from "./collision.ts";
import { expander } from "./expander.ts";
import { checkBathParity } from "./fermion-parity.ts";
import { isFrameWeakSymmetry } from "./frame.ts";
import { deriveHamiltonian, frameText, type Hamiltonian } from "./hamiltonian.ts";
import type { BathCoupling, Dissipator, MasterEquation } from "./master-equation.ts";
import type { Derivation, EquationReport, Method, Treatment } from "./method.ts";
import { particleNumber } from "./particle-number.ts";
import type { TimeDependence } from "./time-derivative.ts";

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
  checkSteadyStates(equations, model, report);
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
  const { time, ...parts } = hamiltonian;
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
  const isBathMoving = dissipators.some((d) => isMovingBath(d, model, time));
  const derived: MasterEquation = {
    name: equation.name,
    space: algebra.space,
    ...parts,
    dependsOnTime: parts.dependsOnTime || isBathMoving,
    dissipators,
  };
  checkConstantMethods(equation, derived, report);
  if (derived.frame) checkBathsInFrame(derived, derivation, time);
  return derived;
}

/** Whether a bath acts differently at different times. */
function isMovingBath({ bath, jumps, coupling }: Dissipator, model: Model, time: TimeDependence): boolean {
  const { beta, mu } = model.baths[bath]!;
  return (
    jumps.some(({ operator, rate }) => time.isMoving(operator) || time.isMovingScalar(rate)) ||
    (coupling?.operators.some(({ operator }) => time.isMoving(operator)) ?? false) ||
    [coupling?.density, beta, mu].some((x) => x !== undefined && time.isMovingScalar(x))
  );
}

/** Methods whose jumps, or whose ancillas, are made for a Hamiltonian that stays as it is. */
function checkConstantMethods(
  { clauses, name }: Equation,
  { frame, dependsOnTime, dissipators }: MasterEquation,
  report: EquationReport,
): void {
  if (!frame && !dependsOnTime) return;
  const needsRest = new Set(dissipators.filter((d) => d.spectral || d.collision).map((d) => d.method));
  for (const { method, span } of clauses) {
    if (!needsRest.has(method)) continue;
    const why =
      method === "collision"
        ? "while an ancilla acts on the system, H would change, and what it does would depend on when it comes"
        : frame
          ? "its jumps are between the eigenstates of H, and a driven H has none: those of the frame are not at the frequencies that the bath sees"
          : "its jumps are between the eigenstates of H, which change in time";
    report("E413", span, `'${method}' in '${name}' needs a Hamiltonian and baths that are constant: ${why}`, {
      fix: "use local (or jumps), whose frequencies are those of the free terms",
    });
  }
}

/** The baths must be constant in the frame: each is left as it is by e^{iGt}. */
function checkBathsInFrame(
  { frame, dissipators, space }: MasterEquation,
  { model, report }: Derivation,
  time: TimeDependence,
): void {
  for (const dissipator of dissipators) {
    const { bath, jumps } = dissipator;
    const { name, span } = model.baths[bath]!;
    const isMoving = isMovingBath(dissipator, model, time);
    if (!isMoving && (attempt(() => isFrameWeakSymmetry(jumps, frame!, space), span, report) ?? true))
      continue;
    report(
      "E414",
      span,
      isMoving
        ? `the bath '${name}' depends on time, and no frame makes it constant`
        : `the bath '${name}' is not constant in the frame of G = ${frameText(model)}: e^{iGt} changes its dissipator`,
      {
        fix: isMoving
          ? "leave out the frame, and evolve the equation in time"
          : "choose a G that each coupling changes by a phase alone, [G, A] = -g*A, or leave out the frame and evolve the equation in time",
      },
    );
  }
}

/** Steady states that the model itself asks for, of equations that have none. */
function checkSteadyStates(
  equations: readonly MasterEquation[],
  { sweeps, states }: Model,
  report: EquationReport,
): void {
  const ask = (place: number, span: Span): void => {
    const { dependsOnTime, name } = equations[place]!;
    if (!dependsOnTime) return;
    report("E415", span, `this asks for a steady state of '${name}', which depends on time`, {
      fix: ADVICE_ON_MOVING,
    });
  };
  for (const { equations: asked, span } of sweeps) for (const place of asked) ask(place, span);
  for (const state of states) if (state.kind === "steady") ask(state.equation, state.span);
}

/** What to do where a steady state is asked for and the equation depends on time. */
export const ADVICE_ON_MOVING =
  "state the frame in which it is constant, such as frame ω_d*m.N, or evolve it in time";
