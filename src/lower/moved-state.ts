import { type ComplexSparse, complexSparse, forEachEntry, newEntries } from "../numerics/complex-sparse.ts";
import { levelIn, type ProductBasis } from "./window.ts";

/** The place in other windows of a product state of some windows; −1 where they do not hold it. */
export function placeIn(to: ProductBasis, from: ProductBasis): (state: number) => number {
  const places = Int32Array.from({ length: from.dimension }, (_, state) => {
    let place = 0;
    for (let s = 0; s < to.dimensions.length; s++) {
      const level = levelIn(from, state, s);
      const { first, last } = to.windows[s]!;
      if (level < first || level > last) return -1;
      place += (level - first) * to.strides[s]!;
    }
    return place;
  });
  return (state) => places[state]!;
}

/** A density operator in other windows, the trace of what they hold of it, and the populations that they leave out. */
export function movedState(
  rho: ComplexSparse,
  from: ProductBasis,
  to: ProductBasis,
): { readonly rho: ComplexSparse; readonly trace: number; readonly leftOut: number } {
  const place = placeIn(to, from);
  const entries = newEntries();
  let [trace, leftOut] = [0, 0];
  forEachEntry(rho, (row, column, re, im) => {
    const [i, j] = [place(row), place(column)];
    if (row === column && i < 0) leftOut += Math.abs(re);
    if (i < 0 || j < 0) return;
    if (i === j) trace += re;
    entries.row.push(i);
    entries.column.push(j);
    entries.re.push(re);
    entries.im.push(im);
  });
  return { rho: complexSparse(to.dimension, entries), trace, leftOut };
}
