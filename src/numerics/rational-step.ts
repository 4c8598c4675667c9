/**
 * The subdiagonal Padé approximant r(z) = P₇(z)/Q₈(z) of e^z, of order 15 and L-stable (the stability function of the
 * Radau IIA method of eight stages: Hairer and Wanner, Solving ODEs II, Thm. IV.4.12), in partial fractions over the poles
 * above the real axis; those below are their conjugates:
 *
 *     r(z)       = 1 + 2 Re' Σ weight_j z/(z − pole_j)
 *     z⁸/Q₈(z)   =     2 Re' Σ top_j    z/(z − pole_j)
 *
 * where 2 Re' stands for the sum with the conjugate coefficients. weight_j = P₇(p_j)/(p_j Q₈′(p_j)), top_j = p_j⁷/Q₈′(p_j),
 * worked out with 60 digits, here rounded to double precision, from Q₈ = Σ (15−j)! 8! (−z)ʲ/(15! j! (8−j)!) and P₇ = Σ (15−j)! 7! zʲ/(15! j! (7−j)!).
 */
export interface RationalPole {
  readonly pole: readonly [re: number, im: number];
  readonly weight: readonly [re: number, im: number];
  readonly top: readonly [re: number, im: number];
}

export const POLES: readonly RationalPole[] = [
  {
    pole: [10.169446006657514, 1.6492017968222277],
    weight: [39.79528773006955, -1338.7839021472196],
    top: [2408896082.896232, -2338355744.104968],
  },
  {
    pole: [9.40637121369074, 4.969217287623294],
    weight: [-70.02048005466929, 641.9332467967155],
    top: [-1556377187.7304218, -1735374370.8056316],
  },
  {
    pole: [7.738688146830548, 8.370879306237983],
    weight: [34.242642957475596, -127.80874782074346],
    top: [-837130597.5276965, 642370414.8436242],
  },
  {
    pole: [4.685494632821197, 12.01057859981379],
    weight: [-4.517450632875858, 6.1424749510036545],
    top: [114341302.36188607, 226026013.98575348],
  },
];

/**
 * |e^z − r(z)| ≤ ERROR_CONSTANT |z⁸/Q₈(z)| |z⁸| for Re z ≤ 0, since Q₈eᶻ − P₇ = 8!7!/(16! 15!)·z¹⁶ times a mean of e^{uz} over
 * 0 < u < 1 (Padé's integral); with z⁸ replaced by z⁸/Q₈(z) the bound still holds up to |Q₈|, which is 1 for small z,
 * and tends to ½ for large ones.
 */
export const ERROR_CONSTANT = 7.427315201845198e-18;

/** The order of the local error. */
export const ERROR_ORDER = 16;
