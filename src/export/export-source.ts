import type { DerivedModel } from "../equation/derive.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import type { SpectralPoint } from "../lower/spectral-lowering.ts";
import type { ProductBasis } from "../lower/window.ts";

/** What is written for other programs: one equation at one point of its parameters, on fixed levels. */
export interface ExportSource {
  readonly derived: DerivedModel;
  readonly equation: MasterEquation;
  readonly parameters: Float64Array;
  readonly basis: ProductBasis;
  /** By subsystem, whether its levels were found and not stated. */
  readonly automatic: readonly boolean[];
  /** Of an equation between eigenstates of H. */
  readonly spectral?: SpectralPoint;
  /** The version of this program. */
  readonly version: string;
}
