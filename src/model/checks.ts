import { SCALAR_FUNCTIONS } from "../scalar/functions.ts";
import { number } from "../scalar/scalar.ts";
import type { Identifier } from "../syntax/ast.ts";
import type { Elaboration } from "./elaboration.ts";
import type { Model } from "./model.ts";
import type { OperatorExpression } from "./operator-expression.ts";
import { orderParameters } from "./parameter-values.ts";

/** Gives every parameter a value; where they depend on each other in a circle the circle is reported and cut. */
export function cutCycles(elaboration: Elaboration): void {
  const { parameters, report } = elaboration;
  for (;;) {
    const order = orderParameters(parameters.map((p) => p.value ?? number(Number.NaN)));
    if (order.kind === "ordered") return;
    const circle = order.places.map((place) => parameters[place]!);
    const [first] = circle;
    report(
      "E203",
      first!.span,
      `'${first!.name}' depends on itself: ${[...circle, first!].map((p) => p.name).join(" → ")}`,
    );
    first!.value = number(Number.NaN);
  }
}

/** Warnings about what is declared and never used, and about names that hide standard ones. */
export function checkUsage(model: Model, elaboration: Elaboration): void {
  const { names, report, used, vocabulary } = elaboration;
  for (const [ascii, entry] of names.values) {
    if (entry.kind === "parameter" && !used.has(ascii)) {
      report("W201", entry.name.span, `the parameter '${entry.name.text}' is not used`, {
        fix: "remove it, or use it",
      });
    }
    const standard = vocabulary.quantities.get(ascii);
    if (standard) warnOfHiding(entry.name, `quantity '${standard.name}'`, report);
    else if (SCALAR_FUNCTIONS.has(ascii)) warnOfHiding(entry.name, `function '${ascii}'`, report);
  }
  for (const { name } of names.kinds.values()) {
    if (vocabulary.kinds.has(name.ascii)) warnOfHiding(name, "kind of that name", report);
  }
  for (const { name } of names.spectra.values()) {
    if (vocabulary.spectra.has(name.ascii)) warnOfHiding(name, "spectral density of that name", report);
  }
  const inEquations = new Set(model.equations.flatMap((e) => e.clauses.flatMap((c) => c.baths)));
  for (const [index, { name, span }] of model.baths.entries()) {
    if (model.equations.length > 0 && !inEquations.has(index)) {
      report("W204", span, `no equation uses the bath '${name}'`);
    }
  }
  checkReach(model, report);
}

function warnOfHiding(name: Identifier, what: string, report: Elaboration["report"]): void {
  report("W203", name.span, `'${name.text}' hides the standard ${what}`, {
    fix: "rename it, unless that is meant",
  });
}

/** Subsystems that nothing mentions, and those that no chain of terms joins to a bath. */
function checkReach(model: Model, report: Elaboration["report"]): void {
  const terms = model.hamiltonian.flatMap((t) => summandsOf(t.operator)).map((o) => supportOf(o));
  const baths = model.baths.flatMap((b) => [...b.couplings, ...b.jumps].map((o) => supportOf(o.operator)));
  const mentioned = new Set([...terms, ...baths].flatMap((s) => [...s]));
  const reached = new Set(baths.flatMap((s) => [...s]));
  const joints = [...terms, ...baths];
  for (let grew = true; grew; ) {
    grew = false;
    for (const joint of joints) {
      if (![...joint].some((s) => reached.has(s)) || [...joint].every((s) => reached.has(s))) continue;
      for (const s of joint) reached.add(s);
      grew = true;
    }
  }
  for (const [index, { name, span }] of model.subsystems.entries()) {
    if (!mentioned.has(index)) report("W202", span, `the subsystem '${name}' is not used`);
    else if (!reached.has(index)) {
      report(
        "W205",
        span,
        `no bath reaches the subsystem '${name}': its steady state depends on where it started`,
      );
    }
  }
}

/** The summands of an operator, also of a sum that scalars multiply: each joins the subsystems that it acts on. */
function summandsOf(operator: OperatorExpression): readonly OperatorExpression[] {
  if (operator.kind === "sum") return operator.terms.flatMap(summandsOf);
  if (operator.kind !== "product") return [operator];
  const rest = operator.factors.filter((f) => f.kind !== "scalar");
  return rest.length === 1 ? summandsOf(rest[0]!) : [operator];
}

/** The subsystems on which an operator acts, by its form. */
function supportOf(operator: OperatorExpression, found: Set<number> = new Set()): Set<number> {
  switch (operator.kind) {
    case "scalar":
      break;
    case "named":
    case "phase":
    case "unit":
    case "band":
      found.add(operator.subsystem);
      break;
    case "trigonometric":
      for (const [subsystem] of operator.multiples) found.add(subsystem);
      break;
    case "sum":
      for (const term of operator.terms) supportOf(term, found);
      break;
    case "product":
      for (const factor of operator.factors) supportOf(factor, found);
      break;
    case "adjoint":
      supportOf(operator.operand, found);
      break;
    case "power":
      supportOf(operator.base, found);
      break;
  }
  return found;
}
