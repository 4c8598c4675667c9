import { type DenseMatrix, zeroMatrix } from "./dense-matrix.ts";
import { type Evolution, type EvolutionFailure, isFailure } from "./evolution.ts";
import { solveHessenberg } from "./hessenberg-solve.ts";
import { integrateRational, type RationalProblem } from "./rational-integration.ts";
import { POLES } from "./rational-step.ts";

/** About a dozen is what small problems take; many more where the projection grows. */
const MAX_SMALL_STEPS = 200;

/** The projection of (1 − L/σ)⁻¹ on a Krylov space that begins with L x. */
export interface ProjectedSpace {
  readonly H: DenseMatrix;
  readonly sigma: number;
  readonly length: number;
  readonly next: number;
}

/** y at the marks, where Hẏ = σ(H − 1)y + βHe₁ and y(0) = 0. */
export function projectedEvolution(
  { H, sigma, length }: ProjectedSpace,
  marks: Float64Array,
  exactness: number,
  size: number,
): Evolution | EvolutionFailure {
  const m = H.size;
  const inhomogeneity = Float64Array.from({ length: m }, (_, i) => length * H.values[i * m]!);
  const apply = (y: Float64Array): Float64Array => {
    const result = new Float64Array(m);
    for (let i = 0; i < m; i++) {
      let sum = -y[i]!;
      for (let j = Math.max(0, i - 1); j < m; j++) sum += H.values[i * m + j]! * y[j]!;
      result[i] = sigma * sum;
    }
    return result;
  };
  const problem: RationalProblem = {
    apply,
    rate: (y) => {
      const result = apply(y);
      for (let i = 0; i < m; i++) result[i]! += inhomogeneity[i]!;
      return result;
    },
    // F − (p/h)E = (σ − p/h)H − σ
    prepare: (h) => (k, b) => {
      const { pole } = POLES[k]!;
      return solveHessenberg(H, [sigma - pole[0] / h, -pole[1] / h], -sigma, b);
    },
  };
  const first = Math.min(marks[0]!, (0.01 * size) / length);
  const evolution = integrateRational(problem, new Float64Array(m), size, first, marks, {
    tolerance: Math.max(exactness / size, 1e-14),
    maxSteps: MAX_SMALL_STEPS,
  });
  return isFailure(evolution.outcome) ? evolution.outcome : evolution;
}

/**
 * Bounds of the errors at the marks. With V y for the change of x, the residual is (σ − L)v_{m+1}ρ(t), ρ = h_{m+1,m}e_mᵀH⁻¹y, and
 * the error e = ∫e^{(t−s)L}(σ − L)v_{m+1}ρ(s)ds, which by parts is at most |ρ(t)| + ∫|ρ′| + σ∫|ρ|: all three are within
 * (2 + σt) max|ρ| while ρ grows.
 */
export function projectedErrors(
  { H, sigma, next }: ProjectedSpace,
  states: readonly Float64Array[],
  marks: Float64Array,
): Float64Array {
  const m = H.size;
  let largest = 0;
  return Float64Array.from(marks, (t, k) => {
    const y = solveHessenberg(H, [1, 0], 0, states[k]!);
    largest = Math.max(largest, Math.abs(next * y[2 * (m - 1)]!));
    return (2 + sigma * t) * largest;
  });
}

/** The first m rows and columns. */
export function leading({ size, values }: DenseMatrix, m: number): DenseMatrix {
  const result = zeroMatrix(m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) result.values[i * m + j] = values[i * size + j]!;
  return result;
}
