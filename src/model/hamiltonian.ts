import type { HamiltonianDeclaration } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import { expressionText } from "./expression-text.ts";
import type { FrameTerm, HamiltonianTerm } from "./model.ts";
import { operatorOf } from "./typed-values.ts";

/** The terms of H, and those of G of its rotating frame. */
export function elaborateHamiltonian(
  declarations: readonly HamiltonianDeclaration[],
  elaboration: Elaboration,
): { readonly hamiltonian: readonly HamiltonianTerm[]; readonly frame: readonly FrameTerm[] } {
  const hamiltonian: HamiltonianTerm[] = [];
  const frame: FrameTerm[] = [];
  for (const { role, label, value } of declarations.flatMap((d) => d.terms)) {
    const operator = operatorOf(value, GLOBAL_SCOPE, elaboration);
    if (!operator) continue;
    const { span } = value;
    if (role === "frame") frame.push({ operator, span, text: expressionText(value, elaboration) });
    else hamiltonian.push({ role, operator, span, ...(label && { label: label.text }) });
  }
  return { hamiltonian, frame };
}
