import type { NormalForm } from "../algebra/normal-form.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { type ComplexSparse, complexSparse, newEntries } from "../numerics/complex-sparse.ts";
import { compileComplex } from "../scalar/compile.ts";
import { scalarFromCanonical } from "../scalar/scalar-from-canonical.ts";
import { expandOperator, shiftMatrix } from "./elementary-operator.ts";
import type { ProductBasis } from "./window.ts";

/** The matrix of an operator in the product basis, made once; a point of the parameters costs its coefficients. */
export type OperatorMatrix = (parameters: ArrayLike<number>) => ComplexSparse;

/** Prepares the matrix of a normal form. */
export function operatorMatrix(form: NormalForm, basis: ProductBasis): OperatorMatrix {
  const parts = expandOperator(form, basis).map(({ coefficient, operator }) => ({
    value: compileComplex(scalarFromCanonical(coefficient), parameterSlot),
    ...shiftMatrix(operator, basis),
  }));
  return (parameters) => {
    const entries = newEntries();
    for (const { value, target, weight } of parts) {
      const [re, im] = [value.re(parameters), value.im?.(parameters) ?? 0];
      for (let column = 0; column < target.length; column++) {
        if (target[column]! < 0) continue;
        entries.row.push(target[column]!);
        entries.column.push(column);
        entries.re.push(re * weight[column]!);
        entries.im.push(im * weight[column]!);
      }
    }
    return complexSparse(basis.dimension, entries);
  };
}
