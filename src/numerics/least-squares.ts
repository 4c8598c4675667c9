/**
 * The x of least norm-like choice that minimises |Ax − b|, by Householder QR with column pivoting: columns that depend
 * on earlier ones to within `tolerance` get 0. A is row-major, rows × columns; nothing is changed.
 */
export function leastSquares(
  matrix: Float64Array,
  rows: number,
  columns: number,
  rightHandSide: Float64Array,
  tolerance = 1e-12,
): Float64Array {
  const a = matrix.slice();
  const b = rightHandSide.slice();
  const order = Int32Array.from({ length: columns }, (_, k) => k);
  const diagonal: number[] = [];
  let largest = 0;
  for (let k = 0; k < Math.min(rows, columns); k++) {
    const pivot = longestColumn(a, rows, columns, k);
    swapColumns(a, rows, columns, k, pivot);
    [order[k], order[pivot]] = [order[pivot]!, order[k]!];
    const norm = columnNorm(a, rows, columns, k, k);
    largest = Math.max(largest, norm);
    if (norm <= tolerance * largest || norm === 0) break;
    reflect(a, b, rows, columns, k, norm);
    diagonal.push(a[k * columns + k]!);
  }
  const x = new Float64Array(columns);
  for (let k = diagonal.length - 1; k >= 0; k--) {
    let sum = b[k]!;
    for (let j = k + 1; j < diagonal.length; j++) sum -= a[k * columns + j]! * x[order[j]!]!;
    x[order[k]!] = sum / diagonal[k]!;
  }
  return x;
}

function columnNorm(a: Float64Array, rows: number, columns: number, column: number, from: number): number {
  let sum = 0;
  for (let r = from; r < rows; r++) sum += a[r * columns + column]! ** 2;
  return Math.sqrt(sum);
}

function longestColumn(a: Float64Array, rows: number, columns: number, k: number): number {
  let best = k;
  let length = -1;
  for (let c = k; c < columns; c++) {
    const norm = columnNorm(a, rows, columns, c, k);
    if (norm > length * (1 + 1e-12)) {
      length = norm;
      best = c;
    }
  }
  return best;
}

function swapColumns(a: Float64Array, rows: number, columns: number, i: number, j: number): void {
  if (i === j) return;
  for (let r = 0; r < rows; r++) {
    const first = a[r * columns + i]!;
    a[r * columns + i] = a[r * columns + j]!;
    a[r * columns + j] = first;
  }
}

/** One Householder step: column k becomes −sign·norm below its diagonal place, which holds it afterwards. */
function reflect(
  a: Float64Array,
  b: Float64Array,
  rows: number,
  columns: number,
  k: number,
  norm: number,
): void {
  const head = a[k * columns + k]!;
  const alpha = head >= 0 ? -norm : norm;
  const v = new Float64Array(rows - k);
  for (let r = k; r < rows; r++) v[r - k] = a[r * columns + k]!;
  v[0]! -= alpha;
  let square = 0;
  for (const x of v) square += x * x;
  if (square > 0) {
    for (let c = k; c < columns; c++) {
      let dot = 0;
      for (let r = k; r < rows; r++) dot += v[r - k]! * a[r * columns + c]!;
      const factor = (2 * dot) / square;
      for (let r = k; r < rows; r++) a[r * columns + c]! -= factor * v[r - k]!;
    }
    let dot = 0;
    for (let r = k; r < rows; r++) dot += v[r - k]! * b[r]!;
    const factor = (2 * dot) / square;
    for (let r = k; r < rows; r++) b[r]! -= factor * v[r - k]!;
  }
  a[k * columns + k] = alpha;
}
