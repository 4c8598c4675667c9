import { describe, expect, it } from "vitest";
import { applyDense, denseOf } from "../../src/numerics/dense-matrix.ts";
import { chooseRoute, type RouteFacts } from "../../src/numerics/evolution-route.ts";
import { solveHessenberg } from "../../src/numerics/hessenberg-solve.ts";
import { evolveLinear } from "../../src/numerics/linear-evolution.ts";
import { matrixExponential } from "../../src/numerics/matrix-exponential.ts";
import { denseFrom, randomLindblad } from "./lindblad.ts";
import { logarithmic, rotorSystem } from "./rotor.ts";
import { maxDifference, randomNumbers, sparse } from "./test-matrices.ts";

const FACTS: RouteFacts = {
  size: 358,
  nonzeros: 1896,
  fill: 4118,
  normTime: 8e6,
  count: 200,
  tolerance: 1e-10,
  dependsOnTime: false,
};

describe("chooseRoute", () => {
  it("takes what was measured to be fastest", () => {
    expect(chooseRoute(FACTS)).toMatchObject({ route: "shift-invert", fallback: "krylov" });
    expect(chooseRoute({ ...FACTS, normTime: 2e6 })).toMatchObject({
      route: "shift-invert",
      fallback: "dense",
    });
    expect(chooseRoute({ ...FACTS, normTime: 1.6e3, count: 41 }).route).toBe("shift-invert");
    expect(chooseRoute({ ...FACTS, size: 16, nonzeros: 205, fill: 234, normTime: 3e5 }).route).toBe("dense");
    const full = { ...FACTS, size: 196, nonzeros: 12_000, fill: 31_700, count: 100 };
    expect(chooseRoute({ ...full, normTime: 9e5 }).route).toBe("dense");
    // what rounding would spoil is left to the routes that work in twice the precision
    expect(chooseRoute({ ...full, normTime: 1e9 }).route).toBe("shift-invert");
    expect(chooseRoute({ ...full, size: 20_000, fill: Infinity, normTime: 100 }).route).toBe("krylov");
    expect(chooseRoute({ ...FACTS, size: 1, nonzeros: 1, fill: 1, normTime: 0 }).route).toBe("dense");
  });

  it("goes by the clock where the generator does", () => {
    expect(chooseRoute({ ...FACTS, dependsOnTime: true, normTime: 1e3 }).route).toBe("runge-kutta");
    expect(chooseRoute({ ...FACTS, dependsOnTime: true }).route).toBe("radau");
  });
});

describe("evolveLinear", () => {
  it("evolves the rotor of Fig. 8 in shift-and-invert steps", () => {
    const { L, low, start, trace } = rotorSystem(-25, 34);
    const evolution = evolveLinear(L, low, start, logarithmic(0.1, 2e5, 200), { conserved: trace });
    expect(evolution).toMatchObject({ outcome: "evolved", route: "shift-invert" });
    expect(evolution.steps).toBeLessThan(20);
    expect(evolution.states.length).toBe(200);
  });

  it("falls back where motion does not decay: a ring of 150 undamped turns", () => {
    const n = 150;
    const ring = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    for (let k = 0; k < n; k++) {
      ring[k]![(k + 1) % n] = 1;
      ring[(k + 1) % n]![k] = -1;
    }
    const L = sparse(ring);
    const start = new Float64Array(n);
    start[0] = 1;
    const times = [0.5, 1e5];
    const evolution = evolveLinear(L, new Float64Array(L.values.length), start, times);
    expect(evolution).toMatchObject({ outcome: "evolved", route: "dense" });
    times.forEach((t, k) => {
      const exact = applyDense(matrixExponential(denseOf(L, t)), start);
      expect(maxDifference(evolution.states[k]!, exact)).toBeLessThan(1e-9);
    });
    // an orthogonal motion keeps lengths
    expect(Math.abs(Math.hypot(...evolution.states[1]!) - 1)).toBeLessThan(1e-10);
  }, 120_000);

  it("agrees with itself whatever is asked besides", () => {
    const d = 5;
    const L = randomLindblad(d, randomNumbers(4), 2, [1, 0.01]);
    const low = new Float64Array(L.values.length);
    const start = new Float64Array(d * d);
    start[0] = 1;
    const trace = start.map((_, k) => (k < d ? 1 : 0));
    const alone = evolveLinear(L, low, start, [700], { conserved: trace });
    const among = evolveLinear(L, low, start, logarithmic(1e-2, 700, 33), { conserved: trace });
    expect(maxDifference(alone.states[0]!, among.states[32]!)).toBeLessThan(1e-11);
    for (const x of among.states) {
      expect(Math.abs(x.reduce((sum, v, k) => sum + v * trace[k]!, 0) - 1)).toBeLessThan(1e-13);
    }
  });
});

describe("solveHessenberg", () => {
  it("solves (α H + β) y = b", () => {
    const random = randomNumbers(9);
    for (const m of [1, 2, 7, 30]) {
      const H = denseFrom(
        Array.from({ length: m }, (_, i) =>
          Array.from({ length: m }, (_, j) => (j < i - 1 ? 0 : 2 * random() - 1)),
        ),
      );
      const b = Float64Array.from({ length: m }, () => random());
      const [re, im, beta] = [random(), random() + 0.1, 0.3];
      const y = solveHessenberg(H, [re, im], beta, b);
      const [real, imaginary] = [0, 1].map((part) => y.filter((_, k) => k % 2 === part));
      const [hr, hi] = [applyDense(H, real!), applyDense(H, imaginary!)];
      for (let i = 0; i < m; i++) {
        expect(Math.abs(re * hr[i]! - im * hi[i]! + beta * real![i]! - b[i]!)).toBeLessThan(1e-12);
        expect(Math.abs(re * hi[i]! + im * hr[i]! + beta * imaginary![i]!)).toBeLessThan(1e-12);
      }
    }
  });
});
