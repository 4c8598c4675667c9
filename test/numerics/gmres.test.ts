import { describe, expect, it } from "vitest";
import { gmres, type LinearMap, norm } from "../../src/numerics/gmres.ts";

/** Equally distributed in (−1, 1), the same at every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

const dense =
  (rows: readonly Float64Array[]): LinearMap =>
  (x, image) => {
    for (const [i, row] of rows.entries()) image[i] = row.reduce((sum, a, j) => sum + a * x[j]!, 0);
  };

/** 1 + `size`·(random matrix). */
function nearIdentity(n: number, size: number, seed = 1): Float64Array[] {
  const next = random(seed);
  return Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0) + (size * next()) / Math.sqrt(n)),
  );
}

const vector = (n: number, seed: number): Float64Array => {
  const next = random(seed);
  return Float64Array.from({ length: n }, next);
};

const options = { tolerance: 1e-13, restart: 50, maxSteps: 500 };

const distance = (x: Float64Array, y: Float64Array): number => norm(x.map((v, i) => v - y[i]!)) / norm(y);

function problem(n: number, size: number) {
  const A = dense(nearIdentity(n, size));
  const x = vector(n, 7);
  const b = new Float64Array(n);
  A(x, b);
  return { A, x, b };
}

describe("gmres", () => {
  it("finds a solution to round-off and says how far it is off", () => {
    const { A, x, b } = problem(60, 0.4);
    const found = gmres(A, b, undefined, options);
    expect(found.kind).toBe("converged");
    expect(distance(found.x, x)).toBeLessThan(1e-12);
    expect(found.residual).toBeLessThan(1e-13);
    expect(found.history.length).toBeLessThan(45);
    for (const [k, r] of found.history.entries())
      if (k > 0) expect(r).toBeLessThanOrEqual(found.history[k - 1]!);
  });

  it("does so through restarts, from a start, and in no more steps than the order of the matrix", () => {
    const { A, x, b } = problem(60, 0.4);
    const restarted = gmres(A, b, undefined, { ...options, restart: 8 });
    expect(restarted.kind).toBe("converged");
    expect(distance(restarted.x, x)).toBeLessThan(1e-12);
    const near = x.map((v) => v * (1 + 1e-6));
    const started = gmres(A, b, near, options);
    expect(distance(started.x, x)).toBeLessThan(1e-12);
    expect(started.steps).toBeLessThan(restarted.steps);
    expect(near[0]).toBe(x[0]! * (1 + 1e-6));
    const hard = problem(12, 20);
    const found = gmres(hard.A, hard.b, undefined, { ...options, tolerance: 1e-11 });
    expect(found.kind).toBe("converged");
    expect(found.history.length).toBeLessThanOrEqual(12);
  });

  it("knows the singular values at both ends", () => {
    const n = 30;
    const diagonal = Float64Array.from({ length: n }, (_, i) => 1 + i / 10);
    const scale: LinearMap = (x, image) => {
      for (let i = 0; i < n; i++) image[i] = diagonal[i]! * x[i]!;
    };
    const { range } = gmres(scale, vector(n, 3), undefined, { ...options, tolerance: 1e-14 });
    expect(range.largest).toBeCloseTo(3.9, 0);
    expect(range.smallest).toBeGreaterThan(0.99);
    expect(range.smallest).toBeLessThan(1.4);
  });

  it("solves a singular system that has a solution, and stalls at one that has none", () => {
    const project: LinearMap = (x, image) => {
      const mean = x.reduce((a, b) => a + b, 0) / x.length;
      for (let i = 0; i < x.length; i++) image[i] = (1 + (i % 5)) * (x[i]! - mean);
    };
    const b = new Float64Array(40);
    project(vector(40, 5), b);
    const found = gmres(project, b, undefined, options);
    expect(found.kind).toBe("converged");
    // the image is spanned by the vector of ones
    const none = gmres(
      (x, image) => image.fill(x[0]!),
      Float64Array.from({ length: 40 }, (_, i) => i),
      undefined,
      options,
    );
    expect(["stalled", "out-of-steps"]).toContain(none.kind);
    expect(none.residual).toBeGreaterThan(0.1);
  });

  it("ends when it is told to, when it runs out of steps and at what is not finite", () => {
    const { A, b } = problem(60, 0.4);
    const cancelled = gmres(A, b, undefined, { ...options, onStep: (k) => k < 5 });
    expect(cancelled.kind).toBe("cancelled");
    expect(cancelled.history).toHaveLength(5);
    expect(cancelled.residual).toBeCloseTo(cancelled.history[4]!, 12);
    const short = gmres(A, b, undefined, { ...options, maxSteps: 4 });
    expect(short.kind).toBe("out-of-steps");
    const infinite = gmres((_, image) => image.fill(Number.NaN), b, undefined, options);
    expect(infinite.kind).toBe("not-finite");
  });

  it("gives zero for zero", () => {
    const { A } = problem(10, 0.1);
    const found = gmres(A, new Float64Array(10), vector(10, 2), options);
    expect(found.kind).toBe("converged");
    expect([...found.x].every((v) => v === 0)).toBe(true);
  });
});
