import { equationFormula, type Formula, sumFormula } from "../formula/formula.ts";
import type { Derivation } from "./derivation.ts";
import type { Presentation } from "./presentation.ts";
import { FREE, HAMILTONIAN, INTERACTION } from "./symbols.ts";

/** H = H₀ + V with both parts as the model writes them. */
export function hamiltonianDerivation({ model, written }: Presentation): Derivation {
  const part = (role: "free" | "interaction"): Formula | undefined => {
    const terms = model.hamiltonian.filter((t) => t.role === role);
    return terms.length === 0 ? undefined : sumFormula(terms.map((t) => written(t.operator)));
  };
  const parts = [
    [FREE, part("free")],
    [INTERACTION, part("interaction")],
  ] as const;
  const present = parts.filter(([, formula]) => formula !== undefined);
  return {
    name: "hamiltonian",
    title: "Hamiltonian",
    equations: [
      equationFormula(HAMILTONIAN, sumFormula(present.map(([symbol]) => symbol))),
      ...present.map(([symbol, formula]) => equationFormula(symbol, formula!)),
    ],
    notes: [],
  };
}
