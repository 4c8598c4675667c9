import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { combine, type DenseMatrix, norm1Dense, scalarMatrix } from "./dense-matrix.ts";

/** A complex vector, or a list of complex numbers, as two real ones. */
export interface ComplexVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Eigenvalues of a real matrix in no order, each number of a complex pair with its own place. */
export interface RealEigen {
  readonly values: ComplexVector;
  /** The right eigenvector to the value at a place, of no particular length. */
  readonly vectorOf: (place: number) => ComplexVector;
}

/**
 * The eigenvalues and eigenvectors of a small dense real matrix, which need not be symmetric, to about ε‖A‖: the QR
 * algorithm of ml-matrix. It stops where a subdiagonal entry is small beside its diagonal neighbours, which those of a
 * matrix that mostly rotates never are, so that its norm is added to the diagonal and taken off again.
 * Throws `RangeError` for entries that are not finite.
 */
export function realEigen(A: DenseMatrix): RealEigen {
  const { size } = A;
  const lift = norm1Dense(A);
  if (!(lift < Infinity)) throw new RangeError("a matrix with entries that are not finite");
  const lifted = combine([
    [1, A],
    [1, scalarMatrix(size, lift)],
  ]);
  const found = new EigenvalueDecomposition(Matrix.from1DArray(size, size, lifted.values));
  const re = Float64Array.from(found.realEigenvalues, (x) => x - lift);
  const im = Float64Array.from(found.imaginaryEigenvalues);
  const columns = found.eigenvectorMatrix;
  const column = (k: number): Float64Array =>
    Float64Array.from({ length: size }, (_, i) => columns.get(i, k));
  return {
    values: { re, im },
    // the columns of a pair span it: A(u + iv) = λ(u + iv) for the value with the positive imaginary part
    vectorOf: (k) => {
      if (im[k] === 0) return { re: column(k), im: new Float64Array(size) };
      return im[k]! > 0
        ? { re: column(k), im: column(k + 1) }
        : { re: column(k - 1), im: column(k).map((x) => -x) };
    },
  };
}
