/** Entries of a row or a column that are taken at a time. */
const DEPTH: u32 = 256;

/** Columns of B whose panels of one depth (256 KiB) stay in the second-level cache. */
const WIDTH: u32 = 128;

export function pack(source: u32, line: u32, step: u32, lines: u32, length: u32, target: u32): void {
  let to = (<usize>target) << 3;
  const far = (<usize>line) << 3;
  const next = (<usize>step) << 3;
  for (let first: u32 = 0; first < length; first += DEPTH) {
    const deep = min(DEPTH, length - first);
    for (let l: u32 = 0; l < lines; l += 4) {
      const from = ((<usize>source) << 3) + <usize>l * far + <usize>first * next;
      packPanel(from, far, next, min(4, lines - l), deep, to);
      to += (<usize>deep) << 5;
    }
  }
}

function packPanel(from: usize, far: usize, next: usize, lines: u32, deep: u32, to: usize): void {
  if (lines == 4) {
    for (let p: u32 = 0; p < deep; p++) {
      store<f64>(to, load<f64>(from));
      store<f64>(to, load<f64>(from + far), 8);
      store<f64>(to, load<f64>(from + 2 * far), 16);
      store<f64>(to, load<f64>(from + 3 * far), 24);
      from += next;
      to += 32;
    }
  } else {
    for (let p: u32 = 0; p < deep; p++) {
      store<f64>(to, load<f64>(from));
      store<f64>(to, lines > 1 ? load<f64>(from + far) : 0, 8);
      store<f64>(to, lines > 2 ? load<f64>(from + 2 * far) : 0, 16);
      store<f64>(to, 0, 24);
      from += next;
      to += 32;
    }
  }
}

export function multiply(a: u32, b: u32, c: u32, stride: u32, m: u32, n: u32, k: u32): void {
  const rows = <usize>((m + 3) & ~3);
  const columns = <usize>((n + 3) & ~3);
  for (let first: u32 = 0; first < k; first += DEPTH) {
    const deep = min(DEPTH, k - first);
    const panel = (<usize>deep) << 5;
    const aBlock = (<usize>a + <usize>first * rows) << 3;
    const bBlock = (<usize>b + <usize>first * columns) << 3;
    for (let left: u32 = 0; left < n; left += WIDTH) {
      const right = min(n, left + WIDTH);
      for (let i: u32 = 0; i < m; i += 4) {
        const aPanel = aBlock + <usize>(i >> 2) * panel;
        const row = <usize>c + <usize>i * <usize>stride;
        for (let j = left; j < right; j += 4) {
          const bPanel = bBlock + <usize>(j >> 2) * panel;
          addTile(aPanel, bPanel, deep, (row + <usize>j) << 3, stride, m - i, n - j);
        }
      }
    }
  }
}

/** Adds the product of two panels to at most 4 × 4 entries of C, with its sixteen sums in registers. */
function addTile(a: usize, b: usize, deep: u32, c: usize, stride: u32, rows: u32, columns: u32): void {
  let c00 = f64x2.splat(0);
  let c01 = f64x2.splat(0);
  let c10 = f64x2.splat(0);
  let c11 = f64x2.splat(0);
  let c20 = f64x2.splat(0);
  let c21 = f64x2.splat(0);
  let c30 = f64x2.splat(0);
  let c31 = f64x2.splat(0);
  for (let p: u32 = 0; p < deep; p++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load_splat<f64>(a);
    c00 = f64x2.add(c00, f64x2.mul(a0, b0));
    c01 = f64x2.add(c01, f64x2.mul(a0, b1));
    const a1 = v128.load_splat<f64>(a, 8);
    c10 = f64x2.add(c10, f64x2.mul(a1, b0));
    c11 = f64x2.add(c11, f64x2.mul(a1, b1));
    const a2 = v128.load_splat<f64>(a, 16);
    c20 = f64x2.add(c20, f64x2.mul(a2, b0));
    c21 = f64x2.add(c21, f64x2.mul(a2, b1));
    const a3 = v128.load_splat<f64>(a, 24);
    c30 = f64x2.add(c30, f64x2.mul(a3, b0));
    c31 = f64x2.add(c31, f64x2.mul(a3, b1));
    a += 32;
    b += 32;
  }
  const down = (<usize>stride) << 3;
  addRow(c, columns, c00, c01);
  if (rows > 1) addRow(c + down, columns, c10, c11);
  if (rows > 2) addRow(c + 2 * down, columns, c20, c21);
  if (rows > 3) addRow(c + 3 * down, columns, c30, c31);
}

function addRow(c: usize, columns: u32, left: v128, right: v128): void {
  if (columns > 1) v128.store(c, f64x2.add(v128.load(c), left));
  else store<f64>(c, load<f64>(c) + f64x2.extract_lane(left, 0));
  if (columns > 3) v128.store(c, f64x2.add(v128.load(c, 16), right), 16);
  else if (columns > 2) store<f64>(c, load<f64>(c, 16) + f64x2.extract_lane(right, 0), 16);
}
