import type { HamiltonianDeclaration } from "../syntax/ast.ts";
import { type Elaboration, GLOBAL_SCOPE } from "./elaboration.ts";
import type { HamiltonianTerm } from "./model.ts";
import { operatorOf } from "./typed-values.ts";

/** The free and interaction terms; drives and frames are reported, since nothing can solve them yet. */
export function elaborateHamiltonian(
  declarations: readonly HamiltonianDeclaration[],
  elaboration: Elaboration,
): HamiltonianTerm[] {
  const terms: HamiltonianTerm[] = [];
  for (const { role, label, value, span } of declarations.flatMap((d) => d.terms)) {
    if (role === "drive" || role === "frame") {
      elaboration.report(
        "E222",
        span,
        `'${role}' is part of the language, but driven Hamiltonians cannot be solved yet`,
        {
          fix: "state the model in a frame where its Hamiltonian is constant",
        },
      );
      continue;
    }
    const operator = operatorOf(value, GLOBAL_SCOPE, elaboration);
    if (operator) terms.push({ role, operator, span: value.span, ...(label && { label: label.text }) });
  }
  return terms;
}
