import { isHermitian } from "../algebra/normal-form.ts";
import type { Bath, EquationClause } from "../model/model.ts";
import type { SpectralTreatment } from "./master-equation.ts";
import type { Derivation, Treatment } from "./method.ts";

/** What methods between the eigenstates of H share: a bath's couplings and its spectral density. */
export const spectralTreatment =
  (approximation: SpectralTreatment["approximation"]) =>
  (bath: Bath, { algebra, expand }: Derivation, clause: EquationClause): Treatment => ({
    jumps: [],
    spectral: {
      approximation,
      hasLambShift: clause.lambShift ?? false,
      ...(clause.tolerance !== undefined && { tolerance: clause.tolerance }),
      density: clause.spectralDensity ?? bath.spectralDensity,
      couplings: bath.couplings.map(({ operator }) => {
        const form = algebra.normalForm(operator);
        return { operator: form, isHermitian: isHermitian(form, algebra.space, expand) };
      }),
    },
  });
