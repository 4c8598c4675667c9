/** The lattice of whole-number combinations of vectors, in coordinates in which membership is read off. */
export interface IntegerLattice {
  readonly dimension: number;
  /**
   * Column i of a unimodular matrix V: x lies in the lattice when for each i the number (xV)_i is a multiple of
   * `divisors[i]`, where 0 means that it is 0.
   */
  readonly columns: readonly (readonly number[])[];
  readonly divisors: readonly number[];
}

/** The lattice that vectors of the same length span (Smith normal form). Entries stay small for what couplings give. */
export function integerLattice(dimension: number, vectors: Iterable<readonly number[]>): IntegerLattice {
  const rows = echelonBasis(dimension, vectors).map((row) => [...row]);
  const V = Array.from({ length: dimension }, (_, i) =>
    Array.from({ length: dimension }, (_, j) => (i === j ? 1 : 0)),
  );
  const divisors: number[] = new Array(dimension).fill(0);
  for (let k = 0; k < rows.length; k++) divisors[k] = diagonalise(rows, V, k);
  return {
    dimension,
    columns: divisors.map((_, i) => V.map((row) => row[i]!)),
    divisors,
  };
}

/** Makes entry (k, k) the only one in its row and column, by whole-number row and column operations; returns it. */
function diagonalise(rows: number[][], V: number[][], k: number): number {
  for (;;) {
    const pivot = smallestEntry(rows, k);
    if (!pivot) return 0;
    swap(rows, k, pivot.row);
    for (const row of [...rows, ...V]) swap(row, k, pivot.column);
    const p = rows[k]![k]!;
    let isDone = true;
    for (let r = k + 1; r < rows.length; r++) {
      const factor = Math.trunc(rows[r]![k]! / p);
      if (factor !== 0) for (let c = k; c < rows[r]!.length; c++) rows[r]![c]! -= factor * rows[k]![c]!;
      if (rows[r]![k] !== 0) isDone = false;
    }
    for (let c = k + 1; c < rows[k]!.length; c++) {
      const factor = Math.trunc(rows[k]![c]! / p);
      if (factor !== 0) for (const row of [...rows, ...V]) row[c]! -= factor * row[k]!;
      if (rows[k]![c] !== 0) isDone = false;
    }
    if (isDone) return Math.abs(p);
  }
}

function smallestEntry(rows: readonly number[][], k: number): { row: number; column: number } | undefined {
  let best: { row: number; column: number } | undefined;
  let size = Number.POSITIVE_INFINITY;
  for (let r = k; r < rows.length; r++) {
    for (let c = k; c < rows[r]!.length; c++) {
      const value = Math.abs(rows[r]![c]!);
      if (value !== 0 && value < size) {
        size = value;
        best = { row: r, column: c };
      }
    }
  }
  return best;
}

function swap<T>(list: T[], a: number, b: number): void {
  const first = list[a]!;
  list[a] = list[b]!;
  list[b] = first;
}

/** Vectors in row echelon form that span the same lattice. */
function echelonBasis(
  dimension: number,
  vectors: Iterable<readonly number[]>,
): readonly (readonly number[])[] {
  const byPivot: (number[] | undefined)[] = new Array(dimension).fill(undefined);
  const insert = (vector: number[]): void => {
    for (let k = 0; k < dimension; k++) {
      if (vector[k] === 0) continue;
      const present = byPivot[k];
      if (!present) {
        byPivot[k] = vector;
        return;
      }
      // Euclid's algorithm on the two rows until one has a zero at k
      let [a, b] = [present, vector];
      while (b[k] !== 0) {
        const factor = Math.trunc(a[k]! / b[k]!);
        [a, b] = [b, a.map((x, i) => x - factor * b[i]!)];
      }
      byPivot[k] = a;
      vector = b;
    }
  };
  for (const vector of vectors) insert([...vector]);
  return byPivot.filter((row) => row !== undefined);
}

/** A basis, in whole numbers without common divisors, of the vectors that are orthogonal to a lattice; pivots from the right. */
export function orthogonalVectors({ columns, divisors }: IntegerLattice): readonly (readonly number[])[] {
  const rows = columns.filter((_, i) => divisors[i] === 0).map((c) => [...c]);
  const width = rows[0]?.length ?? 0;
  let next = 0;
  for (let c = width - 1; c >= 0 && next < rows.length; c--) {
    const pivot = rows.findIndex((row, r) => r >= next && row[c] !== 0);
    if (pivot < 0) continue;
    swap(rows, next, pivot);
    for (const [r, row] of rows.entries()) {
      if (r === next || row[c] === 0) continue;
      const [p, q] = [rows[next]![c]!, row[c]!];
      rows[r] = primitive(row.map((x, i) => x * p - rows[next]![i]! * q));
    }
    next++;
  }
  return rows
    .map(primitive)
    .map((row) => ((row.filter((x) => x !== 0).at(-1) ?? 0) < 0 ? row.map((x) => -x) : row));
}

function primitive(row: readonly number[]): number[] {
  const divisor = row.reduce((a, b) => gcd(a, Math.abs(b)), 0) || 1;
  return row.map((x) => x / divisor + 0);
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** The class of a vector modulo the lattice: two vectors have the same when their difference lies in it. */
export function latticeClass(vector: readonly number[], { columns, divisors }: IntegerLattice): string {
  return columns
    .flatMap((column, i) => {
      if (divisors[i] === 1) return [];
      const value = column.reduce((sum, v, j) => sum + v * vector[j]!, 0);
      return [divisors[i] === 0 ? value : ((value % divisors[i]!) + divisors[i]!) % divisors[i]!];
    })
    .join(",");
}
