/** Numbers of a vector that are taken at a time (4 KiB), so that those of a hundred vectors stay in the second-level cache. */
const PART: u32 = 512;

export function dot(x: u32, y: u32, size: u32): f64 {
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  let p = (<usize>x) << 3;
  let q = (<usize>y) << 3;
  const even = size & ~3;
  const end = p + ((<usize>even) << 3);
  while (p < end) {
    a = f64x2.add(a, f64x2.mul(v128.load(p), v128.load(q)));
    b = f64x2.add(b, f64x2.mul(v128.load(p, 16), v128.load(q, 16)));
    p += 32;
    q += 32;
  }
  let total = laneSum(f64x2.add(a, b));
  for (let i = even; i < size; i++) {
    total += load<f64>(p) * load<f64>(q);
    p += 8;
    q += 8;
  }
  return total;
}

export function orthogonalise(basis: u32, size: u32, count: u32, parts: u32): void {
  const second = parts + count;
  const next = basis + count * size;
  memory.fill((<usize>parts) << 3, 0, (<usize>count) << 4);
  for (let at: u32 = 0; at < size; at += PART) addDots(basis, size, count, next, at, parts);
  for (let at: u32 = 0; at < size; at += PART) {
    addLines(basis, size, count, parts, -1, next, at);
    addDots(basis, size, count, next, at, second);
  }
  for (let at: u32 = 0; at < size; at += PART) addLines(basis, size, count, second, -1, next, at);
  for (let i: u32 = 0; i < count; i++) {
    const part = (<usize>(parts + i)) << 3;
    store<f64>(part, load<f64>(part) + load<f64>((<usize>(second + i)) << 3));
  }
}

export function addCombination(basis: u32, size: u32, count: u32, weights: u32, x: u32): void {
  for (let at: u32 = 0; at < size; at += PART) addLines(basis, size, count, weights, 1, x, at);
}

export function laneSum(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** parts_i += v_i · x over the numbers at … at + PART − 1. */
function addDots(basis: u32, size: u32, count: u32, x: u32, at: u32, parts: u32): void {
  const some = min(PART, size - at);
  const line = (<usize>size) << 3;
  const from = (<usize>(x + at)) << 3;
  const end = from + ((<usize>(some & ~1)) << 3);
  let i: u32 = 0;
  for (; i + 3 < count; i += 4) {
    let v = (<usize>(basis + i * size + at)) << 3;
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    for (let p = from; p < end; p += 16) {
      const own = v128.load(p);
      a = f64x2.add(a, f64x2.mul(own, v128.load(v)));
      b = f64x2.add(b, f64x2.mul(own, v128.load(v + line)));
      c = f64x2.add(c, f64x2.mul(own, v128.load(v + 2 * line)));
      d = f64x2.add(d, f64x2.mul(own, v128.load(v + 3 * line)));
      v += 16;
    }
    const isOdd = (some & 1) == 1;
    addDot(parts + i, a, isOdd, end, v);
    addDot(parts + i + 1, b, isOdd, end, v + line);
    addDot(parts + i + 2, c, isOdd, end, v + 2 * line);
    addDot(parts + i + 3, d, isOdd, end, v + 3 * line);
  }
  for (; i < count; i++) {
    const to = (<usize>(parts + i)) << 3;
    store<f64>(to, load<f64>(to) + dot(basis + i * size + at, x + at, some));
  }
}

function addDot(part: u32, lanes: v128, isOdd: bool, x: usize, v: usize): void {
  const to = (<usize>part) << 3;
  store<f64>(to, load<f64>(to) + laneSum(lanes) + (isOdd ? load<f64>(x) * load<f64>(v) : 0));
}

/** x += sign · Σ w_i v_i over the numbers at … at + PART − 1. */
function addLines(basis: u32, size: u32, count: u32, weights: u32, sign: f64, x: u32, at: u32): void {
  const some = min(PART, size - at);
  const line = (<usize>size) << 3;
  const from = (<usize>(x + at)) << 3;
  const end = from + ((<usize>(some & ~1)) << 3);
  for (let i: u32 = 0; i < count; i += 4) {
    const w = (<usize>(weights + i)) << 3;
    let v = (<usize>(basis + i * size + at)) << 3;
    // where fewer than four are left, the first stands in for the others with no weight
    const left = count - i;
    const v1: usize = left > 1 ? line : 0;
    const v2: usize = left > 2 ? <usize>2 * line : 0;
    const v3: usize = left > 3 ? <usize>3 * line : 0;
    const a = sign * load<f64>(w);
    const b = left > 1 ? sign * load<f64>(w, 8) : 0;
    const c = left > 2 ? sign * load<f64>(w, 16) : 0;
    const d = left > 3 ? sign * load<f64>(w, 24) : 0;
    const aa = f64x2.splat(a);
    const bb = f64x2.splat(b);
    const cc = f64x2.splat(c);
    const dd = f64x2.splat(d);
    for (let p = from; p < end; p += 16) {
      const one = f64x2.add(f64x2.mul(aa, v128.load(v)), f64x2.mul(bb, v128.load(v + v1)));
      const two = f64x2.add(f64x2.mul(cc, v128.load(v + v2)), f64x2.mul(dd, v128.load(v + v3)));
      v128.store(p, f64x2.add(v128.load(p), f64x2.add(one, two)));
      v += 16;
    }
    if ((some & 1) == 1) {
      const one = a * load<f64>(v) + b * load<f64>(v + v1);
      store<f64>(end, load<f64>(end) + (one + (c * load<f64>(v + v2) + d * load<f64>(v + v3))));
    }
  }
}
