import { type Formula, symbolFormula } from "../formula/formula.ts";
import { subscriptLatex } from "../formula/name-latex.ts";
import type { Presentation } from "./presentation.ts";

/** Symbols that derivations share. */
export const RHO: Formula = symbolFormula("ρ", "\\rho");
export const RHO_DOT: Formula = symbolFormula("dρ/dt", "\\dot{\\rho}");
export const HAMILTONIAN: Formula = symbolFormula("H", "H");
export const FREE: Formula = symbolFormula("H0", "H_{0}");
export const INTERACTION: Formula = symbolFormula("V", "V");
/** Of a rotating frame e^{iGt}, and V as it is there. */
export const FRAME: Formula = symbolFormula("G", "G");
export const TURNED_INTERACTION: Formula = symbolFormula("exp(i*G*t)*V*exp(-i*G*t)", "e^{iGt} V e^{-iGt}");
export const DRIVE_POWER: Formula = symbolFormula("drive_power", "\\dot{W}_{\\mathrm{drive}}");
export const CHANGE_OF_HAMILTONIAN: Formula = symbolFormula("∂H/∂t", "\\frac{\\partial H}{\\partial t}");
export const TRACE: Formula = symbolFormula("Tr", "\\operatorname{Tr}");
/** Of collisions: τ, H_B, and what one of them changes of the state of system and ancillas. */
export const TAU = symbolFormula("τ", "\\tau");
export const ANCILLA_ENERGY = symbolFormula("H_B", "H_{B}");
export const JOINT_CHANGE = symbolFormula("Δρ_SB", "\\Delta\\rho_{SB}");
export const IMAGINARY: Formula = symbolFormula("i", "i");

const bathName = ({ model }: Presentation, bath: number): string => model.baths[bath]!.name;

const subscript = (name: string): string => subscriptLatex(name.replace(/\[(.*)\]/, "$1"));

/** 𝓛_b */
export const liouvillian = (p: Presentation, bath: number): Formula => {
  const name = bathName(p, bath);
  return symbolFormula(`L_${name}`, `\\mathcal{L}_{${subscript(name)}}`);
};

/** Q̇_b */
export const heatSymbol = (p: Presentation, bath: number): Formula => {
  const name = bathName(p, bath);
  return symbolFormula(`heat(${name})`, `\\dot{Q}_{${subscript(name)}}`);
};

/** Ẇ_b */
export const workSymbol = (p: Presentation, bath: number): Formula => {
  const name = bathName(p, bath);
  return symbolFormula(`work(${name})`, `\\dot{W}_{${subscript(name)}}`);
};

/** N_b */
export const numberSymbol = (p: Presentation, bath: number): Formula => {
  const name = bathName(p, bath);
  return symbolFormula(`N_${name}`, `N_{${subscript(name)}}`);
};

/** Ṅ_b, particles per time */
export const particlesSymbol = (p: Presentation, bath: number): Formula => {
  const name = bathName(p, bath);
  return symbolFormula(`particles(${name})`, `\\dot{N}_{${subscript(name)}}`);
};

/** Ẇ^chem_b */
export const chemicalWorkSymbol = (p: Presentation, bath: number): Formula => {
  const name = bathName(p, bath);
  return symbolFormula(`chemical_work(${name})`, `\\dot{W}_{${subscript(name)}}^{\\mathrm{chem}}`);
};

export const TOTAL_WORK: Formula = symbolFormula("work", "\\dot{W}");
