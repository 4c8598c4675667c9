import { solveDense } from "./dense-matrix.ts";
import {
  checkTimes,
  DEFAULT_MAX_STEPS,
  DEFAULT_TOLERANCE,
  type Evolution,
  type EvolutionFailure,
  type EvolutionOptions,
  largestMagnitude,
  type WatchedEvolution,
} from "./evolution.ts";
import { extendedResidual } from "./extended-refinement.ts";
import { minimumDegree } from "./minimum-degree.ts";
import { RADAU_EMBEDDED, RADAU_GAMMA, RADAU_NODES, RADAU_STAGES } from "./radau.ts";
import { factorise, type SparseLu } from "./sparse-lu.ts";
import { refactorise } from "./sparse-lu-refactorise.ts";
import { solve } from "./sparse-lu-solve.ts";
import { fromTriplets, multiply, norm1, type SparseMatrix } from "./sparse-matrix.ts";
import { withinTolerance } from "./within-tolerance.ts";

export interface RadauOptions extends EvolutionOptions, WatchedEvolution {
  /** Steps no longer than this see every pulse that lasts so long. Default: none. */
  readonly longestStep?: number;
}

const S = RADAU_NODES.length;

/** The estimate of a step's error is of order S + 1 in its length. */
const ESTIMATE_ORDER = S + 1;
const SAFETY = 0.9;
const SHRINK = 0.2;
const GROW = 6;

/**
 * The solution of ẋ = L(t)x from t = 0 at the times given, for stiff L(t) of one pattern: the Radau IIA method of five
 * stages and order 9. Since the system is linear, all stages of a step come from one sparse system of 5n unknowns, no
 * iteration. Steps follow the estimate of order 5 of Hairer and Wanner, Solving Ordinary Differential Equations II,
 * §IV.8, so that errors are mostly far below the tolerance, which the estimates of all steps together meet; times inside a step are read off the collocation polynomial,
 * of order 5. What every L(t) conserves is kept to round-off.
 */
export function evolveRadau(
  generator: (t: number) => SparseMatrix,
  start: Float64Array,
  times: ArrayLike<number>,
  options: RadauOptions = {},
): Evolution {
  checkTimes(times);
  const { tolerance = DEFAULT_TOLERANCE } = options;
  return withinTolerance(tolerance, tolerance / 10, (bound) =>
    evolve(generator, start, times, bound, options),
  );
}

/** The same by steps whose estimated errors are no more than `bound`, relative to the largest component of the start. */
function evolve(
  generator: (t: number) => SparseMatrix,
  start: Float64Array,
  times: ArrayLike<number>,
  bound: number,
  options: RadauOptions,
): Evolution {
  const { maxSteps = DEFAULT_MAX_STEPS, onStep, onState } = options;
  const size = largestMagnitude(start);
  const end = times[times.length - 1] ?? 0;
  const longest = Math.min(options.longestStep ?? Infinity, end);
  const states: Float64Array[] = [];
  let x: Float64Array = start.slice();
  let [time, steps, rejected, error] = [0, 0, 0, 0];
  const finish = (outcome: Evolution["outcome"]): Evolution => ({
    outcome,
    states,
    time,
    steps,
    rejected,
    error,
  });
  let first = generator(0);
  const norm = norm1(first);
  if (!(size < Infinity && norm < Infinity)) return finish("not-finite");
  const stepper = radauStepper(generator, first);
  let h = Math.min(longest, norm === 0 ? longest / 100 : 1 / norm);
  let wasRejected = false;
  while (states.length < times.length) {
    while (states.length < times.length && times[states.length]! <= time) {
      if (onState?.(times[states.length]!, x) === false) return finish("stopped");
      states.push(x.slice());
    }
    if (states.length === times.length) break;
    if (steps + rejected >= maxSteps) return finish("too-many-steps");
    const isLast = time + h * (1 + 1e-10) >= end;
    if (isLast) h = end - time;
    if (!(time + h / 4 > time)) return finish("step-too-small");
    const step = stepper(x, first, time, h);
    if (typeof step === "string") return finish(step);
    const relative = size === 0 ? 0 : step.error / size;
    if (Number.isNaN(relative)) return finish("not-finite");
    const change = SAFETY * (bound / relative) ** (1 / ESTIMATE_ORDER);
    if (relative > bound) {
      rejected++;
      wasRejected = true;
      h *= Math.max(SHRINK, Math.min(SAFETY, change));
      continue;
    }
    const reached = isLast ? end : time + h;
    while (times[states.length]! < reached) {
      const state = collocation(x, h, step.stages, (times[states.length]! - time) / h);
      if (onState?.(times[states.length]!, state) === false) return finish("stopped");
      states.push(state);
    }
    if (onState?.(reached, step.x) === false) return finish("stopped");
    x = step.x;
    time = reached;
    first = step.last;
    steps++;
    error += relative;
    // the same length again saves nothing here, since L(t) has changed
    h = Math.min(longest, h * Math.min(wasRejected ? 1 : GROW, Math.max(SHRINK, change)));
    wasRejected = false;
    if (onStep?.(time) === false) return finish("cancelled");
  }
  return finish("evolved");
}

interface RadauStep {
  readonly x: Float64Array;
  readonly error: number;
  /** k_j, one after the other. */
  readonly stages: Float64Array;
  /** L at the end of the step. */
  readonly last: SparseMatrix;
}

function radauStepper(generator: (t: number) => SparseMatrix, pattern: SparseMatrix) {
  const n = pattern.columns;
  const system = stageSystem(pattern);
  const filter = filterSystem(pattern);
  let stageFactors: SparseLu | undefined;
  let filterFactors: SparseLu | undefined;
  return (x: Float64Array, first: SparseMatrix, time: number, h: number): RadauStep | EvolutionFailure => {
    const matrices = RADAU_NODES.map((c) => generator(time + c * h));
    const A = system.at(matrices, h);
    const made = factoriseOnto(A, system.order, stageFactors);
    if (typeof made === "string") return made;
    stageFactors = made;
    const right = new Float64Array(S * n);
    matrices.forEach((L, j) => {
      right.set(multiply(L, x), j * n);
    });
    const stages = solve(stageFactors, right);
    const correction = solve(stageFactors, extendedResidual(A, system.zero, stages, right));
    for (let i = 0; i < stages.length; i++) stages[i]! += correction[i]!;

    const B = filter.at(first, h * RADAU_GAMMA);
    const filtered = factoriseOnto(B, filter.order, filterFactors);
    if (typeof filtered === "string") return filtered;
    filterFactors = filtered;
    const next = x.slice();
    const change = multiply(first, x);
    for (let i = 0; i < n; i++) {
      let [sum, defect] = [0, RADAU_GAMMA * change[i]!];
      for (let j = 0; j < S; j++) {
        const k = stages[j * n + i]!;
        sum += RADAU_STAGES[S - 1]![j]! * k;
        defect += (RADAU_EMBEDDED[j]! - RADAU_STAGES[S - 1]![j]!) * k;
      }
      next[i]! += h * sum;
      change[i] = h * defect;
    }
    const error = largestMagnitude(solve(filterFactors, change));
    return { x: next, error, stages, last: matrices[S - 1]! };
  };
}

function factoriseOnto(
  A: SparseMatrix,
  order: Int32Array,
  old: SparseLu | undefined,
): SparseLu | EvolutionFailure {
  if (old && refactorise(old, A).kind === "factorised") return old;
  const result = factorise(A, order);
  return result.kind === "factorised" ? result.lu : result.kind;
}

/** 1 − h a_ij L_i in blocks; unknown (j, k) has the number j n + k. */
function stageSystem(pattern: SparseMatrix) {
  const n = pattern.columns;
  const entries = pattern.values.length;
  const rows: number[] = [];
  const columns: number[] = [];
  // origin 0 is the identity, 1 + (i S + j) entries + e the entry e of block (i, j)
  const origins: number[] = [];
  for (let i = 0; i < S; i++) {
    for (let j = 0; j < S; j++) {
      forEachPlace(pattern, (row, column, e) => {
        rows.push(i * n + row);
        columns.push(j * n + column);
        origins.push(1 + (i * S + j) * entries + e);
      });
    }
  }
  const { skeleton, origin, isDiagonal } = withUnitDiagonal(S * n, rows, columns, origins);
  return {
    order: minimumDegree(skeleton, []),
    zero: new Float64Array(origin.length),
    at: (matrices: readonly SparseMatrix[], h: number): SparseMatrix => ({
      ...skeleton,
      values: Float64Array.from(origin, (from, p) => {
        if (from === 0) return 1;
        const block = Math.floor((from - 1) / entries);
        const i = Math.floor(block / S);
        const value = -h * RADAU_STAGES[i]![block % S]! * matrices[i]!.values[(from - 1) % entries]!;
        return isDiagonal[p] === 1 ? value + 1 : value;
      }),
    }),
  };
}

/** 1 − factor·L */
function filterSystem(pattern: SparseMatrix) {
  const rows: number[] = [];
  const columns: number[] = [];
  const origins: number[] = [];
  forEachPlace(pattern, (row, column, e) => {
    rows.push(row);
    columns.push(column);
    origins.push(1 + e);
  });
  const { skeleton, origin, isDiagonal } = withUnitDiagonal(pattern.columns, rows, columns, origins);
  return {
    order: minimumDegree(skeleton, []),
    at: (L: SparseMatrix, factor: number): SparseMatrix => ({
      ...skeleton,
      values: Float64Array.from(origin, (from, p) => {
        if (from === 0) return 1;
        const value = -factor * L.values[from - 1]!;
        return isDiagonal[p] === 1 ? value + 1 : value;
      }),
    }),
  };
}

/** The pattern of the entries given (each once) and of the diagonal, with where each comes from, 0 where it is new. */
function withUnitDiagonal(size: number, rows: number[], columns: number[], origins: number[]) {
  const present = new Uint8Array(size);
  rows.forEach((row, e) => {
    if (row === columns[e]) present[row] = 1;
  });
  for (let k = 0; k < size; k++) {
    if (present[k] === 1) continue;
    rows.push(k);
    columns.push(k);
    origins.push(0);
  }
  const skeleton = fromTriplets(size, size, rows, columns, origins);
  const isDiagonal = new Uint8Array(skeleton.values.length);
  forEachPlace(skeleton, (row, column, e) => {
    if (row === column) isDiagonal[e] = 1;
  });
  return { skeleton, origin: Float64Array.from(skeleton.values), isDiagonal };
}

function forEachPlace(A: SparseMatrix, visit: (row: number, column: number, e: number) => void): void {
  for (let column = 0; column < A.columns; column++) {
    for (let e = A.columnStarts[column]!; e < A.columnStarts[column + 1]!; e++) {
      visit(A.rowIndices[e]!, column, e);
    }
  }
}

/** x + h Σ b_j(θ) k_j, where b_j(θ) is the integral from 0 to θ of the polynomial that is 1 at c_j and 0 at the other nodes. */
function collocation(x: Float64Array, h: number, stages: Float64Array, theta: number): Float64Array {
  const n = x.length;
  const powers = Float64Array.from({ length: S * S }, (_, e) => RADAU_NODES[e % S]! ** Math.floor(e / S));
  const moments = new Float64Array(S * S);
  for (let q = 0; q < S; q++) moments[q * S] = theta ** (q + 1) / (q + 1);
  const weights = solveDense({ size: S, values: powers }, { size: S, values: moments }).values;
  const state = x.slice();
  for (let j = 0; j < S; j++) {
    const weight = h * weights[j * S]!;
    for (let i = 0; i < n; i++) state[i]! += weight * stages[j * n + i]!;
  }
  return state;
}
