// Places are bytes here: indices stand beside numbers. The operations are those of src/numerics/sparse-*.ts in the same
// order, so that the bits of what comes out are the same.

/** As src/numerics/sparse-kernels.ts writes it. */
@unmanaged
export class Matrix {
  rows: u32;
  columns: u32;
  columnStarts: usize;
  rowIndices: usize;
  values: usize;
  /** What the values lost to rounding. */
  low: usize;
}

/** One list of entries of Σ slot·weight. */
@unmanaged
export class Entries {
  count: u32;
  row: usize;
  column: usize;
  slot: usize;
  weight: usize;
  /** Where in the values of a matrix they are summed. */
  position: usize;
}

export function number(at: usize, k: u32): f64 {
  return load<f64>(at + ((<usize>k) << 3));
}

export function put(at: usize, k: u32, value: f64): void {
  store<f64>(at + ((<usize>k) << 3), value);
}

export function index(at: usize, k: u32): u32 {
  return load<u32>(at + ((<usize>k) << 2));
}

export function clear(at: usize, count: u32): void {
  memory.fill(at, 0, (<usize>count) << 3);
}

/** 2²⁷ + 1 splits a double into two halves whose products are exact. */
export const SPLITTER: f64 = 134217729;

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
