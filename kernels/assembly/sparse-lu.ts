import { clear, index, Matrix, number, put } from "./sparse-matrix";

/** As src/numerics/sparse-kernels.ts writes it. */
@unmanaged
export class Factors {
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
