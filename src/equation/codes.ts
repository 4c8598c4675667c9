import type { DiagnosticTable } from "../source/diagnostic.ts";

/** What can be wrong when an equation is derived. */
export const EQUATION_CODES = {
  E401: { severity: "error", title: "a term of the Hamiltonian is not Hermitian" },
  E402: { severity: "error", title: "a coupling does not split into eigenoperators of the free Hamiltonian" },
  E403: { severity: "error", title: "a local equation needs a free term" },
  E404: { severity: "error", title: "a Bohr frequency is zero under a local equation" },
  E405: { severity: "error", title: "an operator or a scalar that the algebra cannot bring to normal form" },
  E406: {
    severity: "error",
    title: "an operator is odd in fermion operators, or of mixed parity, where it must not be",
  },
  E407: { severity: "error", title: "a spectral density that the method cannot use" },
  E408: { severity: "error", title: "a coupling or a jump is the zero operator" },
  E409: { severity: "error", title: "global and unified baths in one equation" },
  E410: { severity: "error", title: "a chemical potential without a conserved number of particles" },
  E411: {
    severity: "error",
    title: "collisions beside a bath between the eigenstates of H, or of two durations in one equation",
  },
  E412: { severity: "error", title: "a Bohr frequency under collisions that depends on the level" },
  E413: { severity: "error", title: "a method that needs a constant Hamiltonian, where it is driven" },
  E414: { severity: "error", title: "a frame in which the Hamiltonian or a bath is not constant" },
  E415: { severity: "error", title: "a steady state of an equation that depends on time" },
  E416: { severity: "error", title: "a Hamiltonian that makes jumps in time" },
  W401: { severity: "warning", title: "h.c. of something that is Hermitian already doubles it" },
  W402: { severity: "warning", title: "Bohr frequencies that differ as formulas coincide as numbers" },
  W403: { severity: "warning", title: "an inverted bath: its coupling operator raises the energy" },
  W404: { severity: "warning", title: "a Bohr frequency changes from level to level by less than the rate" },
} as const satisfies DiagnosticTable;

export type EquationCode = keyof typeof EQUATION_CODES;
