import {
  appliedFormula,
  equationFormula,
  type Formula,
  type FormulaEquation,
  negativeFormula,
  productFormula,
  sumFormula,
  symbolFormula,
} from "../formula/formula.ts";
import { scalarFormula } from "../formula/scalar-formula.ts";
import { ancillaEquations, collidingBaths } from "./collision-derivation.ts";
import { hasCollisions } from "./collision-thermodynamics.ts";
import type { Derivation } from "./derivation.ts";
import { dissipatorDerivation } from "./dissipators.ts";
import type { Presentation } from "./presentation.ts";
import { IMAGINARY, JOINT_CHANGE, liouvillian, TAU } from "./symbols.ts";

/** How ρ moves: the master equation, or with collisions that last the map of one of them, Eq. (9). */
export const motionDerivation = (p: Presentation): Derivation =>
  hasCollisions(p) ? mapDerivation(p) : dissipatorDerivation(p);

const JOINT = symbolFormula("ρ_SB", "\\rho_{SB}");
const START = symbolFormula("(ρ(t)⊗ρ_B)", "\\left(\\rho(t) \\otimes \\rho_{B}\\right)");
const AFTER = symbolFormula("ρ(t + τ)", "\\rho(t+\\tau)");
const TRACE_B = symbolFormula("Tr_B", "\\operatorname{Tr}_{B}");
const GENERATOR = symbolFormula("L_τ", "\\mathcal{L}_{\\tau}");
const PROPAGATOR = symbolFormula("exp(τ*L_τ)", "e^{\\tau \\mathcal{L}_{\\tau}}");

/** ρ(t + τ) = Tr_B[e^{τL_τ}(ρ(t)⊗ρ_B)] with L_τ = −i[H_τ, ·] and the baths that are no ancillas. */
function mapDerivation(p: Presentation): Derivation {
  const dissipators = dissipatorDerivation(p).equations.slice(1);
  const others = p.equation.dissipators.flatMap((d, place) => (d.collision ? [] : [place]));
  const commutator: Formula = {
    kind: "bracket",
    which: "commutator",
    left: symbolFormula("H_τ", "H_{\\tau}"),
    right: JOINT,
  };
  const duration = p.equation.dissipators.find((d) => d.collision)!.collision!.duration;
  const evolved = productFormula([PROPAGATOR, START]);
  const ancillas = collidingBaths(p, "collision") ?? [];
  const equations: FormulaEquation[] = [
    equationFormula(AFTER, appliedFormula(TRACE_B, evolved)),
    equationFormula(
      appliedFormula(GENERATOR, JOINT),
      sumFormula([
        negativeFormula(productFormula([IMAGINARY, commutator])),
        ...others.map((place) => appliedFormula(liouvillian(p, p.equation.dissipators[place]!.bath), JOINT)),
      ]),
    ),
    ...ancillaEquations(ancillas, p),
    equationFormula(JOINT_CHANGE, sumFormula([evolved, negativeFormula(START)])),
    equationFormula(TAU, scalarFormula(duration, p.notation.symbol)),
    ...others.map((place) => dissipators[place]!),
  ];
  return {
    name: "dissipators",
    title: "Map of one collision",
    equations,
    notes: ["as τ → 0 this becomes the local equation"],
  };
}
