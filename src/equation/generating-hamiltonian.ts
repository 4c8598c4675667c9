import { type NormalForm, subtractOperators, sumOperators } from "../algebra/normal-form.ts";
import type { MasterEquation } from "./master-equation.ts";

/** H, or H − G in a frame: what −i[·, ρ] of the equation is made with. */
export function generatingHamiltonian({ free, interaction, frame, space }: MasterEquation): NormalForm {
  const whole = sumOperators([free, interaction], space);
  return frame ? subtractOperators(whole, frame, space) : whole;
}
