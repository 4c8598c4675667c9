import type { NormalForm } from "../algebra/normal-form.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { components } from "../numerics/connected-components.ts";
import { compileComplex } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { expandOperator, shiftMatrix } from "./elementary-operator.ts";
import { emptyBlocks, type HermitianBlock } from "./hermitian-block.ts";
import { type ProductBasis, productBasis } from "./window.ts";

/**
 * A Hermitian operator that acts on the given subsystems only, as the blocks of its matrix on their windows: product
 * states that no matrix element joins are apart.
 */
export function operatorBlocks(
  form: NormalForm,
  basis: ProductBasis,
  subsystems: readonly number[],
  parameters: ArrayLike<number>,
): readonly HermitianBlock[] {
  const part = restricted(basis, subsystems);
  const rows: number[] = [];
  const columns: number[] = [];
  const re: number[] = [];
  const im: number[] = [];
  for (const { coefficient, operator } of expandOperator(form, part)) {
    const value = compileComplex(scalarFromCanonical(coefficient), parameterSlot);
    const [cr, ci] = [value.re(parameters), value.im?.(parameters) ?? 0];
    const { target, weight } = shiftMatrix(operator, part);
    for (let column = 0; column < target.length; column++) {
      if (target[column]! < 0) continue;
      rows.push(target[column]!);
      columns.push(column);
      re.push(cr * weight[column]!);
      im.push(ci * weight[column]!);
    }
  }
  const { labels, count } = components(part.dimension, Int32Array.from(rows), Int32Array.from(columns));
  const { blocks, place } = emptyBlocks(labels, count);
  for (const [e, row] of rows.entries()) {
    const block = blocks[labels[row]!]!;
    const at = place[row]! * block.states.length + place[columns[e]!]!;
    block.re[at]! += re[e]!;
    block.im[at]! += im[e]!;
  }
  return blocks;
}

/** The windows of the other subsystems are closed to one level, which nothing here moves. */
function restricted(basis: ProductBasis, subsystems: readonly number[]): ProductBasis {
  return productBasis(basis.windows.map((w, s) => (subsystems.includes(s) ? w : { ...w, last: w.first })));
}
