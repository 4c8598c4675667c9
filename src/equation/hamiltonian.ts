import type { OperatorAlgebra } from "../algebra/graph-normal-form.ts";
import {
  adjointOperator,
  commutator,
  isHermitian,
  type NormalForm,
  scaleOperator,
  subtractOperators,
  sumOperators,
} from "../algebra/normal-form.ts";
import { operatorText } from "../algebra/operator-text.ts";
import type { FrameTerm, HamiltonianTerm, Model } from "../model/model.ts";
import type { OperatorExpression } from "../model/operator-expression.ts";
import { constant, IMAGINARY_UNIT, multiply } from "../scalar/canonical.ts";
import type { Span } from "../source/span.ts";
import { attempt, isBeyondAlgebra } from "./attempt.ts";
import { checkHamiltonianParity } from "./fermion-parity.ts";
import { changeInFrame, isNothing, withoutZeros } from "./frame.ts";
import type { MasterEquation } from "./master-equation.ts";
import type { Derivation, EquationReport } from "./method.ts";
import { type TimeDependence, timeDependence } from "./time-derivative.ts";

/** What the equations of a model have in common. `free` is that of the laboratory. */
export interface Hamiltonian
  extends Pick<MasterEquation, "free" | "interaction" | "frame" | "power" | "dependsOnTime"> {
  readonly time: TimeDependence;
}

/** A term with its normal form. */
interface Term {
  readonly role: HamiltonianTerm["role"];
  readonly form: NormalForm;
  readonly span: Span;
}

/** H₀ and H − H₀ of a model, what drives them, and its frame, in which H must be constant. */
export function deriveHamiltonian(
  model: Model,
  algebra: OperatorAlgebra,
  expand: Derivation["expand"],
  report: EquationReport,
): Hamiltonian {
  const { space } = algebra;
  const terms = model.hamiltonian.flatMap((term): Term[] => {
    const form = hermitianForm(term, `${term.role} term`, model, algebra, expand, report);
    if (!form) return [];
    warnOfDoubledTerm(term.operator, term.span, algebra, report);
    return [
      { role: term.role, span: term.span, form: checkHamiltonianParity(term, form, algebra, model, report) },
    ];
  });
  const sumOf = (isMeant: (term: Term) => boolean): NormalForm =>
    sumOperators(
      terms.filter(isMeant).map((t) => t.form),
      space,
    );
  const time = timeDependence(model, space);
  const plain = {
    free: sumOf((t) => t.role === "free"),
    interaction: sumOf((t) => t.role !== "free"),
    time,
    dependsOnTime: terms.some((t) => time.isMoving(t.form)),
  };
  const frame = frameOf(model, algebra, expand, time, report);
  const context = { model, space, expand, time, report };
  if (frame) return inFrame(plain, frame, terms, model.frame[0]!.span, context);
  return plain.dependsOnTime ? driven(plain, terms, context) : plain;
}

interface Context extends Pick<Derivation, "model" | "expand" | "report"> {
  readonly space: OperatorAlgebra["space"];
  readonly time: TimeDependence;
}

/** With ∂H/∂t. */
function driven(plain: Hamiltonian, terms: readonly Term[], { space, time, report }: Context): Hamiltonian {
  const parts = terms.flatMap(({ form, span }) => {
    try {
      return [time.derivative(form)];
    } catch (error) {
      if (!isBeyondAlgebra(error)) throw error;
      report("E416", span, `the power of this term cannot be worked out: ${error.message}`, {
        fix: "what changes H in no time does infinite power: let it change smoothly, as (1 + tanh((time - 5)/0.1))/2 does",
      });
      return [];
    }
  });
  return { ...plain, power: sumOperators(parts, space) };
}

/** The normal form of a Hermitian operator; what is not is reported. */
function hermitianForm(
  { operator, span }: Pick<FrameTerm, "operator" | "span">,
  what: string,
  model: Model,
  algebra: OperatorAlgebra,
  expand: Derivation["expand"],
  report: EquationReport,
): NormalForm | undefined {
  const form = attempt(() => algebra.normalForm(operator), span, report);
  // its frequencies would be complex, and nothing further is said of it
  if (!form || isHermitian(form, algebra.space, expand)) return form;
  const excess = subtractOperators(form, adjointOperator(form, algebra.space), algebra.space);
  report(
    "E401",
    span,
    `this ${what} is not Hermitian: minus its adjoint it leaves ${operatorText(excess, model)}`,
    { fix: "add + h.c. to it" },
  );
  return undefined;
}

/** G; undefined where the model has no frame, or one that is reported. */
function frameOf(
  model: Model,
  algebra: OperatorAlgebra,
  expand: Derivation["expand"],
  time: TimeDependence,
  report: EquationReport,
): NormalForm | undefined {
  const forms = model.frame.map((term) => {
    const form = hermitianForm(term, "frame", model, algebra, expand, report);
    if (!form || !time.isMoving(form)) return form;
    report("E414", term.span, "the frame itself depends on time", {
      fix: "write G of e^{iGt}, as in frame ω_d*m.N",
    });
    return undefined;
  });
  if (forms.length === 0 || forms.some((form) => !form)) return undefined;
  return sumOperators(forms as NormalForm[], algebra.space);
}

/** G as the model writes it. */
export const frameText = ({ frame }: Model): string => frame.map((term) => term.text).join(" + ");

/** H as it is in the frame, if it is constant there. */
function inFrame(
  plain: Hamiltonian,
  frame: NormalForm,
  terms: readonly Term[],
  at: Span,
  context: Context,
): Hamiltonian {
  const { space, time, expand, model, report } = context;
  const changeOf = (form: NormalForm): NormalForm =>
    withoutZeros(changeInFrame(form, frame, time, space), space, expand);
  try {
    for (const { role, form, span } of terms) {
      const isTurning = role === "free" && time.isMoving(form);
      const rest = isTurning ? time.derivative(form) : changeOf(form);
      if (!isTurning && isNothing(rest, space, expand)) continue;
      report(
        "E414",
        span,
        isTurning
          ? "a free term depends on time, and so do the frequencies that the baths see: no frame makes it constant"
          : `in the frame of G = ${frameText(model)} this ${role} term is not constant: it changes at the rate ${operatorText(rest, model)}`,
        {
          fix: isTurning
            ? "leave out the frame, and evolve the equation in time"
            : "choose a G with ∂H/∂t + i*[G, H] = 0: exp(i*ω*t)*a + h.c. is constant in the frame ω*a†a",
          related: [{ message: "the frame is here", span: at }],
        },
      );
      return { ...plain, dependsOnTime: false };
    }
    const interaction = time.atStart(plain.interaction);
    const whole = sumOperators([plain.free, interaction], space);
    const minusI = multiply(constant(-1), IMAGINARY_UNIT);
    const power = withoutZeros(scaleOperator(commutator(frame, whole, space), minusI), space, expand);
    return { ...plain, interaction, frame, power, dependsOnTime: false };
  } catch (error) {
    if (!isBeyondAlgebra(error)) throw error;
    report("E414", at, `whether H is constant in this frame cannot be decided: ${error.message}`);
    return { ...plain, dependsOnTime: false };
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
