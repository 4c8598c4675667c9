import type { Method } from "./method.ts";
import { spectralTreatment } from "./spectral-treatment.ts";

/** The full secular equation, Eqs. (27), (A5), (A13)–(A16). */
export const global: Method = {
  name: "global",
  description:
    "jumps between the eigenstates of the whole Hamiltonian, one for each Bohr frequency (full secular)",
  baths: ["bosonic", "fermionic"],
  settings: ["spectrum", "lamb_shift", "tolerance"],
  derive: spectralTreatment("secular"),
};
