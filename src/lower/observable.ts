import type { NormalForm } from "../algebra/normal-form.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { type ComplexEvaluator, compileComplex } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { expandOperator, shiftMatrix } from "./elementary-operator.ts";
import type { Sector } from "./sector.ts";
import type { ProductBasis } from "./window.ts";

/** Tr[O M] for a Hermitian M given by its unknowns over a sector (elements outside it count as zero). */
export interface Observable {
  /** Σ|O_ji||M_ij|: what round-off in the trace is measured against. `sizes` holds |M|'s unknowns. */
  readonly bound: (parameters: ArrayLike<number>, sizes: Float64Array) => number;
  /** w with Re Tr[O M] = wᵀ·unknowns. */
  readonly functional: (parameters: ArrayLike<number>) => Float64Array;
  readonly trace: (
    parameters: ArrayLike<number>,
    unknowns: Float64Array,
  ) => { readonly re: number; readonly im: number };
}

interface Part {
  readonly coefficient: ComplexEvaluator;
  /** Σ weight·M over elements, split into unknowns of Re and (signed) of Im. */
  readonly reIndex: Int32Array;
  readonly reWeight: Float64Array;
  readonly imIndex: Int32Array;
  readonly imWeight: Float64Array;
}

/** Compiles an operator to a linear functional on a sector. */
export function observable(form: NormalForm, sector: Sector, basis: ProductBasis): Observable {
  const parts = expandOperator(form, basis).map(({ coefficient, operator }): Part => {
    const { target, weight } = shiftMatrix(operator, basis);
    const re = { index: new Int32Array(target.length), weight: new Float64Array(target.length), count: 0 };
    const im = { index: new Int32Array(target.length), weight: new Float64Array(target.length), count: 0 };
    for (let i = 0; i < target.length; i++) {
      const j = target[i]!;
      if (j < 0) continue;
      const pair = i <= j ? sector.pairOf(i, j) : sector.pairOf(j, i);
      if (pair < 0) continue;
      const x = sector.unknown[pair]!;
      // the element O_ji meets M_ij, which is stored conjugated where i > j
      re.index[re.count] = x;
      re.weight[re.count++] = weight[i]!;
      if (i === j) continue;
      im.index[im.count] = x + 1;
      im.weight[im.count++] = i < j ? weight[i]! : -weight[i]!;
    }
    return {
      coefficient: compileComplex(scalarFromCanonical(coefficient), parameterSlot),
      reIndex: re.index.subarray(0, re.count),
      reWeight: re.weight.subarray(0, re.count),
      imIndex: im.index.subarray(0, im.count),
      imWeight: im.weight.subarray(0, im.count),
    };
  });
  return {
    bound: (parameters, sizes) =>
      parts.reduce((sum, part) => {
        const size = Math.hypot(part.coefficient.re(parameters), part.coefficient.im?.(parameters) ?? 0);
        const entries =
          weighted(part.reIndex, part.reWeight, sizes, true) +
          weighted(part.imIndex, part.imWeight, sizes, true);
        return sum + size * entries;
      }, 0),
    functional: (parameters) => {
      const w = new Float64Array(sector.size);
      for (const part of parts) {
        const [cr, ci] = [part.coefficient.re(parameters), part.coefficient.im?.(parameters) ?? 0];
        for (let k = 0; k < part.reIndex.length; k++) w[part.reIndex[k]!]! += cr * part.reWeight[k]!;
        for (let k = 0; k < part.imIndex.length; k++) w[part.imIndex[k]!]! -= ci * part.imWeight[k]!;
      }
      return w;
    },
    trace: (parameters, unknowns) => {
      let re = 0;
      let im = 0;
      for (const part of parts) {
        const sr = weighted(part.reIndex, part.reWeight, unknowns);
        const si = weighted(part.imIndex, part.imWeight, unknowns);
        const cr = part.coefficient.re(parameters);
        const ci = part.coefficient.im?.(parameters) ?? 0;
        re += cr * sr - ci * si;
        im += cr * si + ci * sr;
      }
      return { re, im };
    },
  };
}

function weighted(index: Int32Array, weight: Float64Array, x: Float64Array, isGross = false): number {
  let sum = 0;
  if (isGross) for (let k = 0; k < index.length; k++) sum += Math.abs(weight[k]!) * x[index[k]!]!;
  else for (let k = 0; k < index.length; k++) sum += weight[k]! * x[index[k]!]!;
  return sum;
}
