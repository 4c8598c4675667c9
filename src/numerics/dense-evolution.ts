import {
  applyDense,
  combine,
  type DenseMatrix,
  denseOf,
  multiplyDense,
  scalarMatrix,
} from "./dense-matrix.ts";
import {
  checkTimes,
  type Evolution,
  type EvolutionOptions,
  largestMagnitude,
  type WatchedEvolution,
} from "./evolution.ts";
import { matrixExponential } from "./matrix-exponential.ts";
import { multiply, norm1, type SparseMatrix } from "./sparse-matrix.ts";

export interface DenseEvolutionOptions extends Pick<EvolutionOptions, "onStep">, WatchedEvolution {
  /** w with wᵀL = 0: each exponential is corrected so that wᵀx stays what it is. */
  readonly conserved?: Float64Array;
}

/**
 * The states e^{tL}x at the times given, by dense exponentials: one for equal steps, else those of the intervals
 * 2ᵏτ₀ by repeated squaring, of which every interval is made, with what remains below τ₀ by its Taylor series. The work,
 * 2n³ for each of about log₂(‖L‖t) squarings, does not depend on what the system does, so that weakly damped oscillations
 * may go on for millions of periods. The error is of the order ε‖L‖t, that of the exponential as a function of entries
 * rounded to double precision; `error` is this. No step is rejected. One that is watched is looked at `PROBES` times in each
 * interval, at equal distances.
 */
export function evolveDense(
  L: SparseMatrix,
  start: Float64Array,
  times: ArrayLike<number>,
  { onStep, onState, conserved }: DenseEvolutionOptions = {},
): Evolution {
  checkTimes(times);
  const norm = norm1(L);
  const end = times[times.length - 1] ?? 0;
  const states: Float64Array[] = [];
  let x: Float64Array = start.slice();
  let [time, steps] = [0, 0];
  const finish = (outcome: Evolution["outcome"]): Evolution => ({
    outcome,
    states,
    time,
    steps,
    rejected: 0,
    error: Number.EPSILON * norm * time,
  });
  if (!(norm < Infinity && largestMagnitude(start) < Infinity)) return finish("not-finite");
  const parts = onState ? PROBES : 1;
  const gaps = Float64Array.from(times, (t, k) => (t - (k === 0 ? 0 : times[k - 1]!)) / parts);
  const ladder = intervals(
    L,
    gaps.filter((gap) => gap > 0),
    end,
    conserved,
  );
  for (let k = 0; k < times.length; k++) {
    const begin = time;
    for (let part = 1; part <= parts; part++) {
      const to = part === parts ? times[k]! : begin + (part * (times[k]! - begin)) / parts;
      if (to > time) {
        x = ladder(x, to - time);
        if (!(largestMagnitude(x) < Infinity)) return finish("not-finite");
        time = to;
        steps++;
      } else if (part < parts) continue;
      if (onState?.(time, x) === false) return finish("stopped");
    }
    states.push(x.slice());
    if (onStep?.(time) === false && k + 1 < times.length) return finish("cancelled");
  }
  return finish("evolved");
}

/** Looks at an interval between two times, its end included. */
const PROBES = 3;

type Advance = (x: Float64Array, interval: number) => Float64Array;

/** Differences between times that are equal to the rounding of the times themselves. */
const EQUAL = 4 * Number.EPSILON;

function intervals(
  L: SparseMatrix,
  gaps: Float64Array,
  end: number,
  conserved: Float64Array | undefined,
): Advance {
  const norm = norm1(L);
  const first = gaps[0] ?? 0;
  const kept = conserved && Math.sqrt(conserved.reduce((sum, w) => sum + w * w, 0));
  const correct = (E: DenseMatrix): DenseMatrix => (conserved && kept ? conserving(E, conserved) : E);
  const later = gaps.slice(1);
  if (later.every((gap) => Math.abs(gap - (later[0] ?? gap)) <= EQUAL * end)) {
    const exponentials = [first, later[0] ?? first].map((gap) => ({
      gap,
      made: undefined as DenseMatrix | undefined,
    }));
    return (x, interval) => {
      const near = exponentials.find(({ gap }) => Math.abs(gap - interval) <= EQUAL * end)!;
      near.made ??= correct(matrixExponential(denseOf(L, near.gap)));
      return applyDense(near.made, x);
    };
  }
  const unit = norm === 0 ? end : 2 ** Math.floor(Math.log2(UNIT_NORM / norm));
  const powers: DenseMatrix[] = [];
  const power = (k: number): DenseMatrix => {
    powers[0] ??= correct(matrixExponential(denseOf(L, unit)));
    while (powers.length <= k) {
      const last = powers[powers.length - 1]!;
      powers.push(correct(multiplyDense(last, last)));
    }
    return powers[k]!;
  };
  return (x, interval) => {
    let units = Math.floor(interval / unit);
    let state = taylor(L, x, interval - units * unit);
    for (let k = 0; units > 0; k++, units = Math.floor(units / 2)) {
      if (units % 2 === 1) state = applyDense(power(k), state);
    }
    return state;
  };
}

/** ‖L‖τ₀: what remains below it takes about two dozen products with L. */
const UNIT_NORM = 2;

/** e^{tL}x for ‖tL‖ ≤ 2 by its series. */
function taylor(L: SparseMatrix, x: Float64Array, t: number): Float64Array {
  const sum = x.slice();
  if (t === 0) return sum;
  let term = x;
  const size = largestMagnitude(x);
  for (let k = 1; k < 60; k++) {
    term = multiply(L, term);
    for (let i = 0; i < term.length; i++) {
      term[i]! *= t / k;
      sum[i]! += term[i]!;
    }
    if (largestMagnitude(term) <= 2 ** -55 * size && k > UNIT_NORM) break;
  }
  return sum;
}

/** E with its columns changed, by multiples of w, such that wᵀE = wᵀ. */
function conserving(E: DenseMatrix, w: Float64Array): DenseMatrix {
  const n = E.size;
  const change = combine([
    [1, E],
    [-1, scalarMatrix(n, 1)],
  ]);
  let square = 0;
  for (let i = 0; i < n; i++) square += w[i]! * w[i]!;
  const excess = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (w[i] === 0) continue;
    for (let j = 0; j < n; j++) excess[j]! += w[i]! * change.values[i * n + j]!;
  }
  const result = combine([[1, E]]);
  for (let i = 0; i < n; i++) {
    if (w[i] === 0) continue;
    for (let j = 0; j < n; j++) result.values[i * n + j]! -= (w[i]! * excess[j]!) / square;
  }
  return result;
}
