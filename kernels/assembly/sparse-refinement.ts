import { Factors, solve, solveTransposed } from "./sparse-lu";
import { clear, index, Matrix, number, put, SPLITTER } from "./sparse-matrix";

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
