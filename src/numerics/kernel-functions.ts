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
  /**
   * B v for the leading i × i block B of a Hermitian n × n matrix by rows, of which only the lower triangle is read, and v in
   * its row i. The real part is written to `product`, the imaginary part of a complex B n places further.
   */
  readonly timesReflector: (
    re: number,
    im: number,
    n: number,
    i: number,
    product: number,
    isComplex: boolean,
  ) => void;
  /** Replaces the lower triangle of that block by B − v w† − w v†; w stands as the product of `timesReflector` does. */
  readonly reflectBlock: (
    re: number,
    im: number,
    n: number,
    i: number,
    w: number,
    isComplex: boolean,
  ) => void;
  /**
   * Turns the rows of a real n × n matrix by `count` sweeps. A sweep is its first and its last row, and from the last
   * rotation to the first a cosine and a sine, of which rows i and i + 1 become cos·(i) − sin·(i + 1) and
   * sin·(i) + cos·(i + 1).
   */
  readonly turnRows: (rows: number, n: number, sweeps: number, count: number) => void;
  /** x ↦ (1 − β_i v_i v_i†)x for i = 1 … n − 1 of each row x of a matrix, v_i of length i in row i of another. */
  readonly reflectRows: (
    re: number,
    im: number,
    betas: number,
    n: number,
    rowsRe: number,
    rowsIm: number,
    isComplex: boolean,
  ) => void;
  /**
   * T += G X for complex n × n matrices, X and T dense and by rows. G stands as, for each row, the number of its entries and
   * then the column, the real and the imaginary part of each.
   */
  readonly addSparse: (matrix: number, n: number, xRe: number, xIm: number, tRe: number, tIm: number) => void;
  /**
   * T += c·AXB† for complex X and T and real A and B with at most one entry in each row and column. A stands as row of X, row
   * of T and weight of each of `rowCount` entries; B as `runCount` runs: first column of X, of T, length, and as many weights.
   */
  readonly addMoved: (
    rows: number,
    rowCount: number,
    runs: number,
    runCount: number,
    re: number,
    im: number,
    xRe: number,
    xIm: number,
    stride: number,
    tRe: number,
    tIm: number,
    toStride: number,
  ) => void;
}
