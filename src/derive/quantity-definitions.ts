import {
  equationFormula,
  type Formula,
  type FormulaEquation,
  fractionFormula,
  meanFormula,
  negativeFormula,
  numberFormula,
  productFormula,
  sumFormula,
  symbolFormula,
} from "../formula/formula.ts";
import { formulaLatex } from "../formula/formula-latex.ts";
import { formulaText } from "../formula/formula-text.ts";
import { nameLatex } from "../formula/name-latex.ts";
import { scalarFormula } from "../formula/scalar-formula.ts";
import type { Quantity, QuantityAtom, Role } from "../model/model.ts";
import { type Scalar, view } from "../scalar/scalar.ts";
import { hasCollisions } from "./collision-thermodynamics.ts";
import type { Presentation } from "./presentation.ts";
import {
  chemicalWorkSymbol,
  DRIVE_POWER,
  heatSymbol,
  particlesSymbol,
  TOTAL_WORK,
  workSymbol,
} from "./symbols.ts";

/** How a quantity of the report is defined: by an equation, in words, or both. */
export interface QuantityDefinition {
  /** As reports call it: `efficiency`. */
  readonly name: string;
  readonly equation?: FormulaEquation;
  readonly words?: string;
}

/** The symbols of the standard quantities that have no operand. */
const STANDARD: Readonly<Record<string, Formula>> = {
  work: TOTAL_WORK,
  drive_power: DRIVE_POWER,
  efficiency: symbolFormula("efficiency", "\\eta"),
  COP: symbolFormula("COP", "\\mathrm{COP}"),
  carnot_efficiency: symbolFormula("carnot_efficiency", "\\eta_{\\mathrm{C}}"),
  carnot_COP: symbolFormula("carnot_COP", "\\mathrm{COP}_{\\mathrm{C}}"),
  chemical_work: symbolFormula("chemical_work", "\\dot{W}^{\\mathrm{chem}}"),
  entropy_production: symbolFormula("entropy_production", "\\dot{\\Sigma}"),
  first_law_residual: symbolFormula("first_law_residual", "\\Delta"),
  regime: symbolFormula("regime", "\\mathrm{regime}"),
};

/** The symbols of the quantities of one bath. */
const BATH_SYMBOLS: Readonly<Record<string, (p: Presentation, bath: number) => Formula>> = {
  heat: heatSymbol,
  work: workSymbol,
  chemical_work: chemicalWorkSymbol,
  particles: particlesSymbol,
};

const PART: Readonly<Record<string, string>> = {
  entropy: "S",
  purity: "\\mathcal{P}",
  ergotropy: "\\mathcal{E}",
};

/** The definitions of every quantity that a report of the equation shows, standard ones first. */
export function quantityDefinitions(p: Presentation): readonly QuantityDefinition[] {
  return [...standardDefinitions(p), ...p.model.quantities.map((q) => ownDefinition(q, p))];
}

function standardDefinitions(p: Presentation): QuantityDefinition[] {
  const baths = p.equation.dissipators.map(({ bath }) => bath);
  const heats = baths.map((bath) => heatSymbol(p, bath));
  // ancillas have a work together, which is in that of the thermal baths
  const works = hasCollisions(p)
    ? [TOTAL_WORK, ...baths.filter((b) => p.model.baths[b]!.kind === "jumps").map((b) => workSymbol(p, b))]
    : baths.map((b) => workSymbol(p, b));
  const chemicals = p.equation.dissipators.flatMap(({ bath }) =>
    p.model.baths[bath]!.mu ? [chemicalWorkSymbol(p, bath)] : [],
  );
  const energy = symbolFormula("dU/dt", "\\dot{U}");
  const betas = baths.map((bath) => betaFormula(bath, p));
  const why = betas.some((beta) => !beta)
    ? "undefined, since a bath has no temperature"
    : betas.some((beta) => formulaText(beta!) === "∞")
      ? "undefined where a bath at zero temperature takes heat"
      : undefined;
  const production = betas.flatMap((beta, k) =>
    beta ? [negativeFormula(productFormula([beta, heats[k]!]))] : [],
  );
  return [
    {
      name: "first_law_residual",
      equation: equationFormula(
        STANDARD.first_law_residual!,
        sumFormula([energy, ...[...heats, ...works, ...chemicals, ...driven(p)].map(negativeFormula)]),
      ),
      words: "zero but for round-off",
    },
    why === undefined
      ? {
          name: "entropy_production",
          equation: equationFormula(STANDARD.entropy_production!, sumFormula(production)),
          words: "in the steady state",
        }
      : { name: "entropy_production", words: why },
    ...roleDefinitions(p),
    {
      name: "ergotropy",
      equation: equationFormula(
        symbolFormula("ergotropy", PART.ergotropy!),
        symbolFormula(
          "Tr[ρ*H] - Σ r_k*ε_k",
          "\\operatorname{Tr}[\\rho H] - \\sum_{k} r_{k} \\varepsilon_{k}",
        ),
      ),
      words:
        "populations r falling and energies ε rising; the whole has H, a part the free terms that act on it alone",
    },
  ];
}

const driven = ({ equation }: Presentation): Formula[] => (equation.power ? [DRIVE_POWER] : []);

/** Efficiency, COP and their bounds between the baths that are cold and hot. */
function roleDefinitions(p: Presentation): QuantityDefinition[] {
  const [cold, hot] = [roleFormulas("cold", p), roleFormulas("hot", p)];
  const power = sumFormula([TOTAL_WORK, ...driven(p)]);
  const words =
    "from the signs of the heats of the cold and the hot bath and of the work: engine (-, +, -), refrigerator (+, -, +), accelerator (-, +, +), heater (-, -, +)";
  return [
    { name: "regime", words },
    {
      name: "efficiency",
      equation: equationFormula(STANDARD.efficiency!, negativeFormula(fractionFormula(power, hot.heat))),
      words: "of an engine",
    },
    {
      name: "carnot_efficiency",
      equation: equationFormula(
        STANDARD.carnot_efficiency!,
        sumFormula([numberFormula(1), negativeFormula(fractionFormula(hot.beta, cold.beta))]),
      ),
    },
    {
      name: "COP",
      equation: equationFormula(STANDARD.COP!, fractionFormula(cold.heat, power)),
      words: "of a refrigerator",
    },
    {
      name: "carnot_COP",
      equation: equationFormula(
        STANDARD.carnot_COP!,
        fractionFormula(hot.beta, sumFormula([cold.beta, negativeFormula(hot.beta)])),
      ),
    },
  ];
}

/** The heat and the β of the bath with a role; general symbols where the temperatures decide who has it. */
function roleFormulas(role: Role, p: Presentation): { readonly heat: Formula; readonly beta: Formula } {
  const present = new Set(p.equation.dissipators.map((d) => d.bath));
  const bath = p.model.baths.findIndex((b, place) => b.role === role && present.has(place));
  const beta = symbolFormula(`β_${role}`, `\\beta_{\\mathrm{${role}}}`);
  if (bath >= 0) return { heat: heatSymbol(p, bath), beta: betaFormula(bath, p) ?? beta };
  return { heat: symbolFormula(`heat(${role})`, `\\dot{Q}_{\\mathrm{${role}}}`), beta };
}

/** β of a bath, where it has one. */
function betaFormula(bath: number, { model, notation }: Presentation): Formula | undefined {
  const { beta } = model.baths[bath]!;
  return beta && scalarFormula(beta, notation.symbol);
}

/** A quantity of the model's own, its parts by their symbols. */
function ownDefinition(quantity: Quantity, p: Presentation): QuantityDefinition {
  const left = symbolFormula(quantity.name, nameLatex(quantity.name));
  const spell = (symbol: string): Formula => {
    const atom = quantity.atoms.find((a) => a.symbol === symbol);
    return atom ? atomFormula(atom, p) : p.notation.symbol(symbol);
  };
  const words = [
    ...(quantity.description === undefined ? [] : [quantity.description]),
    ...(quantity.conditionText === undefined ? [] : [`where ${quantity.conditionText}`]),
  ].join("; ");
  return {
    name: quantity.name,
    ...(hasTruth(quantity.value)
      ? {}
      : { equation: equationFormula(left, scalarFormula(quantity.value, spell)) }),
    ...(words !== "" && { words }),
  };
}

/** Whether an expression compares, which formulas do not. */
function hasTruth(node: Scalar): boolean {
  const v = view(node);
  if (v.kind === "not") return true;
  if (v.kind === "negative") return hasTruth(v.operand);
  if (v.kind === "call") return v.operands.some(hasTruth);
  return (
    v.kind === "binary" &&
    (!["+", "-", "*", "/", "^"].includes(v.operator) || hasTruth(v.left) || hasTruth(v.right))
  );
}

function atomFormula(atom: QuantityAtom, p: Presentation): Formula {
  const plain = targetFormula(atom, p);
  if (atom.path.length === 0) return plain;
  const names = atom.path.map((step) =>
    step.kind === "variant" ? p.model.variants[step.variant]!.name : p.model.equations[step.equation]!.name,
  );
  const above = `(\\mathrm{${names.join(".").replace(/_/g, "\\_")}})`;
  // a mean value of the changed model has no symbol of its own: the bracket carries the name
  return symbolFormula(atom.text, `${formulaLatex(plain)}^{${above}}`);
}

function targetFormula({ target, text }: QuantityAtom, p: Presentation): Formula {
  if (target.kind === "defined") return symbolFormula(target.quantity.name, nameLatex(target.quantity.name));
  if (target.kind === "parameter") return p.notation.symbol(p.model.parameters[target.parameter]!.symbol);
  const { name, operand } = target;
  switch (operand.kind) {
    case "none":
      return STANDARD[name] ?? symbolFormula(text, `\\mathrm{${name.replace(/_/g, "\\_")}}`);
    case "bath":
      return BATH_SYMBOLS[name]!(p, operand.bath);
    case "variant":
      return symbolFormula(text, `\\mathrm{${text.replace(/_/g, "\\_")}}`);
    case "operator": {
      const mean = meanFormula(p.written(operand.operator));
      return operand.part ? { kind: "call", name: operand.part, operands: [mean] } : mean;
    }
    case "part": {
      const parts = operand.subsystems.map((s) => p.model.subsystems[s]!.name).join(",");
      const index = operand.isWhole ? "" : `_{\\mathrm{${parts.replace(/_/g, "\\_")}}}`;
      return symbolFormula(text, `${PART[name] ?? `\\mathrm{${name}}`}${index}`);
    }
  }
}
