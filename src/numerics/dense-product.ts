import { enoughKernels, type KernelWorkspace, packedLength } from "./kernels.ts";

/** A dense complex matrix by rows, as its real and its imaginary part. */
export interface ComplexDense {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A·B, or A†·B where A is given k × m. */
export type ProductSide = "plain" | "adjoint";

/**
 * A·B, or A†·B, of an m × k matrix (A or A†) and a k × n matrix B, all by rows. Parts that are zero throughout cost nothing.
 * Operands are copied to the memory of the kernels and the product back; who multiplies by one matrix often keeps it packed
 * there instead.
 */
export function complexProduct(
  shape: readonly [m: number, k: number, n: number],
  a: ComplexDense,
  b: ComplexDense,
  side: ProductSide,
  workspace: KernelWorkspace,
): ComplexDense {
  const [m, k, n] = shape;
  const [rows, columns] = [packedLength(m, k), packedLength(n, k)];
  const needed = Math.max(m, n) * k + rows + columns + m * n;
  const { heap, pack, multiply } = enoughKernels(workspace, needed);
  const left = Math.max(m, n) * k;
  const right = left + rows;
  const product = right + columns;
  /** Σ ± A·B of real matrices. */
  const sumOf = (terms: readonly (readonly [sign: number, a: Float64Array, b: Float64Array])[]) => {
    heap.fill(0, product, product + m * n);
    for (const [sign, x, y] of terms) {
      if (isZero(x) || isZero(y)) continue;
      heap.set(sign < 0 ? x.map((v) => -v) : x, 0);
      if (side === "plain") pack(0, k, 1, m, k, left);
      else pack(0, 1, m, m, k, left);
      heap.set(y, 0);
      pack(0, 1, n, n, k, right);
      multiply(left, right, product, n, m, n, k);
    }
    return heap.slice(product, product + m * n);
  };
  const sign = side === "plain" ? 1 : -1;
  const re = sumOf([
    [1, a.re, b.re],
    [-sign, a.im, b.im],
  ]);
  const im = sumOf([
    [1, a.re, b.im],
    [sign, a.im, b.re],
  ]);
  return { re, im };
}

const isZero = (x: Float64Array): boolean => x.every((v) => v === 0);
