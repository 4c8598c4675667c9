/** Columns whose sums stay in registers: a line of the cache. */
const WIDTH: u32 = 8;

export function addSparse(matrix: u32, n: u32, xRe: u32, xIm: u32, tRe: u32, tIm: u32): void {
  const line = (<usize>n) << 3;
  let at = (<usize>matrix) << 3;
  for (let row: u32 = 0; row < n; row++) {
    const count = <u32>load<f64>(at);
    at += 8;
    const toRe = ((<usize>tRe) << 3) + <usize>row * line;
    const toIm = ((<usize>tIm) << 3) + <usize>row * line;
    let column: u32 = 0;
    for (; column + WIDTH <= n; column += WIDTH) {
      const far = (<usize>column) << 3;
      addWide(at, count, line, ((<usize>xRe) << 3) + far, ((<usize>xIm) << 3) + far, toRe + far, toIm + far);
    }
    for (; column < n; column++) {
      const far = (<usize>column) << 3;
      addOne(at, count, line, ((<usize>xRe) << 3) + far, ((<usize>xIm) << 3) + far, toRe + far, toIm + far);
    }
    at += <usize>count * 24;
  }
}

/** Eight columns of a row: Σ g x over its entries. */
function addWide(
  entries: usize,
  count: u32,
  line: usize,
  xRe: usize,
  xIm: usize,
  tRe: usize,
  tIm: usize,
): void {
  let r0 = v128.load(tRe);
  let r1 = v128.load(tRe, 16);
  let r2 = v128.load(tRe, 32);
  let r3 = v128.load(tRe, 48);
  let i0 = v128.load(tIm);
  let i1 = v128.load(tIm, 16);
  let i2 = v128.load(tIm, 32);
  let i3 = v128.load(tIm, 48);
  const end = entries + <usize>count * 24;
  for (let e = entries; e < end; e += 24) {
    const row = <usize>(<u32>load<f64>(e)) * line;
    const p = xRe + row;
    const q = xIm + row;
    const re = load<f64>(e, 8);
    const im = load<f64>(e, 16);
    // most numbers of −iH − K/2 are real or imaginary
    if (re != 0) {
      const a = f64x2.splat(re);
      r0 = f64x2.add(r0, f64x2.mul(a, v128.load(p)));
      r1 = f64x2.add(r1, f64x2.mul(a, v128.load(p, 16)));
      r2 = f64x2.add(r2, f64x2.mul(a, v128.load(p, 32)));
      r3 = f64x2.add(r3, f64x2.mul(a, v128.load(p, 48)));
      i0 = f64x2.add(i0, f64x2.mul(a, v128.load(q)));
      i1 = f64x2.add(i1, f64x2.mul(a, v128.load(q, 16)));
      i2 = f64x2.add(i2, f64x2.mul(a, v128.load(q, 32)));
      i3 = f64x2.add(i3, f64x2.mul(a, v128.load(q, 48)));
    }
    if (im != 0) {
      const b = f64x2.splat(im);
      r0 = f64x2.sub(r0, f64x2.mul(b, v128.load(q)));
      r1 = f64x2.sub(r1, f64x2.mul(b, v128.load(q, 16)));
      r2 = f64x2.sub(r2, f64x2.mul(b, v128.load(q, 32)));
      r3 = f64x2.sub(r3, f64x2.mul(b, v128.load(q, 48)));
      i0 = f64x2.add(i0, f64x2.mul(b, v128.load(p)));
      i1 = f64x2.add(i1, f64x2.mul(b, v128.load(p, 16)));
      i2 = f64x2.add(i2, f64x2.mul(b, v128.load(p, 32)));
      i3 = f64x2.add(i3, f64x2.mul(b, v128.load(p, 48)));
    }
  }
  v128.store(tRe, r0);
  v128.store(tRe, r1, 16);
  v128.store(tRe, r2, 32);
  v128.store(tRe, r3, 48);
  v128.store(tIm, i0);
  v128.store(tIm, i1, 16);
  v128.store(tIm, i2, 32);
  v128.store(tIm, i3, 48);
}

function addOne(
  entries: usize,
  count: u32,
  line: usize,
  xRe: usize,
  xIm: usize,
  tRe: usize,
  tIm: usize,
): void {
  let sumRe = load<f64>(tRe);
  let sumIm = load<f64>(tIm);
  const end = entries + <usize>count * 24;
  for (let e = entries; e < end; e += 24) {
    const row = <usize>(<u32>load<f64>(e)) * line;
    const re = load<f64>(e, 8);
    const im = load<f64>(e, 16);
    const x = load<f64>(xRe + row);
    const y = load<f64>(xIm + row);
    sumRe += re * x - im * y;
    sumIm += re * y + im * x;
  }
  store<f64>(tRe, sumRe);
  store<f64>(tIm, sumIm);
}

export function addMoved(
  rows: u32,
  rowCount: u32,
  runs: u32,
  runCount: u32,
  re: f64,
  im: f64,
  xRe: u32,
  xIm: u32,
  stride: u32,
  tRe: u32,
  tIm: u32,
  toStride: u32,
): void {
  let row = (<usize>rows) << 3;
  for (let r: u32 = 0; r < rowCount; r++) {
    const start = <u32>load<f64>(row) * stride;
    const end = <u32>load<f64>(row, 8) * toStride;
    const weight = load<f64>(row, 16);
    row += 24;
    const a = re * weight;
    const b = im * weight;
    let run = (<usize>runs) << 3;
    for (let k: u32 = 0; k < runCount; k++) {
      const from = start + <u32>load<f64>(run);
      const to = end + <u32>load<f64>(run, 8);
      const length = <u32>load<f64>(run, 16);
      run += 24;
      const p = (<usize>(xRe + from)) << 3;
      const q = (<usize>(xIm + from)) << 3;
      const s = (<usize>(tRe + to)) << 3;
      const t = (<usize>(tIm + to)) << 3;
      if (b == 0) addRealRun(run, length, a, p, q, s, t);
      else addComplexRun(run, length, a, b, p, q, s, t);
      run += (<usize>length) << 3;
    }
  }
}

function addRealRun(w: usize, length: u32, a: f64, p: usize, q: usize, s: usize, t: usize): void {
  const even = (<usize>(length & ~1)) << 3;
  const as = f64x2.splat(a);
  for (let k: usize = 0; k < even; k += 16) {
    const weight = f64x2.mul(as, v128.load(w + k));
    v128.store(s + k, f64x2.add(v128.load(s + k), f64x2.mul(weight, v128.load(p + k))));
    v128.store(t + k, f64x2.add(v128.load(t + k), f64x2.mul(weight, v128.load(q + k))));
  }
  if ((length & 1) == 1) {
    const weight = a * load<f64>(w + even);
    store<f64>(s + even, load<f64>(s + even) + weight * load<f64>(p + even));
    store<f64>(t + even, load<f64>(t + even) + weight * load<f64>(q + even));
  }
}

function addComplexRun(w: usize, length: u32, a: f64, b: f64, p: usize, q: usize, s: usize, t: usize): void {
  const end = (<usize>length) << 3;
  for (let k: usize = 0; k < end; k += 8) {
    const weight = load<f64>(w + k);
    const c = a * weight;
    const d = b * weight;
    const x = load<f64>(p + k);
    const y = load<f64>(q + k);
    store<f64>(s + k, load<f64>(s + k) + (c * x - d * y));
    store<f64>(t + k, load<f64>(t + k) + (c * y + d * x));
  }
}
