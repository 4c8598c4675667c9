/**
 * The Radau IIA method of five stages, order 9, L-stable: nodes c_i are the zeros of d⁴/dx⁴ x⁴(x − 1)⁵, and
 * Σ_j a_ij c_j^(q−1) = c_i^q/q for q = 1 … 5 (Hairer and Wanner, Solving Ordinary Differential Equations II, §IV.5); all
 * were worked out with 50 digits. The last row holds the weights.
 */
export const RADAU_NODES: readonly number[] = [
  0.05710419611451768, 0.2768430136381238, 0.5835904323689168, 0.8602401356562195, 1,
];

export const RADAU_STAGES: readonly (readonly number[])[] = [
  [
    0.07299886431790333, -0.02673533110794557, 0.018676929763984353, -0.01287910609330644,
    0.005042839233882015,
  ],
  [
    0.15377523147918246, 0.14621486784749352, -0.03644456890512809, 0.02123306311930472,
    -0.007935579902728777,
  ],
  [0.14006304568480987, 0.29896712949128346, 0.16758507013524895, -0.03396910168661774, 0.010944288744192253],
  [0.14489430810953477, 0.2765000687601592, 0.32579792291042103, 0.12875675325490976, -0.015708917378805327],
  [0.14371356079122594, 0.28135601514946207, 0.31182652297574126, 0.22310390108357075, 0.04],
];

/** The real eigenvalue of the matrix of the stages. */
export const RADAU_GAMMA = 0.15906584442746913;

/**
 * Weights of an embedded formula of order 5 that uses the derivative at the start of the step with weight `RADAU_GAMMA`
 * (ibid., §IV.8): Σ b_j c_j^(q−1) = 1/q − γ δ_q1.
 */
export const RADAU_EMBEDDED: readonly number[] = [
  -0.1086297514583205, 0.441713137252432, 0.19555338863477845, 0.3041105500291348, 0.008186831114506176,
];
