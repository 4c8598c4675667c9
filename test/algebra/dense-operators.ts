import type { NormalForm } from "../../src/algebra/normal-form.ts";
import { operatorBlocks } from "../../src/lower/operator-blocks.ts";
import { productBasis, type Windows } from "../../src/lower/window.ts";

/** The real part of an operator's matrix on chosen windows, row by row. */
export function denseOperator(form: NormalForm, windows: Windows): Float64Array[] {
  const basis = productBasis(windows);
  const all = windows.map((_, s) => s);
  const matrix = Array.from({ length: basis.dimension }, () => new Float64Array(basis.dimension));
  for (const { states, re } of operatorBlocks(form, basis, all, [])) {
    for (const [i, row] of states.entries()) {
      for (const [j, column] of states.entries()) matrix[row]![column] = re[i * states.length + j]!;
    }
  }
  return matrix;
}
