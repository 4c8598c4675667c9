import { italic, type Runs, runsFromLatex, subscript, upright } from "../graph/runs.ts";

/** How a standard quantity is written at an axis or in a legend, and what it is called together with others of its kind. */
export interface QuantitySymbol {
  readonly symbol: Runs;
  /** What an axis that shows several quantities of the kind is called. */
  readonly family: string;
  /** Drawn as a limit beside what it limits. */
  readonly isBound?: true;
}

const words = (text: string): Runs => subscript(upright(text));
const HEAT = italic("Q\u0307");
const WORK = italic("\u1e86");
const POWER = "energy current";
const CORRELATION = "correlation";

/** Heat is Q̇, work Ẇ, efficiency η. Quantities that are not here go by their names. */
export const QUANTITY_SYMBOLS: Readonly<Record<string, QuantitySymbol>> = {
  heat: { symbol: HEAT, family: POWER },
  work: { symbol: WORK, family: POWER },
  chemical_work: { symbol: [...WORK, ...words("chem")], family: POWER },
  drive_power: { symbol: [...WORK, ...words("drive")], family: POWER },
  particles: { symbol: italic("N\u0307"), family: "particle current" },
  first_law_residual: { symbol: upright("first-law residual"), family: POWER },
  entropy_production: { symbol: upright("Σ\u0307"), family: "entropy production rate" },
  regime: { symbol: upright("regime"), family: "regime" },
  efficiency: { symbol: runsFromLatex("\\eta"), family: "efficiency" },
  carnot_efficiency: { symbol: runsFromLatex("\\eta_{\\mathrm{C}}"), family: "efficiency", isBound: true },
  COP: { symbol: upright("COP"), family: "COP" },
  carnot_COP: { symbol: [...upright("COP"), ...words("C")], family: "COP", isBound: true },
  energy_current: { symbol: italic("J"), family: POWER },
  energy_noise: { symbol: italic("S"), family: "energy noise" },
  particle_noise: { symbol: italic("S"), family: "particle noise" },
  uncertainty_product: { symbol: upright("uncertainty product"), family: "uncertainty product" },
  particle_uncertainty_product: { symbol: upright("uncertainty product"), family: "uncertainty product" },
  mean: { symbol: upright("mean"), family: "mean value" },
  entropy: { symbol: italic("S"), family: "entropy" },
  purity: { symbol: runsFromLatex("\\mathrm{Tr}\\rho^2"), family: "purity" },
  ergotropy: { symbol: [...italic("W"), ...words("erg")], family: "ergotropy" },
  mutual_information: { symbol: runsFromLatex("I_{\\mathrm{m}}"), family: "mutual information" },
  l1_coherence: { symbol: runsFromLatex("C_{l1}"), family: "coherence" },
  coherence: { symbol: runsFromLatex("C_{\\mathrm{rel}}"), family: "coherence" },
  negativity: { symbol: upright("negativity"), family: CORRELATION },
  concurrence: { symbol: upright("concurrence"), family: CORRELATION },
  energy: { symbol: italic("U"), family: "energy" },
  energy_rate: { symbol: [...upright("d"), ...italic("U"), ...upright("/d"), ...italic("t")], family: POWER },
  entropy_rate: {
    symbol: [...upright("d"), ...italic("S"), ...upright("/d"), ...italic("t")],
    family: "entropy rate",
  },
  accumulated_heat: { symbol: italic("Q"), family: "energy" },
  accumulated_work: { symbol: italic("W"), family: "energy" },
  accumulated_chemical_work: { symbol: [...italic("W"), ...words("chem")], family: "energy" },
  accumulated_drive_work: { symbol: [...italic("W"), ...words("drive")], family: "energy" },
  accumulated_entropy: { symbol: upright("Σ"), family: "entropy" },
  kinetic_power: { symbol: [...WORK, ...words("kin")], family: POWER },
  intrinsic_power: { symbol: [...WORK, ...words("int")], family: POWER },
  back_action_heat: { symbol: [...HEAT, ...words("BA")], family: POWER },
  net_power: { symbol: [...WORK, ...words("net")], family: POWER },
  rectification: { symbol: italic("R"), family: "rectification" },
  largest_heat: { symbol: [...HEAT, ...words("max")], family: POWER },
  angular_rectification: { symbol: [...italic("R"), ...words("angular")], family: "rectification" },
  largest_momentum: { symbol: runsFromLatex("L_{\\mathrm{max}}"), family: "angular momentum" },
};
