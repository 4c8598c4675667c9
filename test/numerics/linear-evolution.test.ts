import { describe, expect, it } from "vitest";
import { evolveDense } from "../../src/numerics/dense-evolution.ts";
import { applyDense, denseOf } from "../../src/numerics/dense-matrix.ts";
import type { Evolution, EvolutionOptions } from "../../src/numerics/evolution.ts";
import { evolveKrylov } from "../../src/numerics/krylov-evolution.ts";
import { matrixExponential } from "../../src/numerics/matrix-exponential.ts";
import { evolveRational } from "../../src/numerics/rational-evolution.ts";
import { evolveShiftInvert } from "../../src/numerics/shift-invert-evolution.ts";
import { fromTriplets, norm1, type SparseMatrix } from "../../src/numerics/sparse-matrix.ts";
import { randomLindblad, traceOf } from "./lindblad.ts";
import { logarithmic, rotorSystem } from "./rotor.ts";
import { maxDifference, randomNumbers, sparse } from "./test-matrices.ts";

type Route = (
  L: SparseMatrix,
  start: Float64Array,
  times: ArrayLike<number>,
  options?: EvolutionOptions,
) => Evolution;

const ROUTES: Readonly<Record<string, Route>> = {
  rational: (L, start, times, options) =>
    evolveRational(L, new Float64Array(L.values.length), start, times, options),
  "shift-invert": (L, start, times, options) =>
    evolveShiftInvert(L, new Float64Array(L.values.length), start, times, options),
  krylov: evolveKrylov,
  dense: (L, start, times, options) =>
    evolveDense(L, start, times, options?.onStep ? { onStep: options.onStep } : {}),
};

const linear = (to: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => (to * k) / (count - 1));

/** The largest error of any state, of what is known in closed form. */
const worst = (
  evolution: Evolution,
  times: Float64Array,
  exact: (t: number) => ArrayLike<number>,
): number => {
  expect(evolution.outcome).toBe("evolved");
  expect(evolution.states.length).toBe(times.length);
  return Math.max(...evolution.states.map((x, k) => maxDifference(x, exact(times[k]!))));
};

describe.each(Object.entries(ROUTES))("evolution by the %s route", (name, evolve) => {
  it("decays and turns as it should, on even, uneven and repeated times", () => {
    for (const times of [linear(8, 41), logarithmic(1e-3, 8, 50), Float64Array.of(0, 0, 0.3, 0.3, 7)]) {
      const scalar = evolve(sparse([[-1.7]]), Float64Array.of(2), times);
      expect(worst(scalar, times, (t) => [2 * Math.exp(-1.7 * t)])).toBeLessThan(1e-10);
      const turned = evolve(
        sparse([
          [-0.2, -3],
          [3, -0.2],
        ]),
        Float64Array.of(1, 0),
        times,
      );
      expect(
        worst(turned, times, (t) => [
          Math.exp(-0.2 * t) * Math.cos(3 * t),
          Math.exp(-0.2 * t) * Math.sin(3 * t),
        ]),
      ).toBeLessThan(1e-10);
    }
  });

  it("stands still where nothing moves", () => {
    const none = fromTriplets(2, 2, [], [], []);
    expect(evolve(none, Float64Array.of(1, 2), [0, 5]).states).toEqual([
      Float64Array.of(1, 2),
      Float64Array.of(1, 2),
    ]);
    const decay = sparse([[-1]]);
    expect(evolve(decay, new Float64Array(1), [3]).states).toEqual([new Float64Array(1)]);
    expect(evolve(decay, Float64Array.of(1), []).states).toEqual([]);
  });

  it("agrees with the dense exponential for random generators of Lindblad form, and keeps the trace", () => {
    for (const [d, frequency, rates] of [
      [2, 1, [1]],
      [4, 5, [0.5, 0.1]],
      [7, 2, [1, 1e-3]],
      [10, 3, [0.3]],
      [14, 1, [0.2, 0.01]],
    ] as const) {
      const L = randomLindblad(d, randomNumbers(d), frequency, rates);
      const start = new Float64Array(d * d);
      start[0] = 0.25;
      start[1] = 0.75;
      start[d] = 0.1;
      const times = Float64Array.of(0.05, 0.4, 3);
      const evolution = evolve(L, start, times);
      expect(
        worst(evolution, times, (t) => applyDense(matrixExponential(denseOf(L, t)), start)),
      ).toBeLessThan(1e-10);
      for (const x of evolution.states) expect(Math.abs(traceOf(x, d) - 1)).toBeLessThan(1e-13);
    }
  }, 120_000);

  it("stops when told, and refuses what is not finite and times that go back", () => {
    const L = sparse([[-1]]);
    const start = Float64Array.of(1);
    const stopped = evolve(L, start, linear(300, 301), { onStep: (time) => time < 2 });
    if (name === "rational" || name === "dense") expect(stopped.outcome).toBe("cancelled");
    expect(evolve(sparse([[Number.NaN]]), start, [1]).outcome).toBe("not-finite");
    expect(evolve(L, Float64Array.of(Infinity), [1]).outcome).toBe("not-finite");
    expect(() => evolve(L, start, [2, 1])).toThrow(RangeError);
    expect(() => evolve(L, start, [-1])).toThrow(RangeError);
  });
});

describe.each([
  ["rational", 16],
  ["shift-invert", 0],
  ["krylov", 0],
] as const)("tolerances of the %s route", (name, order) => {
  it("are kept, and the work grows as the order says", () => {
    const d = 6;
    const L = randomLindblad(d, randomNumbers(8), 6, [0.1]);
    const start = new Float64Array(d * d);
    start[2] = 1;
    const end = 20;
    const exact = applyDense(matrixExponential(denseOf(L, end)), start);
    const steps: number[] = [];
    for (const tolerance of [1e-5, 1e-7, 1e-9, 1e-11]) {
      const options = name === "krylov" ? { tolerance, dimension: 12 } : { tolerance };
      const evolution = ROUTES[name]!(L, start, [end], options);
      expect(evolution.outcome).toBe("evolved");
      const error = maxDifference(evolution.states[0]!, exact);
      expect(error).toBeLessThan(tolerance);
      // the estimate is an upper bound, and the tolerance is not overshot out of all proportion
      expect(error).toBeLessThan(2 * evolution.error + 1e-12);
      steps.push(evolution.steps);
    }
    // six decades of tolerance cost 10^(6/order) times the steps
    if (order > 0) expect(steps[3]! / steps[0]!).toBeLessThan(1.25 * 10 ** (6 / order));
    if (order > 0) expect(steps[3]! / steps[0]!).toBeGreaterThan(0.75 * 10 ** (6 / order));
  });
});

describe("the shift-invert route", () => {
  it("keeps a functional it is told of, at the loosest tolerance, over random generators of all rates", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = randomNumbers(seed);
      const d = 2 + Math.floor(random() * 4);
      const L = randomLindblad(d, random, 10 ** (2 * random() - 1), [10 ** (4 * random() - 3), random()]);
      const start = new Float64Array(d * d);
      start[0] = 1;
      const conserved = start.map((_, k) => (k < d ? 1 : 0));
      const times = logarithmic(0.01, 10 ** (3 * random() - 1), 7);
      const tolerance = 10 ** (-5 - 6 * random());
      const low = new Float64Array(L.values.length);
      const found = evolveShiftInvert(L, low, start, times, { tolerance, conserved });
      const rounding = 1e-13 + Number.EPSILON * norm1(L) * times[6]!;
      expect(worst(found, times, (t) => applyDense(matrixExponential(denseOf(L, t)), start))).toBeLessThan(
        tolerance + rounding,
      );
      for (const x of found.states) expect(Math.abs(traceOf(x, d) - 1)).toBeLessThan(rounding);
    }
  }, 120_000);
});

/** A chain of decays 0 → 1 → … with given rates: lower triangular, its eigenvectors known in closed form. */
function cascade(rates: readonly number[]) {
  const n = rates.length + 1;
  const rows = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  rates.forEach((rate, k) => {
    rows[k]![k] = -rate;
    rows[k + 1]![k] = rate;
  });
  return sparse(rows);
}

/** Bateman's solution of a cascade that starts in its first state, without the last. */
function bateman(rates: readonly number[], t: number): number[] {
  const populations = rates.map((_, k) => {
    let gain = 1;
    for (let j = 0; j < k; j++) gain *= rates[j]!;
    let sum = 0;
    for (let j = 0; j <= k; j++) {
      let product = 1;
      for (let i = 0; i <= k; i++) if (i !== j) product *= rates[i]! - rates[j]!;
      sum += Math.exp(-rates[j]! * t) / product;
    }
    return gain * sum;
  });
  return [...populations, 1 - populations.reduce((sum, p) => sum + p, 0)];
}

describe.each([
  ["rational", evolveRational, 260],
  ["shift-invert", evolveShiftInvert, 40],
] as const)("the %s route on stiff systems", (name, evolve, fewSteps) => {
  const plain: Route = ROUTES[name]!;

  it("follows a cascade of rates 10 … 10⁻⁵ to t = 2·10⁵, ‖L‖t = 4·10⁶, and on to its end", () => {
    const rates = [10, 1e-1, 1e-3, 1e-5];
    const L = cascade(rates);
    const times = logarithmic(1e-2, 2e5, 200);
    const start = new Float64Array(5);
    start[0] = 1;
    const evolution = plain(L, start, times);
    expect(worst(evolution, times, (t) => bateman(rates, t))).toBeLessThan(1e-11);
    expect(evolution.steps).toBeLessThan(fewSteps);
    const late = plain(L, start, [1e8]);
    expect(maxDifference(late.states[0]!, [0, 0, 0, 0, 1])).toBeLessThan(1e-14);
    expect(late.steps).toBeLessThan(100);
  });

  it("keeps a slow rate that the rounding of a fast one would lose", () => {
    // a ⇌ b at rate 1e6 each way, b → c at rate 1e-8: p_c(t) = 1 − e^{−t·5e-9} to 1e-14, and rounding asks for 1e-2
    const [fast, slow] = [1e6 / 3, 1e-8];
    const L = sparse([
      [-fast, fast, 0],
      [fast, -(fast + slow), 0],
      [0, slow, 0],
    ]);
    const low = new Float64Array(L.values.length);
    const place = L.values.indexOf(-(fast + slow));
    low[place] = -slow - (-(fast + slow) + fast);
    const times = [1e6, 1e8, 3e8];
    const evolution = evolve(L, low, Float64Array.of(1, 0, 0), times);
    evolution.states.forEach((x, k) => {
      expect(Math.abs(x[2]! - -Math.expm1((-slow * times[k]!) / 2))).toBeLessThan(1e-11);
    });
  });

  it("ends in the steady state of the rotor, which starts to relax after 10⁴ of its periods", () => {
    const { L, low, start, trace, steady } = rotorSystem(-25, 34);
    const times = logarithmic(0.1, 2e5, 200);
    const evolution = evolve(L, low, start, times);
    expect(evolution.outcome).toBe("evolved");
    for (const x of evolution.states) {
      expect(Math.abs(x.reduce((sum, v, k) => sum + v * trace[k]!, 0) - 1)).toBeLessThan(1e-13);
    }
    const late = evolve(L, low, start, [1e4, 1e7]);
    expect(maxDifference(late.states[1]!, steady())).toBeLessThan(1e-12);
    // a steady state stays where it is
    const still = evolve(L, low, steady(), [1e3, 1e6]);
    expect(maxDifference(still.states[1]!, steady())).toBeLessThan(1e-14);
    // and the squarings, which know nothing of rational steps, agree within what rounding allows them
    const dense = evolveDense(L, start, times.slice(100, 110), { conserved: trace });
    dense.states.forEach((x, k) => {
      expect(maxDifference(x, evolution.states[100 + k]!)).toBeLessThan(1e-14 * norm1(L) * times[110]!);
    });
  });

  it("gives up where there are more oscillations than steps", () => {
    const L = sparse([
      [0, -1],
      [1, 0],
    ]);
    const evolution = plain(L, Float64Array.of(1, 0), [1e6], { maxSteps: 50 });
    expect(evolution.outcome).toBe("too-many-steps");
    expect(evolution.time).toBeGreaterThan(50);
  });
});

it("takes few shift-and-invert steps where a basis holds the whole space, however long oscillations go on", () => {
  for (const d of [3, 5]) {
    const L = randomLindblad(d, randomNumbers(2), 1, [0.05, 0.02]);
    const start = new Float64Array(d * d);
    start[0] = 1;
    const conserved = start.map((_, k) => (k < d ? 1 : 0));
    const times = Float64Array.of(1000);
    const options = { tolerance: 1e-11, conserved, maxSteps: 20 };
    const found = evolveShiftInvert(L, new Float64Array(L.values.length), start, times, options);
    expect(worst(found, times, (t) => applyDense(matrixExponential(denseOf(L, t)), start))).toBeLessThan(
      1e-11,
    );
  }
});
