import { EigenvalueDecomposition, Matrix, solve } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { expectClose, fermi, shannon, steady } from "./steady.ts";

// Without interaction between particles the means C_ij = ⟨c_i†c_j⟩ obey closed linear equations whatever the order of
// the modes, and the state is Gaussian: it and its parts are known from C.

interface Dot {
  readonly name: string;
  readonly ε: number;
  readonly β: number;
  readonly γ: number;
}

interface Hop {
  readonly from: number;
  readonly to: number;
  readonly amplitude: number;
  readonly phase: number;
}

interface Complex {
  readonly re: number;
  readonly im: number;
}

/**
 * The steady state of dC_ij/dt = i Σ_k (h_ki C_kj − h_jk C_ik) − (γ_i + γ_j)/2 C_ij + δ_ij γ_i f_i, which follows from
 * H = Σ h_ij c_i†c_j and the losses γ(1 − f) and gains γf of each mode.
 */
function correlations(dots: readonly Dot[], hops: readonly Hop[]): Complex[][] {
  const n = dots.length;
  const [hr, hi] = [Matrix.zeros(n, n), Matrix.zeros(n, n)];
  for (const [k, { ε }] of dots.entries()) hr.set(k, k, ε);
  for (const { from, to, amplitude, phase } of hops) {
    hr.set(to, from, amplitude * Math.cos(phase)).set(from, to, amplitude * Math.cos(phase));
    hi.set(to, from, amplitude * Math.sin(phase)).set(from, to, -amplitude * Math.sin(phase));
  }
  const at = (i: number, j: number) => 2 * (i * n + j);
  const system = Matrix.zeros(2 * n * n, 2 * n * n);
  const source = Matrix.zeros(2 * n * n, 1);
  /** Adds (re + i im)·C_source to the equation of C_target. */
  const add = (target: number, from: number, re: number, im: number) => {
    for (const [row, column, x] of [
      [target, from, re],
      [target, from + 1, -im],
      [target + 1, from, im],
      [target + 1, from + 1, re],
    ] as const) {
      system.set(row, column, system.get(row, column) + x);
    }
  };
  for (const [i, a] of dots.entries()) {
    for (const [j, b] of dots.entries()) {
      for (let k = 0; k < n; k++) {
        add(at(i, j), at(k, j), -hi.get(k, i), hr.get(k, i));
        add(at(i, j), at(i, k), hi.get(j, k), -hr.get(j, k));
      }
      add(at(i, j), at(i, j), -(a.γ + b.γ) / 2, 0);
    }
    source.set(at(i, i), 0, -a.γ * fermi(a.β * a.ε));
  }
  const x = solve(system, source);
  return dots.map((_, i) => dots.map((_, j) => ({ re: x.get(at(i, j), 0), im: x.get(at(i, j) + 1, 0) })));
}

/** The eigenvalues of C on a part: the occupations of its normal modes. */
function occupations(C: readonly (readonly Complex[])[], part: readonly number[]): number[] {
  const n = part.length;
  const both = Matrix.zeros(2 * n, 2 * n);
  for (const [a, i] of part.entries()) {
    for (const [b, j] of part.entries()) {
      const { re, im } = C[i]![j]!;
      both.set(a, b, re).set(n + a, n + b, re);
      both.set(a, n + b, -im).set(n + a, b, im);
    }
  }
  const twice = new EigenvalueDecomposition(both, { assumeSymmetric: true }).realEigenvalues;
  return twice.sort((x, y) => x - y).filter((_, k) => k % 2 === 0);
}

/** Of a Gaussian part all populations, from the occupations of its normal modes. */
const populations = (occupied: readonly number[]): number[] =>
  occupied.reduce((all, p) => all.flatMap((x) => [x * (1 - p), x * p]), [1]);

const energies = (levels: readonly number[]): number[] =>
  levels.reduce((all, ε) => all.flatMap((E) => [E, E + ε]), [0]);

/** Σ C_ii ε_i minus the energy of the passive state. */
function gaussianErgotropy(
  C: readonly (readonly Complex[])[],
  dots: readonly Dot[],
  part: readonly number[],
) {
  const falling = populations(occupations(C, part)).sort((x, y) => y - x);
  const rising = energies(part.map((k) => dots[k]!.ε)).sort((x, y) => x - y);
  const mean = part.reduce((sum, k) => sum + C[k]![k]!.re * dots[k]!.ε, 0);
  return mean - falling.reduce((sum, p, k) => sum + p * rising[k]!, 0);
}

const modelOf = (declared: string, dots: readonly Dot[], hops: readonly Hop[], more = ""): string => `
model dots
${declared}
hamiltonian {
  free ${dots.map(({ name, ε }) => `${ε}*${name}.n`).join(" + ")}
  ${hops
    .map(
      ({ from, to, amplitude, phase }) =>
        `interaction ${amplitude}*(exp(i*${phase})*${dots[to]!.name}.c†*${dots[from]!.name}.c + h.c.)`,
    )
    .join("\n  ")}
}
${dots
  .map(({ name, β, γ }) => `bath b_${name} : fermionic { β = ${β}; couples sqrt(${γ})*${name}.c }`)
  .join("\n")}
${more}
equation e { local ${dots.map(({ name }) => `b_${name}`).join(", ")} ${more && "; local noise"} }
`;

describe("two dots between two fermionic baths", () => {
  const dots = [
    { name: "left", ε: 2, β: 0.5, γ: 0.3 },
    { name: "right", ε: 1.4, β: 2, γ: 0.2 },
  ];
  const hops = [{ from: 0, to: 1, amplitude: 0.35, phase: 0.4 }];
  const C = correlations(dots, hops);
  const point = steady(modelOf("subsystem left, right : mode", dots, hops), {
    quantities: ["re(mean(left.c†*right.c))", "im(mean(left.c†*right.c))", "entropy(left)"],
  });

  it("have the occupations and the coherence of the quadratic equations", () => {
    expectClose(point.of("mean(left.n)"), C[0]![0]!.re, 1e-13);
    expectClose(point.of("mean(right.n)"), C[1]![1]!.re, 1e-13);
    expectClose(point.of("re(mean(left.c†*right.c))"), C[0]![1]!.re, 1e-12);
    expectClose(point.of("im(mean(left.c†*right.c))"), C[0]![1]!.im, 1e-12);
  });

  it("have heat ε γ(f − ⟨n⟩) and work from the decay of the coherence", () => {
    for (const [k, { name, ε, β, γ }] of dots.entries()) {
      expectClose(point.of(`heat(b_${name})`), ε * γ * (fermi(β * ε) - C[k]![k]!.re), 1e-12);
      // V = 2 Re(t e^{iφ} c_R†c_L) and D[c] damps the coherence at γ/2
      const V = 2 * 0.35 * (Math.cos(0.4) * C[1]![0]!.re - Math.sin(0.4) * C[1]![0]!.im);
      expectClose(point.of(`work(b_${name})`), (-γ / 2) * V, 1e-12);
    }
    expectClose(point.of("first_law_residual"), 0, 0, 1e-15);
  });

  it("have the entropies of Gaussian states", () => {
    expectClose(point.of("entropy(all)"), shannon(...populations(occupations(C, [0, 1]))), 1e-12);
    expectClose(point.of("entropy(left)"), shannon(...populations([C[0]![0]!.re])), 1e-12);
  });
});

describe("a ring of five modes with a flux, declared out of order and with a qubit between them", () => {
  const dots = [1.9, 1.2, 1.5, 0.8, 1.1].map((ε, k) => ({
    name: `d${k}`,
    ε,
    β: [0.2, 1, 3, 0.5, 2][k]!,
    γ: [0.2, 0.1, 0.3, 0.15, 0.25][k]!,
  }));
  const hops = dots.map((_, k) => ({ from: k, to: (k + 1) % 5, amplitude: 0.3 + 0.05 * k, phase: 0.5 * k }));
  const declared =
    "subsystem d3 : mode\nsubsystem d0 : mode\nsubsystem q : qubit\nsubsystem d4, d1, d2 : mode";
  const C = correlations(dots, hops);
  const order = [3, 0, 4, 1, 2];
  const pairs = order.flatMap((i, a) => order.slice(a + 1).map((j) => [i, j] as const));
  const parts = [...pairs, [3, 4, 2], [0, 4, 2], [3, 0, 1, 2]];
  const text = (part: readonly number[]) => part.map((k) => `d${k}`).join(",");
  const asked = [
    ...pairs.flatMap(([i, j]) => [`re(mean(d${i}.c†*d${j}.c))`, `im(mean(d${i}.c†*d${j}.c))`]),
    ...parts.flatMap((part) => [`entropy(${text(part)})`, `ergotropy(${text(part)})`]),
    "entropy(d3,q,d1)",
    "mean(d3.c†*d2.c†*d2.c*d3.c)",
  ];
  const noise = "bath noise : bosonic { β = 1; couples 0.2*q.σ⁻ }";
  const point = steady(modelOf(declared, dots, hops, noise).replace("free ", "free 0.7*q.σz + "), {
    quantities: asked,
  });
  it("has the coherences of the quadratic equations between any two modes", () => {
    for (const k of dots.keys()) expectClose(point.of(`mean(d${k}.n)`), C[k]![k]!.re, 1e-12);
    for (const [i, j] of pairs) {
      expectClose(point.of(`re(mean(d${i}.c†*d${j}.c))`), C[i]![j]!.re, 1e-11, 1e-14);
      expectClose(point.of(`im(mean(d${i}.c†*d${j}.c))`), C[i]![j]!.im, 1e-11, 1e-14);
      expect(Math.hypot(C[i]![j]!.re, C[i]![j]!.im)).toBeGreaterThan(1e-3);
    }
  });

  it("obeys Wick's theorem", () => {
    const pair = C[3]![3]!.re * C[2]![2]!.re - C[3]![2]!.re ** 2 - C[3]![2]!.im ** 2;
    expectClose(point.of("mean(d3.c†*d2.c†*d2.c*d3.c)"), pair, 1e-12);
  });

  it("has parts with the entropy and the ergotropy of Gaussian states, also where other modes stand between", () => {
    for (const part of parts) {
      expectClose(point.of(`entropy(${text(part)})`), shannon(...populations(occupations(C, part))), 1e-11);
      expectClose(point.of(`ergotropy(${text(part)})`), gaussianErgotropy(C, dots, part), 1e-9, 1e-13);
    }
    const p = 1 / (1 + Math.exp(1.4));
    const own = shannon(...populations(occupations(C, [3, 1]))) + shannon(p, 1 - p);
    expectClose(point.of("entropy(d3,q,d1)"), own, 1e-11);
  });
});
