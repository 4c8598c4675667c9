import { EigenvalueDecomposition, LuDecomposition, Matrix } from "ml-matrix";

/** ρ̇ = −i[H, ρ] + Σ D[O]ρ over several baths, in dense real matrices: nothing is shared with src/. */
export interface DenseMachine {
  /** Real and symmetric. */
  readonly H: Matrix;
  readonly baths: Readonly<Record<string, CountedBath>>;
}

export interface CountedBath {
  /** Real up to a phase that D[O] does not see. */
  readonly jumps: readonly Matrix[];
  /** What is counted, real and symmetric. */
  readonly K: Matrix;
}

/** J and S of one bath, the first two derivatives at u = 0 of the leading eigenvalue λ(u) of the tilted Liouvillian. */
export interface Cumulants {
  readonly mean: number;
  readonly noise: number;
}

/** Central differences of eighth order, for λ(0) = 0: weights of λ(kh) ± λ(−kh), k = 1 … 4. */
const FIRST = [4 / 5, -1 / 5, 4 / 105, -1 / 280];
const SECOND = [8 / 5, -1 / 5, 8 / 315, -1 / 560];

/**
 * ⟨e^{uQ}⟩ ~ e^{λ(u)t} of the quanta Q of K that a bath brings in, with gains e^{uK/2} O e^{−uK/2} ρ e^{−uK/2} O† e^{uK/2}
 * (ξ = −iu). The step must be small against the distance of the next eigenvalue.
 */
export function cumulants(machine: DenseMachine, bath: string, step: number): Cumulants {
  const [first, second] = FIRST.reduce<readonly [number, number]>(
    ([J, S], _, k) => {
      const [up, down] = [1, -1].map((sign) => leadingEigenvalue(machine, bath, sign * (k + 1) * step));
      return [J + FIRST[k]! * (up! - down!), S + SECOND[k]! * (up! + down!)];
    },
    [0, 0],
  );
  return { mean: first / step, noise: second / step ** 2 };
}

/** The eigenvalue nearest to zero, by inverse iteration on one matrix. */
function leadingEigenvalue({ H, baths }: DenseMachine, bath: string, u: number): number {
  const { jumps, K } = baths[bath]!;
  const eigen = new EigenvalueDecomposition(K, { assumeSymmetric: true });
  const [V, κ] = [eigen.eigenvectorMatrix, eigen.realEigenvalues];
  const between = (A: Matrix) => V.transpose().mmul(A).mmul(V);
  const tilted = jumps.map((O) => {
    const own = between(O);
    const scaled = new Matrix(own.rows, own.columns);
    for (let m = 0; m < own.rows; m++)
      for (let n = 0; n < own.columns; n++)
        scaled.set(m, n, own.get(m, n) * Math.exp((u * (κ[m]! - κ[n]!)) / 2));
    return V.mmul(scaled).mmul(V.transpose());
  });
  const others = Object.entries(baths).flatMap(([name, b]) => (name === bath ? [] : b.jumps));
  const losses = Object.values(baths).flatMap((b) => b.jumps);
  const L = liouvillian(H, [...others, ...tilted], losses);
  const d = H.rows;
  const kept = joinedToDiagonal(L, d);
  // a shift keeps it regular where nothing is counted in the long run, and λ is zero
  const own = L.selection(kept, kept);
  const lu = new LuDecomposition(own.sub(Matrix.eye(kept.length).mul(SHIFT * largest(own))));
  let x = Matrix.columnVector(kept.map((k) => (k % (d + 1) === 0 ? 1 / d : 0)));
  let [value, before] = [Number.NaN, Number.NaN];
  for (let rounds = 0; rounds < 60; rounds++) {
    x = lu.solve(x);
    const norm = x.norm("frobenius");
    x = x.div(norm);
    // Tr L(0)ρ is zero, so that what is left is exact where λ is small
    const rho = symmetricPart(x, kept, d);
    const state = between(rho);
    let change = 0;
    for (const O of jumps.map(between)) {
      for (let m = 0; m < d; m++)
        for (let n = 0; n < d; n++)
          for (let l = 0; l < d; l++) {
            const amplitude = O.get(m, n) * O.get(m, l);
            if (amplitude !== 0)
              change += amplitude * state.get(n, l) * Math.expm1(u * (κ[m]! - (κ[n]! + κ[l]!) / 2));
          }
    }
    [before, value] = [value, change / rho.trace()];
    if (Math.abs(value - before) <= 1e-15 * Math.abs(value)) break;
  }
  return value;
}

/** The real part of the Hermitian matrix of some unknowns. */
function symmetricPart(x: Matrix, kept: readonly number[], d: number): Matrix {
  const rho = Matrix.zeros(d, d);
  for (const [place, k] of kept.entries()) {
    const [i, j] = [Math.floor(k / d), k % d];
    if (i <= j) rho.set(i, j, x.get(place, 0)).set(j, i, x.get(place, 0));
  }
  return rho;
}

const SHIFT = 1e-10;

const largest = (L: Matrix): number => L.to1DArray().reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** An entry below this part of the largest one is round-off of what is zero. */
const ROUND_OFF = 1e-14;

/** The unknowns that the entries of L join to the populations, in either direction: others may never decay. */
function joinedToDiagonal(L: Matrix, d: number): number[] {
  const reached = new Set(Array.from({ length: d }, (_, i) => i * (d + 1)));
  const least = ROUND_OFF * largest(L);
  for (const k of reached) {
    for (let m = 0; m < L.rows; m++)
      if (Math.abs(L.get(m, k)) > least || Math.abs(L.get(k, m)) > least) reached.add(m);
  }
  return [...reached];
}

/**
 * ρ = X + iY with X symmetric and Y antisymmetric: Ẋ = [H, Y] + DX, Ẏ = −[H, X] + DY. Element (i, j) of the unknowns is
 * X_ij for i ≤ j, Y_ji for i > j.
 */
function liouvillian(H: Matrix, gains: readonly Matrix[], losses: readonly Matrix[]): Matrix {
  const d = H.rows;
  const L = Matrix.zeros(d * d, d * d);
  const decay = losses.reduce((sum, O) => sum.add(O.transpose().mmul(O).mul(0.5)), Matrix.zeros(d, d));
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      const column = a * d + b;
      const isReal = a <= b;
      // the matrix whose coefficient this unknown is: E_ab + E_ba, E_aa, or E_ba − E_ab
      const parts: readonly (readonly [number, number, number])[] = isReal
        ? [[a, b, 1], ...(a === b ? [] : [[b, a, 1] as const])]
        : [
            [b, a, 1],
            [a, b, -1],
          ];
      const put = (i: number, j: number, value: number, intoReal: boolean): void => {
        if (value === 0) return;
        if (intoReal ? i <= j : i < j) {
          const row = intoReal ? i * d + j : j * d + i;
          L.set(row, column, L.get(row, column) + value);
        }
      };
      for (const [p, q, sign] of parts) {
        for (let k = 0; k < d; k++) {
          // [H, Y] into X, −[H, X] into Y
          const s = isReal ? -sign : sign;
          put(k, q, s * H.get(k, p), !isReal);
          put(p, k, -s * H.get(q, k), !isReal);
          put(k, q, -sign * decay.get(k, p), isReal);
          put(p, k, -sign * decay.get(q, k), isReal);
        }
        for (const O of gains) {
          for (let i = 0; i < d; i++) {
            const left = O.get(i, p);
            if (left === 0) continue;
            for (let j = 0; j < d; j++) put(i, j, sign * left * O.get(j, q), isReal);
          }
        }
      }
    }
  }
  return L;
}
