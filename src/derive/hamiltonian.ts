import { wordsFormula } from "../algebra/words/word-formula.ts";
import {
  appliedFormula,
  equationFormula,
  type Formula,
  negativeFormula,
  productFormula,
  sumFormula,
} from "../formula/formula.ts";
import type { HamiltonianTerm } from "../model/model.ts";
import type { Derivation } from "./derivation.ts";
import type { Presentation } from "./presentation.ts";
import {
  CHANGE_OF_HAMILTONIAN,
  DRIVE_POWER,
  FRAME,
  FREE,
  HAMILTONIAN,
  IMAGINARY,
  INTERACTION,
  RHO,
  TRACE,
  TURNED_INTERACTION,
} from "./symbols.ts";
import { meanOf } from "./thermodynamics.ts";

/** H = H₀ + V as the model writes it, V being interactions and drives; in a frame also G and what V is there. */
export function hamiltonianDerivation(p: Presentation): Derivation {
  const { model, written, equation, words, notation, interaction } = p;
  const part = (isMeant: (role: HamiltonianTerm["role"]) => boolean): Formula | undefined => {
    const terms = model.hamiltonian.filter((t) => isMeant(t.role));
    return terms.length === 0 ? undefined : sumFormula(terms.map((t) => written(t.operator)));
  };
  const parts = [
    [FREE, part((role) => role === "free")],
    [INTERACTION, part((role) => role !== "free")],
  ] as const;
  const present = parts.filter(([, formula]) => formula !== undefined);
  const turned = equation.frame
    ? [
        equationFormula(FRAME, sumFormula(model.frame.map((t) => written(t.operator)))),
        equationFormula(TURNED_INTERACTION, wordsFormula(words.expanded(interaction), notation)),
      ]
    : [];
  return {
    name: "hamiltonian",
    title: "Hamiltonian",
    equations: [
      equationFormula(HAMILTONIAN, sumFormula(present.map(([symbol]) => symbol))),
      ...present.map(([symbol, formula]) => equationFormula(symbol, formula!)),
      ...turned,
    ],
    notes: equation.frame ? [IN_FRAME] : [],
  };
}

const IN_FRAME =
  "below, the state, means and V are those in the rotating frame of G; energies, heats and powers are the laboratory's";

/** Tr[ρ ∂H/∂t], in a frame −i Tr([G, H]ρ). */
export function drivePowerDerivation(p: Presentation): Derivation {
  const { frame, power } = p.equation;
  const bracket: Formula = { kind: "bracket", which: "commutator", left: FRAME, right: HAMILTONIAN };
  const trace = frame
    ? negativeFormula(productFormula([IMAGINARY, appliedFormula(TRACE, productFormula([bracket, RHO]))]))
    : appliedFormula(TRACE, productFormula([RHO, CHANGE_OF_HAMILTONIAN]));
  return {
    name: "drive_power",
    title: "Power of the drives",
    equations: [equationFormula(DRIVE_POWER, trace, meanOf(power!, p))],
    notes: [],
  };
}
