/**
 * The inner loops that large problems spend their time in. They work on one memory of doubles; operands are named by
 * their place in it. In WebAssembly with SIMD (kernels/assembly) where there is that, else in TypeScript (`plainKernels`).
 */
export interface KernelFunctions {
  /**
   * Packs lines of `length` numbers for `multiply`, four beside each other: for each depth of at most 256 all panels,
   * entry p of lines 4q … 4q + 3 together, zeros in the place of lines that are not there. Number p of line l is at
   * source + l·line + p·step; at `target` stand `packedLength(lines, length)` numbers.
   */
  readonly pack: (
    source: number,
    line: number,
    step: number,
    lines: number,
    length: number,
    target: number,
  ) => void;
  /**
   * C += A·B for an m × k matrix A packed by rows and a k × n matrix B packed by columns; row i of C is at c + i·stride.
   * Goto and van de Geijn, ACM Trans. Math. Softw. 34 (2008) 12.
   */
  readonly multiply: (
    a: number,
    b: number,
    c: number,
    stride: number,
    m: number,
    n: number,
    k: number,
  ) => void;
  readonly dot: (x: number, y: number, size: number) => number;
  /**
   * Takes the first `count` vectors (each of `size` numbers, one after the other from `basis`, orthonormal) out of the one
   * that follows them: the classical process twice. What was taken is written to `parts`, of 2·count numbers, its first half.
   */
  readonly orthogonalise: (basis: number, size: number, count: number, parts: number) => void;
  /** x += Σ w_i v_i over the first `count` vectors of a basis. */
  readonly addCombination: (basis: number, size: number, count: number, weights: number, x: number) => void;
}
