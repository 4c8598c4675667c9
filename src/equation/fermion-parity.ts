import { evenPart, oddPart } from "../algebra/fermion-sign.ts";
import type { OperatorAlgebra } from "../algebra/graph-normal-form.ts";
import type { NormalForm } from "../algebra/normal-form.ts";
import { operatorText } from "../algebra/operator-text.ts";
import type { Bath, HamiltonianTerm, Model } from "../model/model.ts";
import type { EquationReport } from "./method.ts";

/**
 * The part of a Hamiltonian term that keeps the parity of the number of fermions; reports the rest, since no state
 * holds coherences between an even and an odd number for it to act on.
 */
export function checkHamiltonianParity(
  { role, span }: HamiltonianTerm,
  form: NormalForm,
  { space }: OperatorAlgebra,
  model: Model,
  report: EquationReport,
): NormalForm {
  const odd = oddPart(form, space);
  if (odd.size === 0) return form;
  report(
    "E406",
    span,
    `this ${role} term holds an odd number of fermion operators in ${operatorText(odd, model)}: a Hamiltonian keeps the parity of the number of fermions`,
    {
      fix: "pair each c and c† with one of another mode, as in d1.c†*d2.c + h.c.; exchange with the surroundings is a bath's",
    },
  );
  return evenPart(form, space);
}

/** Whether each coupling or jump of a bath is even or odd in fermion operators; reports those that are mixed. */
export function checkBathParity(
  bath: Bath,
  { normalForm, space }: OperatorAlgebra,
  model: Model,
  report: EquationReport,
): boolean {
  const [word, list] =
    bath.kind === "jumps" ? (["jump", bath.jumps] as const) : (["coupling", bath.couplings] as const);
  let isSound = true;
  for (const { operator, span } of list) {
    const form = normalForm(operator);
    const [even, odd] = [evenPart(form, space), oddPart(form, space)];
    if (even.size === 0 || odd.size === 0) continue;
    isSound = false;
    report(
      "E406",
      span,
      `this ${word} of '${bath.name}' adds ${operatorText(odd, model)}, odd in fermion operators, to ${operatorText(even, model)}, which is even`,
      { fix: `write a ${bath.kind === "jumps" ? "'jump'" : "'couples'"} of its own for each` },
    );
  }
  return isSound;
}
