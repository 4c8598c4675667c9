/**
 * The subdiagonal Padé approximant r(z) = P₇(z)/Q₈(z) of e^z, of order 15 and L-stable (the stability function of the
 * Radau IIA method of eight stages: Hairer and Wanner, Solving Ordinary Differential Equations II, Thm. IV.4.12), in partial
 * fractions over the poles above the real axis, each of which stands for its conjugate, too:
 *
 *     r(z)                  = 1 + Σ weight_j z/(z − pole_j)
 *     z⁸/Q₈(z)              =     Σ top_j    z/(z − pole_j)
 *     z(1 − z/10)⁷/Q₈(z)    =     Σ side_j   z/(z − pole_j)
 *
 * with weight_j = P₇(p_j)/(p_j Q₈′(p_j)), top_j = p_j⁷/Q₈′(p_j), side_j = (1 − p_j/10)⁷/Q₈′(p_j), slope_j = 1/Q₈′(p_j), worked out
 * with 60 digits from Q₈ = Σ (15−j)! 8! (−z)ʲ/(15! j! (8−j)!) and P₇ = Σ (15−j)! 7! zʲ/(15! j! (7−j)!).
 */
export interface RationalPole {
  readonly pole: Complex;
  readonly weight: Complex;
  readonly top: Complex;
  readonly side: Complex;
  readonly slope: Complex;
}

export type Complex = readonly [re: number, im: number];

export const POLES: readonly RationalPole[] = [
  {
    pole: [10.169446006657514, 1.6492017968222277],
    weight: [39.79528773006955, -1338.7839021472196],
    top: [2408896082.896232, -2338355744.104968],
    side: [0.00047345986510166253, -0.0008100155865131919],
    slope: [-87.06437734745761, -258.2619041910483],
  },
  {
    pole: [9.40637121369074, 4.969217287623294],
    weight: [-70.02048005466929, 641.9332467967155],
    top: [-1556377187.7304218, -1735374370.8056316],
    side: [-1.1734761371599973, 0.18854694430867536],
    slope: [126.51096210676612, 82.74136561918083],
  },
  {
    pole: [7.738688146830548, 8.370879306237983],
    weight: [34.242642957475596, -127.80874782074346],
    top: [-837130597.5276965, 642370414.8436242],
    side: [15.40468079646873, 2.0520016801917143],
    slope: [-41.7360852864078, 6.038038943347588],
  },
  {
    pole: [4.685494632821197, 12.01057859981379],
    weight: [-4.517450632875858, 6.1424749510036545],
    top: [114341302.36188607, 226026013.98575348],
    side: [-27.204638119173833, -9.594784700945803],
    slope: [2.2895005270992854, -3.615149870121618],
  },
];

/**
 * Q₈eᶻ − P₇ is 8!7!/(16! 15!)·z¹⁶ times a mean of e^{uz} over 0 < u < 1 (Padé's integral), so that |e^z − r(z)| is at most this
 * constant times |z¹⁶/Q₈(z)| where Re z ≤ 0. With Q₈² in place of Q₈, which is near 1 for small z, it can be had by solving twice
 * with the same matrices, and tends to ½ for large z.
 */
export const ERROR_CONSTANT = 7.427315201845198e-18;

/** The order of the local error in the length of a step. */
export const ERROR_ORDER = 16;

/**
 * The same for the interpolant: |z⁹(1 − z/10)⁷/Q₈(z)²| times this, the largest |ν₉(θ)| below, is what its error begins with for
 * small z, and 0.4 at infinity, as large as it is there. Between, on the negative and on the imaginary axis, it is within
 * a factor 3 of the error, mostly above.
 */
export const INSIDE_CONSTANT = 5.5592711e-11;
export const INSIDE_ORDER = 9;

/** Coefficients of Q₈. */
const DENOMINATOR: readonly number[] = Array.from({ length: 9 }, (_, i) => {
  let q = i % 2 === 0 ? 1 : -1;
  for (let k = 0; k < i; k++) q *= (8 - k) / ((15 - k) * (k + 1));
  return q;
});

/**
 * Weights that take a step to the fraction θ of its length: e^{θz} ≈ 1 + Σ weight_j(θ) z/(z − pole_j) with the numerator
 * Σ ν_k(θ)zᵏ, k ≤ 8, of e^{θz}Q₈(z) broken off, ν_k(θ) = Σ_i q_i θ^(k−i)/(k−i)!. It is what the collocation polynomial of the
 * method is on an eigenvector, of order 8.
 */
export function weightsAt(theta: number): Complex[] {
  const numerator = DENOMINATOR.map((_, k) => {
    let [sum, term] = [0, 1];
    for (let i = k; i >= 0; i--) {
      sum += DENOMINATOR[i]! * term;
      term *= theta / (k - i + 1);
    }
    return sum;
  });
  return POLES.map(({ pole, slope }) => {
    const value = numerator.reduceRight<Complex>((v, c) => plus(times(v, pole), c), [0, 0]);
    const square = pole[0] ** 2 + pole[1] ** 2;
    return times(times(value, slope), [pole[0] / square, -pole[1] / square]);
  });
}

const times = (a: Complex, b: Complex): Complex => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const plus = (a: Complex, c: number): Complex => [a[0] + c, a[1]];
