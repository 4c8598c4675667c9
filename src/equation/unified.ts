import type { Method } from "./method.ts";
import { spectralTreatment } from "./spectral-treatment.ts";

/**
 * Unified GKLS: jumps between the eigenstates of H, one for each cluster of near Bohr frequencies. Trushechkin, Phys.
 * Rev. A 103, 062226 (2021); Potts, Kalaee, Wacker, New J. Phys. 23, 123013 (2021).
 */
export const unified: Method = {
  name: "unified",
  description:
    "jumps between the eigenstates of the whole Hamiltonian, one for each cluster of near Bohr frequencies",
  baths: ["bosonic", "fermionic"],
  settings: ["spectrum", "lamb_shift", "tolerance"],
  derive: spectralTreatment("unified"),
};
