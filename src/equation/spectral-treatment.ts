import type { Bath, EquationClause } from "../model/model.ts";
import type { SpectralTreatment } from "./master-equation.ts";
import type { Derivation, Treatment } from "./method.ts";

/** What methods between the eigenstates of H are told by the model; their jumps are made at each point of the parameters. */
export const spectralTreatment =
  (approximation: SpectralTreatment["approximation"]) =>
  (_bath: Bath, _derivation: Derivation, clause: EquationClause): Treatment => ({
    jumps: [],
    spectral: {
      approximation,
      hasLambShift: clause.lambShift ?? false,
      ...(clause.tolerance !== undefined && { tolerance: clause.tolerance }),
    },
  });
