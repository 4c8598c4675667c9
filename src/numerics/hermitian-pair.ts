/**
 * Eigenvalues (ascending) and eigenvectors (columns, row-major) of the Hermitian 2 × 2 matrix in row-major `re`, `im`,
 * of which the lower triangle is read: in closed form, to the last few bits. Entries of order 1, lest products overflow.
 */
export function pairEigen(
  re: Float64Array,
  im: Float64Array,
): {
  readonly values: Float64Array;
  readonly vectors: { readonly re: Float64Array; readonly im: Float64Array };
} {
  const a = re[0]!;
  const b = re[3]!;
  const offRe = re[2]!;
  const offIm = im[2]!;
  const half = (b - a) / 2;
  const radius = Math.hypot(half, offRe, offIm);
  const values = pairValues(a, b, Math.hypot(offRe, offIm));
  if (radius === 0) return { values, vectors: vectors(1, 0, 0) };
  // With c the entry at (1, 0): the upper vector is (c*, half + radius) or, the same up to a factor, (radius − half, c);
  // the lower one is orthogonal to it. Take the form without cancellation.
  const long = radius + Math.abs(half);
  const length = Math.hypot(long, offRe, offIm);
  if (half >= 0) return { values, vectors: vectors(long / length, -offRe / length, -offIm / length) };
  return { values, vectors: swapped(long / length, offRe / length, offIm / length) };
}

/** Lower and upper eigenvalue; the one of smaller magnitude loses no digits. */
function pairValues(a: number, b: number, coupling: number): Float64Array {
  const large = largerOfPair(a, b, coupling);
  const small = otherOfPair(a, b, coupling, large);
  // where they nearly agree, rounding may turn them round
  return Float64Array.of(Math.min(large, small), Math.max(large, small));
}

/** The eigenvalue of larger magnitude of the Hermitian matrix with the diagonal a, b and |entry beside it| = `coupling`. */
export function largerOfPair(a: number, b: number, coupling: number): number {
  if (coupling === 0) return Math.abs(a) > Math.abs(b) ? a : b;
  const mean = (a + b) / 2;
  const radius = Math.hypot((b - a) / 2, coupling);
  return mean < 0 ? mean - radius : mean + radius;
}

/** The other eigenvalue, by the determinant. Products of entries that are not of order 1 are never formed. */
export function otherOfPair(a: number, b: number, coupling: number, larger: number): number {
  const isFirst = Math.abs(a) > Math.abs(b);
  if (coupling === 0) return isFirst ? b : a;
  const [bigger, smaller] = isFirst ? [a, b] : [b, a];
  return (bigger / larger) * smaller - (coupling / larger) * coupling;
}

/** Columns (u, c) and (−c*, u), u real. */
function vectors(u: number, cRe: number, cIm: number) {
  return { re: Float64Array.of(u, -cRe, cRe, u), im: Float64Array.of(0, cIm, cIm, 0) };
}

/** Columns (−c*, u) and (u, c), u real. */
function swapped(u: number, cRe: number, cIm: number) {
  return { re: Float64Array.of(-cRe, u, u, cRe), im: Float64Array.of(cIm, 0, 0, cIm) };
}
