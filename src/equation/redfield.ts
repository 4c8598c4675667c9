import type { Method } from "./method.ts";
import { spectralTreatment } from "./spectral-treatment.ts";

/** Born–Markov without the secular approximation: L = BρA† − A†Bρ + h.c. with B = ½Σγ(ω)A(ω). */
export const redfield: Method = {
  name: "redfield",
  description:
    "between the eigenstates of the whole Hamiltonian, without the secular approximation; need not be positive",
  baths: ["bosonic", "fermionic"],
  settings: ["spectrum", "lamb_shift", "tolerance"],
  derive: spectralTreatment("redfield"),
};
