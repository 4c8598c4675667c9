// Places are bytes here: indices stand beside numbers. The operations are those of src/numerics/sparse-*.ts in the same
// order, so that the bits of what comes out are the same.

/** As src/numerics/sparse-kernels.ts writes it. */
@unmanaged
class Matrix {
  rows: u32;
  columns: u32;
  columnStarts: usize;
  rowIndices: usize;
  values: usize;
  /** What the values lost to rounding. */
  low: usize;
}

@unmanaged
class Factors {
  size: u32;
  columnOrder: usize;
  pivotRows: usize;
  pivotPositions: usize;
  rowScale: usize;
  lowerStarts: usize;
  lowerRows: usize;
  lowerValues: usize;
  upperStarts: usize;
  upperRows: usize;
  upperValues: usize;
  pivots: usize;
  deferred: usize;
  work: usize;
}

/** One list of entries of Σ slot·weight. */
@unmanaged
class Entries {
  count: u32;
  row: usize;
  column: usize;
  slot: usize;
  weight: usize;
  /** Where in the values of a matrix they are summed. */
  position: usize;
}

function number(at: usize, k: u32): f64 {
  return load<f64>(at + ((<usize>k) << 3));
}

function put(at: usize, k: u32, value: f64): void {
  store<f64>(at + ((<usize>k) << 3), value);
}

function index(at: usize, k: u32): u32 {
  return load<u32>(at + ((<usize>k) << 2));
}

function clear(at: usize, count: u32): void {
  memory.fill(at, 0, (<usize>count) << 3);
}

/** 2²⁷ + 1 splits a double into two halves whose products are exact. */
const SPLITTER: f64 = 134217729;

export function addEntries(entries: usize, slots: usize, values: usize, low: usize): void {
  const list = changetype<Entries>(entries);
  const slotOf = list.slot;
  const weightOf = list.weight;
  const positionOf = list.position;
  for (let e: u32 = 0, count = list.count; e < count; e++) {
    const a = number(slots, index(slotOf, e));
    const b = number(weightOf, e);
    const at = index(positionOf, e);
    const product = a * b;
    const wideA = SPLITTER * a;
    const topA = wideA - (wideA - a);
    const tailA = a - topA;
    const wideB = SPLITTER * b;
    const topB = wideB - (wideB - b);
    const tailB = b - topB;
    const lost = topA * topB - product + topA * tailB + tailA * topB + tailA * tailB;
    const before = number(values, at);
    const sum = before + product;
    const back = sum - before;
    const error = before - (sum - back) + (product - back) + lost + number(low, at);
    const rounded = sum + error;
    put(low, at, error - (rounded - sum));
    put(values, at, rounded);
  }
}

export function applyEntries(entries: usize, slots: usize, x: usize, change: usize, gross: usize): void {
  const list = changetype<Entries>(entries);
  for (let e: u32 = 0, count = list.count; e < count; e++) {
    const flow =
      number(slots, index(list.slot, e)) * number(list.weight, e) * number(x, index(list.column, e));
    const row = index(list.row, e);
    put(change, row, number(change, row) + flow);
    put(gross, row, number(gross, row) + abs(flow));
  }
}

export function pick(count: u32, origin: usize, from: usize, other: f64, to: usize): void {
  for (let e: u32 = 0; e < count; e++) {
    const k = <i32>index(origin, e);
    put(to, e, k < 0 ? other : number(from, k));
  }
}

export function norm1(matrix: usize): f64 {
  const A = changetype<Matrix>(matrix);
  let norm: f64 = 0;
  let p = index(A.columnStarts, 0);
  for (let column: u32 = 0; column < A.columns; column++) {
    const end = index(A.columnStarts, column + 1);
    let sum: f64 = 0;
    for (; p < end; p++) sum += abs(number(A.values, p));
    norm = max(norm, sum);
  }
  return norm;
}

export function multiplySparse(matrix: usize, x: usize, out: usize): void {
  const A = changetype<Matrix>(matrix);
  clear(out, A.rows);
  let p = index(A.columnStarts, 0);
  for (let column: u32 = 0; column < A.columns; column++) {
    const factor = number(x, column);
    const end = index(A.columnStarts, column + 1);
    for (; p < end; p++) {
      const row = index(A.rowIndices, p);
      put(out, row, number(out, row) + number(A.values, p) * factor);
    }
  }
}

/** With exponents up to this a scale and its inverse are normal doubles. */
const LARGEST_EXPONENT: i32 = 1000;

/** The first column with an entry that is not finite, −1 where there is none. */
function equilibrateRows(A: Matrix, scale: usize): i32 {
  clear(scale, A.rows);
  let p = index(A.columnStarts, 0);
  for (let column: u32 = 0; column < A.columns; column++) {
    const end = index(A.columnStarts, column + 1);
    for (; p < end; p++) {
      const magnitude = abs(number(A.values, p));
      if (!(magnitude < Infinity)) return column;
      const row = index(A.rowIndices, p);
      if (magnitude > number(scale, row)) put(scale, row, magnitude);
    }
  }
  for (let row: u32 = 0; row < A.rows; row++) {
    const largest = number(scale, row);
    put(scale, row, largest == 0 ? 1 : scaleOf(largest));
  }
  return -1;
}

/** The power of two below 1/x, from the bits of the exponent. */
function scaleOf(x: f64): f64 {
  const exponent = min(1023 - <i32>(reinterpret<u64>(x) >> 52), LARGEST_EXPONENT);
  return exponent > -1023 ? reinterpret<f64>((<u64>(exponent + 1023)) << 52) : reinterpret<f64>(1 << 51);
}

/** −1 where all went well, −2 for entries that are not finite; else the step whose pivot is too small. */
export function refactorise(factors: usize, matrix: usize, smallestRatio: f64): i32 {
  const lu = changetype<Factors>(factors);
  const A = changetype<Matrix>(matrix);
  if (equilibrateRows(A, lu.rowScale) >= 0) return -2;
  for (let step: u32 = 0; step < lu.size; step++) {
    eliminateColumn(lu, A, step);
    if (storeColumn(lu, step) >= smallestRatio) continue;
    clear(lu.work, lu.size);
    return step;
  }
  return -1;
}

function eliminateColumn(lu: Factors, A: Matrix, step: u32): void {
  const work = lu.work;
  const column = index(lu.columnOrder, step);
  const end = index(A.columnStarts, column + 1);
  for (let p = index(A.columnStarts, column); p < end; p++) {
    const row = index(A.rowIndices, p);
    put(work, index(lu.pivotPositions, row), number(A.values, p) * number(lu.rowScale, row));
  }
  const lowerStarts = lu.lowerStarts;
  const lowerRows = lu.lowerRows;
  const lowerValues = lu.lowerValues;
  const upperEnd = index(lu.upperStarts, step + 1);
  for (let q = index(lu.upperStarts, step); q < upperEnd; q++) {
    const earlier = index(lu.upperRows, q);
    const factor = number(work, earlier);
    put(work, earlier, 0);
    put(lu.upperValues, q, factor);
    if (factor == 0) continue;
    const lowerEnd = index(lowerStarts, earlier + 1);
    for (let p = index(lowerStarts, earlier); p < lowerEnd; p++) {
      const row = index(lowerRows, p);
      put(work, row, number(work, row) - factor * number(lowerValues, p));
    }
  }
}

function storeColumn(lu: Factors, step: u32): f64 {
  const work = lu.work;
  const pivot = number(work, step);
  put(work, step, 0);
  put(lu.pivots, step, pivot);
  let largest: f64 = 0;
  const end = index(lu.lowerStarts, step + 1);
  for (let p = index(lu.lowerStarts, step); p < end; p++) {
    const row = index(lu.lowerRows, p);
    const value = number(work, row);
    put(work, row, 0);
    if (load<u8>(lu.deferred + row) == 0) largest = max(largest, abs(value));
    put(lu.lowerValues, p, value / pivot);
  }
  return pivot == 0 ? 0 : abs(pivot) / largest;
}

export function solve(factors: usize, b: usize, out: usize): void {
  const lu = changetype<Factors>(factors);
  const size = lu.size;
  const work = lu.work;
  for (let k: u32 = 0; k < size; k++) {
    const row = index(lu.pivotRows, k);
    put(work, k, number(b, row) * number(lu.rowScale, row));
  }
  const lowerRows = lu.lowerRows;
  const lowerValues = lu.lowerValues;
  for (let k: u32 = 0; k < size; k++) {
    const value = number(work, k);
    if (value == 0) continue;
    const end = index(lu.lowerStarts, k + 1);
    for (let p = index(lu.lowerStarts, k); p < end; p++) {
      const row = index(lowerRows, p);
      put(work, row, number(work, row) - number(lowerValues, p) * value);
    }
  }
  const upperRows = lu.upperRows;
  const upperValues = lu.upperValues;
  for (let k = <i32>size - 1; k >= 0; k--) {
    const value = number(work, k) / number(lu.pivots, k);
    put(work, k, 0);
    put(out, index(lu.columnOrder, k), value);
    if (value == 0) continue;
    const end = index(lu.upperStarts, k + 1);
    for (let p = index(lu.upperStarts, k); p < end; p++) {
      const row = index(upperRows, p);
      put(work, row, number(work, row) - number(upperValues, p) * value);
    }
  }
}

export function solveTransposed(factors: usize, b: usize, out: usize): void {
  const lu = changetype<Factors>(factors);
  const size = lu.size;
  const work = lu.work;
  for (let k: u32 = 0; k < size; k++) {
    let value = number(b, index(lu.columnOrder, k));
    const end = index(lu.upperStarts, k + 1);
    for (let p = index(lu.upperStarts, k); p < end; p++)
      value -= number(lu.upperValues, p) * number(work, index(lu.upperRows, p));
    put(work, k, value / number(lu.pivots, k));
  }
  for (let k = <i32>size - 1; k >= 0; k--) {
    let value = number(work, k);
    const end = index(lu.lowerStarts, k + 1);
    for (let p = index(lu.lowerStarts, k); p < end; p++)
      value -= number(lu.lowerValues, p) * number(work, index(lu.lowerRows, p));
    put(work, k, value);
  }
  for (let k: u32 = 0; k < size; k++) {
    const row = index(lu.pivotRows, k);
    put(out, row, number(work, k) * number(lu.rowScale, row));
    put(work, k, 0);
  }
}

/** b − (A + low) x, rounded only at the end, to `high`; `rest` is scratch space. */
export function extendedResidual(matrix: usize, x: usize, b: usize, high: usize, rest: usize): void {
  const A = changetype<Matrix>(matrix);
  const size = A.rows;
  memory.copy(high, b, (<usize>size) << 3);
  clear(rest, size);
  const values = A.values;
  const low = A.low;
  const rows = A.rowIndices;
  for (let column: u32 = 0; column < A.columns; column++) {
    const factor = -number(x, column);
    if (factor == 0) continue;
    const scaled = SPLITTER * factor;
    const factorTop = scaled - (scaled - factor);
    const factorTail = factor - factorTop;
    const end = index(A.columnStarts, column + 1);
    for (let e = index(A.columnStarts, column); e < end; e++) {
      const value = number(values, e);
      const row = index(rows, e);
      const product = value * factor;
      const wide = SPLITTER * value;
      const top = wide - (wide - value);
      const tail = value - top;
      const lost = top * factorTop - product + top * factorTail + tail * factorTop + tail * factorTail;
      const before = number(high, row);
      const sum = before + product;
      const back = sum - before;
      const more = before - (sum - back) + (product - back) + lost + number(low, e) * factor;
      put(rest, row, number(rest, row) + more);
      put(high, row, sum);
    }
  }
  for (let i: u32 = 0; i < size; i++) put(high, i, number(high, i) + number(rest, i));
}

const MAX_STEPS: u32 = 12;

/** 2⁻⁵² */
const SETTLED: f64 = 2.220446049250313e-16;

/** The last correction, relative to x; `scratch` has room for three vectors. */
export function solveExtended(factors: usize, matrix: usize, b: usize, x: usize, scratch: usize): f64 {
  const size = changetype<Factors>(factors).size;
  const rest = scratch + ((<usize>size) << 3);
  const correction = rest + ((<usize>size) << 3);
  solve(factors, b, x);
  let before: f64 = Infinity;
  for (let steps: u32 = 0; steps < MAX_STEPS; steps++) {
    extendedResidual(matrix, x, b, scratch, rest);
    solve(factors, scratch, correction);
    const last = largest(correction, size) / largest(x, size);
    if (!(last < before / 2)) return before;
    for (let i: u32 = 0; i < size; i++) put(x, i, number(x, i) + number(correction, i));
    before = last;
    if (last <= SETTLED) break;
  }
  return before;
}

export function largest(x: usize, size: u32): f64 {
  let most: f64 = 0;
  for (let i: u32 = 0; i < size; i++) most = max(most, abs(number(x, i)));
  return most;
}

const MAX_ITERATIONS: u32 = 5;

/** `scratch` has room for four vectors. NaN or infinite where the solves overflow. */
export function inverseNorm(factors: usize, scratch: usize): f64 {
  const n = changetype<Factors>(factors).size;
  const bytes = (<usize>n) << 3;
  const x = scratch;
  const y = scratch + bytes;
  let signs = y + bytes;
  let nextSigns = signs + bytes;
  for (let i: u32 = 0; i < n; i++) put(x, i, 1 / <f64>n);
  solve(factors, x, y);
  let estimate = sumOfMagnitudes(y, n);
  writeSigns(y, n, signs);
  let unit = -1;
  for (let iteration: u32 = 0; iteration < MAX_ITERATIONS && isFinite(estimate); iteration++) {
    solveTransposed(factors, signs, y);
    const steepest = indexOfLargest(y, n);
    if (unit >= 0 && abs(number(y, steepest)) <= abs(number(y, unit))) break;
    unit = steepest;
    clear(x, n);
    put(x, unit, 1);
    solve(factors, x, y);
    const climbed = sumOfMagnitudes(y, n);
    writeSigns(y, n, nextSigns);
    const stalled = climbed <= estimate || areEqual(nextSigns, signs, n);
    if (climbed > estimate || isNaN(climbed)) estimate = climbed;
    if (stalled) break;
    const last = signs;
    signs = nextSigns;
    nextSigns = last;
  }
  return max(estimate, alternatingBound(factors, x, y));
}

function alternatingBound(factors: usize, x: usize, y: usize): f64 {
  const n = changetype<Factors>(factors).size;
  for (let i: u32 = 0; i < n; i++)
    put(x, i, (i % 2 == 0 ? 1.0 : -1.0) * (n == 1 ? 1.0 : 1.0 + <f64>i / <f64>(n - 1)));
  solve(factors, x, y);
  return sumOfMagnitudes(y, n) / (n == 1 ? 1.0 : 1.5 * <f64>n);
}

function writeSigns(v: usize, n: u32, signs: usize): void {
  for (let i: u32 = 0; i < n; i++) put(signs, i, number(v, i) < 0 ? -1 : 1);
}

function areEqual(v: usize, w: usize, n: u32): bool {
  for (let i: u32 = 0; i < n; i++) if (number(v, i) != number(w, i)) return false;
  return true;
}

function sumOfMagnitudes(v: usize, n: u32): f64 {
  let sum: f64 = 0;
  for (let i: u32 = 0; i < n; i++) sum += abs(number(v, i));
  return sum;
}

function indexOfLargest(v: usize, n: u32): i32 {
  let best = 0;
  for (let i: u32 = 1; i < n; i++) if (abs(number(v, i)) > abs(number(v, best))) best = i;
  return best;
}
