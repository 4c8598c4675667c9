import {
  combine,
  type DenseMatrix,
  multiplyDense,
  norm1Dense,
  scalarMatrix,
  solveDense,
} from "./dense-matrix.ts";

/** Orders m of the diagonal Padé approximants tried, with the largest θ at which each is right to round-off (ibid., Table 3.1). */
const ORDERS = [
  { order: 3, theta: 1.495585217958292e-2 },
  { order: 5, theta: 2.53939833006323e-1 },
  { order: 7, theta: 9.504178996162932e-1 },
  { order: 9, theta: 2.097847961257068 },
] as const;

/** The bound for order 13, lowered from 5.37 so that the denominator stays well-conditioned. */
const THETA_13 = 4.25;

/**
 * e^A by scaling and squaring: a diagonal Padé approximant of the least order in 3, 5, 7, 9, 13 that is right to
 * round-off, with A halved before the last as often as needed. Al-Mohy and Higham, SIAM J. Matrix Anal. Appl. 31 (2009)
 * 970, Algorithm 5.1, with ‖A⁴‖ and ‖A⁶‖ as they are in place of estimates of higher powers: a non-normal matrix is
 * then not halved more often than its powers ask for. The error is of the order ε‖A‖‖e^A‖ for a normal A. Entries are
 * NaN where A holds some that are not finite.
 */
export function matrixExponential(A: DenseMatrix): DenseMatrix {
  if (!Number.isFinite(norm1Dense(A))) return scalarMatrix(A.size, Number.NaN);
  const even = [multiplyDense(A, A)];
  const powerOf = (half: number): DenseMatrix => {
    while (even.length < half) even.push(multiplyDense(even[even.length - 1]!, even[0]!));
    return even[half - 1]!;
  };
  const root = (half: number) => norm1Dense(powerOf(half)) ** (1 / (2 * half));
  const reach = Math.max(root(2), root(3));
  for (const { order, theta } of ORDERS) {
    if (reach <= theta && surplusHalvings(A, order) === 0) return padeQuotient(A, powerOf, order);
  }
  const wanted = reach > THETA_13 ? Math.ceil(Math.log2(reach / THETA_13)) : 0;
  const scaled = combine([[2 ** -wanted, A]]);
  const halvings = wanted + surplusHalvings(scaled, 13);
  const s = 2 ** -halvings;
  const powers = [1, 2, 3].map((half) => combine([[s ** (2 * half), powerOf(half)]]));
  let result = pade13(combine([[s, A]]), powers[0]!, powers[1]!, powers[2]!);
  for (let k = 0; k < halvings; k++) result = multiplyDense(result, result);
  return result;
}

/** How often A must still be halved before the first term of the backward error, in |A|, is below round-off (ibid., Eq. (5.3)). */
function surplusHalvings(A: DenseMatrix, order: number): number {
  const norm = norm1Dense(A);
  if (norm === 0) return 0;
  const power = 2 * order + 1;
  let logCoefficient = 0;
  for (let k = 1; k <= order; k++) logCoefficient -= Math.log2(order + k);
  for (let k = 1; k <= power; k++) logCoefficient -= Math.log2(k);
  for (let k = 1; k <= order; k++) logCoefficient += Math.log2(k);
  const logAlpha = logCoefficient + logNormOfMagnitudePower(A, power) - Math.log2(norm);
  return Math.max(0, Math.ceil((logAlpha + 53) / (2 * order)));
}

/** log₂ of ‖|A|^p‖₁: the largest component of 1ᵀ|A|^p. */
function logNormOfMagnitudePower({ size, values }: DenseMatrix, power: number): number {
  let row = new Float64Array(size).fill(1);
  let scale = 0;
  for (let k = 0; k < power; k++) {
    const next = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const weight = row[i]!;
      for (let j = 0; j < size; j++) next[j]! += weight * Math.abs(values[i * size + j]!);
    }
    const largest = next.reduce((most, v) => Math.max(most, v), 0);
    if (largest === 0) return Number.NEGATIVE_INFINITY;
    scale += Math.log2(largest);
    row = next.map((v) => v / largest);
  }
  return scale;
}

/** b_j of the numerator Σ b_j Aʲ of the diagonal approximant of order m, with b_m = 1 (Higham, Functions of Matrices, Eq. (10.33)). */
function padeCoefficients(m: number): readonly number[] {
  const b = new Array<number>(m + 1).fill(1);
  for (let j = m - 1; j >= 0; j--) b[j] = (b[j + 1]! * (j + 1) * (2 * m - j)) / (m - j);
  return b;
}

function padeQuotient(A: DenseMatrix, powerOf: (half: number) => DenseMatrix, m: number): DenseMatrix {
  const b = padeCoefficients(m);
  const identity = scalarMatrix(A.size, 1);
  const sum = (first: number) =>
    combine(
      Array.from({ length: (m + 1) / 2 }, (_, h) => [b[2 * h + first]!, h === 0 ? identity : powerOf(h)]),
    );
  return quotient(multiplyDense(A, sum(1)), sum(0));
}

function pade13(A: DenseMatrix, A2: DenseMatrix, A4: DenseMatrix, A6: DenseMatrix): DenseMatrix {
  const b = padeCoefficients(13);
  const one = scalarMatrix(A.size, 1);
  const half = (first: number) =>
    combine([
      [
        1,
        multiplyDense(
          A6,
          combine([
            [b[12 + first]!, A6],
            [b[10 + first]!, A4],
            [b[8 + first]!, A2],
          ]),
        ),
      ],
      [b[6 + first]!, A6],
      [b[4 + first]!, A4],
      [b[2 + first]!, A2],
      [b[first]!, one],
    ]);
  return quotient(multiplyDense(A, half(1)), half(0));
}

/** (V − U)⁻¹(V + U) = 1 + 2(V − U)⁻¹U of the odd part U and the even part V. */
function quotient(odd: DenseMatrix, even: DenseMatrix): DenseMatrix {
  const denominator = combine([
    [1, even],
    [-1, odd],
  ]);
  return combine([
    [1, scalarMatrix(odd.size, 1)],
    [2, solveDense(denominator, odd)],
  ]);
}
