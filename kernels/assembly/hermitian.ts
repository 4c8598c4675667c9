import { laneSum } from "./krylov";

export function timesReflector(re: u32, im: u32, n: u32, i: u32, product: u32, isComplex: bool): void {
  const v = <usize>i * <usize>n;
  const vRe = (<usize>re + v) << 3;
  const vIm = (<usize>im + v) << 3;
  const pRe = (<usize>product) << 3;
  const pIm = (<usize>(product + n)) << 3;
  for (let row: u32 = 0; row < i; row++) {
    const start = <usize>row * <usize>n;
    const bRe = (<usize>re + start) << 3;
    if (isComplex) complexRow(bRe, (<usize>im + start) << 3, vRe, vIm, pRe, pIm, row);
    else realRow(bRe, vRe, pRe, row);
  }
}

/** Row `row` of the lower triangle of a real symmetric B meets v, and its transpose does. */
function realRow(b: usize, v: usize, p: usize, row: u32): void {
  const end = (<usize>row) << 3;
  const own = load<f64>(v + end);
  const owns = f64x2.splat(own);
  let sums = f64x2.splat(0);
  let k: usize = 0;
  for (; k + 16 <= end; k += 16) {
    const bs = v128.load(b + k);
    sums = f64x2.add(sums, f64x2.mul(bs, v128.load(v + k)));
    v128.store(p + k, f64x2.add(v128.load(p + k), f64x2.mul(bs, owns)));
  }
  let sum = laneSum(sums) + load<f64>(b + end) * own;
  if (k < end) {
    sum += load<f64>(b + k) * load<f64>(v + k);
    store<f64>(p + k, load<f64>(p + k) + load<f64>(b + k) * own);
  }
  store<f64>(p + end, sum);
}

function complexRow(bRe: usize, bIm: usize, vRe: usize, vIm: usize, pRe: usize, pIm: usize, row: u32): void {
  const end = (<usize>row) << 3;
  const ownRe = load<f64>(vRe + end);
  const ownIm = load<f64>(vIm + end);
  const xs = f64x2.splat(ownRe);
  const ys = f64x2.splat(ownIm);
  let sumsRe = f64x2.splat(0);
  let sumsIm = f64x2.splat(0);
  let k: usize = 0;
  for (; k + 16 <= end; k += 16) {
    const br = v128.load(bRe + k);
    const bi = v128.load(bIm + k);
    const vr = v128.load(vRe + k);
    const vi = v128.load(vIm + k);
    sumsRe = f64x2.add(sumsRe, f64x2.sub(f64x2.mul(br, vr), f64x2.mul(bi, vi)));
    sumsIm = f64x2.add(sumsIm, f64x2.add(f64x2.mul(br, vi), f64x2.mul(bi, vr)));
    v128.store(pRe + k, f64x2.add(v128.load(pRe + k), f64x2.add(f64x2.mul(br, xs), f64x2.mul(bi, ys))));
    v128.store(pIm + k, f64x2.add(v128.load(pIm + k), f64x2.sub(f64x2.mul(br, ys), f64x2.mul(bi, xs))));
  }
  let sumRe = laneSum(sumsRe) + load<f64>(bRe + end) * ownRe;
  let sumIm = laneSum(sumsIm) + load<f64>(bRe + end) * ownIm;
  if (k < end) {
    const br = load<f64>(bRe + k);
    const bi = load<f64>(bIm + k);
    const vr = load<f64>(vRe + k);
    const vi = load<f64>(vIm + k);
    sumRe += br * vr - bi * vi;
    sumIm += br * vi + bi * vr;
    store<f64>(pRe + k, load<f64>(pRe + k) + (br * ownRe + bi * ownIm));
    store<f64>(pIm + k, load<f64>(pIm + k) + (br * ownIm - bi * ownRe));
  }
  store<f64>(pRe + end, sumRe);
  store<f64>(pIm + end, sumIm);
}

export function reflectBlock(re: u32, im: u32, n: u32, i: u32, w: u32, isComplex: bool): void {
  const v = <usize>i * <usize>n;
  const vRe = (<usize>re + v) << 3;
  const vIm = (<usize>im + v) << 3;
  const wRe = (<usize>w) << 3;
  const wIm = (<usize>(w + n)) << 3;
  for (let row: u32 = 0; row < i; row++) {
    const start = <usize>row * <usize>n;
    const bRe = (<usize>re + start) << 3;
    if (isComplex) reflectComplexRow(bRe, (<usize>im + start) << 3, vRe, vIm, wRe, wIm, row);
    else reflectRealRow(bRe, vRe, wRe, row);
  }
}

function reflectRealRow(b: usize, v: usize, w: usize, row: u32): void {
  const last = (<usize>row) << 3;
  const x = load<f64>(v + last);
  const y = load<f64>(w + last);
  const xs = f64x2.splat(x);
  const ys = f64x2.splat(y);
  let k: usize = 0;
  for (; k + 16 <= last + 8; k += 16) {
    const change = f64x2.add(f64x2.mul(xs, v128.load(w + k)), f64x2.mul(ys, v128.load(v + k)));
    v128.store(b + k, f64x2.sub(v128.load(b + k), change));
  }
  if (k <= last) store<f64>(b + k, load<f64>(b + k) - (x * load<f64>(w + k) + y * load<f64>(v + k)));
}

function reflectComplexRow(
  bRe: usize,
  bIm: usize,
  vRe: usize,
  vIm: usize,
  wRe: usize,
  wIm: usize,
  row: u32,
): void {
  const last = (<usize>row) << 3;
  const a = load<f64>(vRe + last);
  const b = load<f64>(vIm + last);
  const c = load<f64>(wRe + last);
  const d = load<f64>(wIm + last);
  const as = f64x2.splat(a);
  const bs = f64x2.splat(b);
  const cs = f64x2.splat(c);
  const ds = f64x2.splat(d);
  let k: usize = 0;
  for (; k + 16 <= last + 8; k += 16) {
    const vr = v128.load(vRe + k);
    const vi = v128.load(vIm + k);
    const wr = v128.load(wRe + k);
    const wi = v128.load(wIm + k);
    const forV = f64x2.add(f64x2.mul(cs, vr), f64x2.mul(ds, vi));
    const forW = f64x2.add(f64x2.mul(as, wr), f64x2.mul(bs, wi));
    v128.store(bRe + k, f64x2.sub(v128.load(bRe + k), f64x2.add(forV, forW)));
    const crossV = f64x2.sub(f64x2.mul(ds, vr), f64x2.mul(cs, vi));
    const crossW = f64x2.sub(f64x2.mul(bs, wr), f64x2.mul(as, wi));
    v128.store(bIm + k, f64x2.sub(v128.load(bIm + k), f64x2.add(crossV, crossW)));
  }
  if (k <= last) {
    const vr = load<f64>(vRe + k);
    const vi = load<f64>(vIm + k);
    const wr = load<f64>(wRe + k);
    const wi = load<f64>(wIm + k);
    store<f64>(bRe + k, load<f64>(bRe + k) - (c * vr + d * vi + (a * wr + b * wi)));
    store<f64>(bIm + k, load<f64>(bIm + k) - (d * vr - c * vi + (b * wr - a * wi)));
  }
}

export function turnRows(rows: u32, n: u32, sweeps: u32, count: u32): void {
  let column: u32 = 0;
  for (; column + 8 <= n; column += 8) turnColumns(rows, n, column, sweeps, count);
  for (; column < n; column++) turnColumn(rows, n, column, sweeps, count);
}

/** All sweeps over eight columns, four pairs of numbers in registers from rotation to rotation. */
function turnColumns(rows: u32, n: u32, column: u32, sweeps: u32, count: u32): void {
  const line = (<usize>n) << 3;
  let q = (<usize>sweeps) << 3;
  for (let s: u32 = 0; s < count; s++) {
    const first = <u32>load<f64>(q);
    const last = <u32>load<f64>(q, 8);
    q += 16;
    let p = (<usize>rows + <usize>last * <usize>n + <usize>column) << 3;
    let c0 = v128.load(p);
    let c1 = v128.load(p, 16);
    let c2 = v128.load(p, 32);
    let c3 = v128.load(p, 48);
    for (let i = last; i > first; i--) {
      const cos = v128.load_splat<f64>(q);
      const sin = v128.load_splat<f64>(q, 8);
      q += 16;
      const above = p - line;
      const a0 = v128.load(above);
      const a1 = v128.load(above, 16);
      v128.store(p, f64x2.add(f64x2.mul(sin, a0), f64x2.mul(cos, c0)));
      v128.store(p, f64x2.add(f64x2.mul(sin, a1), f64x2.mul(cos, c1)), 16);
      c0 = f64x2.sub(f64x2.mul(cos, a0), f64x2.mul(sin, c0));
      c1 = f64x2.sub(f64x2.mul(cos, a1), f64x2.mul(sin, c1));
      const a2 = v128.load(above, 32);
      const a3 = v128.load(above, 48);
      v128.store(p, f64x2.add(f64x2.mul(sin, a2), f64x2.mul(cos, c2)), 32);
      v128.store(p, f64x2.add(f64x2.mul(sin, a3), f64x2.mul(cos, c3)), 48);
      c2 = f64x2.sub(f64x2.mul(cos, a2), f64x2.mul(sin, c2));
      c3 = f64x2.sub(f64x2.mul(cos, a3), f64x2.mul(sin, c3));
      p = above;
    }
    v128.store(p, c0);
    v128.store(p, c1, 16);
    v128.store(p, c2, 32);
    v128.store(p, c3, 48);
  }
}

function turnColumn(rows: u32, n: u32, column: u32, sweeps: u32, count: u32): void {
  const line = (<usize>n) << 3;
  let q = (<usize>sweeps) << 3;
  for (let s: u32 = 0; s < count; s++) {
    const first = <u32>load<f64>(q);
    const last = <u32>load<f64>(q, 8);
    q += 16;
    let p = (<usize>rows + <usize>last * <usize>n + <usize>column) << 3;
    let below = load<f64>(p);
    for (let i = last; i > first; i--) {
      const cos = load<f64>(q);
      const sin = load<f64>(q, 8);
      q += 16;
      const above = load<f64>(p - line);
      store<f64>(p, sin * above + cos * below);
      below = cos * above - sin * below;
      p -= line;
    }
    store<f64>(p, below);
  }
}

export function reflectRows(
  re: u32,
  im: u32,
  betas: u32,
  n: u32,
  rowsRe: u32,
  rowsIm: u32,
  isComplex: bool,
): void {
  const line = (<usize>n) << 3;
  for (let row: u32 = 0; row < n; row += 2) {
    // a last odd row is taken by itself
    const next: usize = row + 1 < n ? line : 0;
    const xRe = ((<usize>rowsRe) << 3) + <usize>row * line;
    const xIm = ((<usize>rowsIm) << 3) + <usize>row * line;
    for (let i: u32 = 1; i < n; i++) {
      const beta = load<f64>((<usize>(betas + i)) << 3);
      if (beta == 0) continue;
      const vRe = ((<usize>re) << 3) + <usize>i * line;
      if (!isComplex) {
        reflectRealRows(vRe, beta, i, xRe, next);
        continue;
      }
      const vIm = ((<usize>im) << 3) + <usize>i * line;
      reflectComplexVector(vRe, vIm, beta, i, xRe, xIm);
      if (next != 0) reflectComplexVector(vRe, vIm, beta, i, xRe + next, xIm + next);
    }
  }
}

/** x −= β v (v·x) for two vectors at once. */
function reflectRealRows(v: usize, beta: f64, i: u32, x: usize, next: usize): void {
  const end = (<usize>i) << 3;
  let sums = f64x2.splat(0);
  let others = f64x2.splat(0);
  let k: usize = 0;
  for (; k + 16 <= end; k += 16) {
    const vs = v128.load(v + k);
    sums = f64x2.add(sums, f64x2.mul(vs, v128.load(x + k)));
    others = f64x2.add(others, f64x2.mul(vs, v128.load(x + next + k)));
  }
  const isOdd = k < end;
  const last = isOdd ? load<f64>(v + k) : 0;
  const sum = beta * (laneSum(sums) + (isOdd ? last * load<f64>(x + k) : 0));
  const other = beta * (laneSum(others) + (isOdd ? last * load<f64>(x + next + k) : 0));
  const a = f64x2.splat(sum);
  const b = f64x2.splat(other);
  for (k = 0; k + 16 <= end; k += 16) {
    const vs = v128.load(v + k);
    v128.store(x + k, f64x2.sub(v128.load(x + k), f64x2.mul(vs, a)));
    if (next != 0) v128.store(x + next + k, f64x2.sub(v128.load(x + next + k), f64x2.mul(vs, b)));
  }
  if (isOdd) {
    store<f64>(x + k, load<f64>(x + k) - last * sum);
    if (next != 0) store<f64>(x + next + k, load<f64>(x + next + k) - last * other);
  }
}

function reflectComplexVector(vRe: usize, vIm: usize, beta: f64, i: u32, xRe: usize, xIm: usize): void {
  const end = (<usize>i) << 3;
  let sumsRe = f64x2.splat(0);
  let sumsIm = f64x2.splat(0);
  let k: usize = 0;
  for (; k + 16 <= end; k += 16) {
    const vr = v128.load(vRe + k);
    const vi = v128.load(vIm + k);
    const xr = v128.load(xRe + k);
    const xi = v128.load(xIm + k);
    sumsRe = f64x2.add(sumsRe, f64x2.add(f64x2.mul(vr, xr), f64x2.mul(vi, xi)));
    sumsIm = f64x2.add(sumsIm, f64x2.sub(f64x2.mul(vr, xi), f64x2.mul(vi, xr)));
  }
  let sumRe = laneSum(sumsRe);
  let sumIm = laneSum(sumsIm);
  if (k < end) {
    sumRe += load<f64>(vRe + k) * load<f64>(xRe + k) + load<f64>(vIm + k) * load<f64>(xIm + k);
    sumIm += load<f64>(vRe + k) * load<f64>(xIm + k) - load<f64>(vIm + k) * load<f64>(xRe + k);
  }
  sumRe *= beta;
  sumIm *= beta;
  const a = f64x2.splat(sumRe);
  const b = f64x2.splat(sumIm);
  for (k = 0; k + 16 <= end; k += 16) {
    const vr = v128.load(vRe + k);
    const vi = v128.load(vIm + k);
    v128.store(xRe + k, f64x2.sub(v128.load(xRe + k), f64x2.sub(f64x2.mul(vr, a), f64x2.mul(vi, b))));
    v128.store(xIm + k, f64x2.sub(v128.load(xIm + k), f64x2.add(f64x2.mul(vr, b), f64x2.mul(vi, a))));
  }
  if (k < end) {
    const vr = load<f64>(vRe + k);
    const vi = load<f64>(vIm + k);
    store<f64>(xRe + k, load<f64>(xRe + k) - (vr * sumRe - vi * sumIm));
    store<f64>(xIm + k, load<f64>(xIm + k) - (vr * sumIm + vi * sumRe));
  }
}
