import { levelSymbol } from "../algebra/normal-form.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import type { NumberOperator } from "../equation/number-operators.ts";
import {
  equationFormula,
  type Formula,
  fractionFormula,
  numberFormula,
  productFormula,
  sumFormula,
  symbolFormula,
} from "../formula/formula.ts";
import { initialWindows, productBasis } from "../lower/window.ts";
import { hasCollisions } from "./collision-thermodynamics.ts";
import type { Derivation } from "./derivation.ts";
import type { Presentation } from "./presentation.ts";
import { sectorSizes, symmetriesOf } from "./symmetries.ts";

/** Product states beyond which their classes are not counted for a derivation. */
const MAX_COUNTED = 100_000;

/** The charges and discrete symmetries of an equation, and the sector that they leave beside the solver's. */
export function symmetriesDerivation(original: MasterEquation, p: Presentation): Derivation {
  const symmetries = symmetriesOf(original, p.model);
  const charge = (coefficients: readonly number[]): Formula =>
    positiveFirst(
      coefficients.map((c, k) =>
        c === 0
          ? numberFormula(0)
          : productFormula([numberFormula(c), numberFormulaOf(symmetries.operators[k]!, p)]),
      ),
    );
  const several = symmetries.charges.length > 1;
  const equations = [
    ...symmetries.charges.map(({ coefficients }, k) =>
      equationFormula(
        symbolFormula(several ? `C${k + 1}` : "C", several ? `C_{${k + 1}}` : "C"),
        charge(coefficients),
      ),
    ),
    ...symmetries.discrete.map(({ coefficients, order }) =>
      equationFormula(symbolFormula("Π", "\\Pi"), discreteFormula(charge(coefficients), order)),
    ),
  ];
  const notes = [
    symmetries.charges.length === 0
      ? "no charge linear in number-like operators was found to be a symmetry"
      : `each C is a weak symmetry: [H, C] = 0, and ${hasCollisions(p) ? "a collision" : "the dissipator of each bath"} commutes with [C, ·]`,
    ...symmetries.charges.flatMap(({ isConserved }, k) =>
      isConserved
        ? [`C${several ? k + 1 : ""} is conserved: no bath changes it, so the steady state is not unique`]
        : [],
    ),
    ...sectorNote(original, symmetries, p),
  ];
  return { name: "symmetries", title: "Symmetries", equations, notes };
}

const positiveFirst = (terms: readonly Formula[]): Formula =>
  sumFormula([...terms].sort((a, b) => Number(a.kind === "negative") - Number(b.kind === "negative")));

const HALF_TURN = [symbolFormula("π", "\\pi"), symbolFormula("i", "i")];

/** exp(2πi C/order), which for order 2 is (−1)^C up to a constant phase. */
const discreteFormula = (charge: Formula, order: number): Formula => ({
  kind: "call",
  name: "exp",
  operands: [
    productFormula(
      order === 2
        ? [...HALF_TURN, charge]
        : [fractionFormula(productFormula([numberFormula(2), ...HALF_TURN]), numberFormula(order)), charge],
    ),
  ],
});

function numberFormulaOf({ subsystem, level }: NumberOperator, { notation, model }: Presentation): Formula {
  const { kind } = model.subsystems[subsystem]!;
  if (level !== undefined) return notation.unit(subsystem, level, level);
  if (kind.name === "qubit") {
    return fractionFormula(notation.named(subsystem, "sigmaz"), numberFormula(2));
  }
  if (kind.name === "spin") return notation.named(subsystem, "Sz");
  if (kind.name === "mode") return notation.named(subsystem, "n");
  return notation.level(subsystem) ?? notation.symbol(levelSymbol(subsystem));
}

function sectorNote(
  original: MasterEquation,
  symmetries: ReturnType<typeof symmetriesOf>,
  { model }: Presentation,
): string[] {
  const { windows } = initialWindows(model);
  const basis = productBasis(windows);
  if (basis.dimension > MAX_COUNTED) return [];
  const sizes = sectorSizes(original, symmetries, basis, model);
  const shown = model.subsystems.flatMap(({ name, kind }, s) =>
    kind.basis.kind === "infinite" ? [`${name} in ${windows[s]!.first}..${windows[s]!.last}`] : [],
  );
  const where = shown.length > 0 ? ` (${shown.join(", ")})` : "";
  const between = original.dissipators.some((d) => d.spectral) ? " between the eigenstates of H" : "";
  const solver =
    sizes.reachable === undefined
      ? "too many for the solver to list"
      : sizes.reachable === "collisions"
        ? "of which the solver keeps those that collisions join to the diagonal"
        : sizes.reachable === sizes.charge
          ? `which are the unknowns of the solver${between}`
          : `of which the solver keeps the ${sizes.reachable} that the equation joins to the diagonal${between}`;
  return [`of ${sizes.all} elements of ρ${where} a steady state holds ${sizes.charge}, ${solver}`];
}
