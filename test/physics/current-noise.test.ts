import { describe, expect, it } from "vitest";
import { meanSquareResponse } from "./landauer.ts";
import { bose, expectClose, fermi, modelText, steady } from "./steady.ts";

const EQUATIONS = ["local", "global", "unified"];
const equations = EQUATIONS.map((method) => `equation ${method}_ { ${method} one, two }`).join("\n");

describe("two levels between two baths", () => {
  // Counting what bath 1 brings in, with emissions a = γ₁(n₁ + 1), b = γ₂(n₂ + 1) and absorptions c = γ₁n₁, d = γ₂n₂, the
  // populations obey the tilted rate equation M(u) = [[−a − b, c e^{uω} + d], [a e^{−uω} + b, −c − d]]. Its eigenvalue has
  // λ² + sλ = f(u), s = a + b + c + d, f = (a e^{−uω} + b)(c e^{uω} + d) − (a + b)(c + d), so that at u = 0
  // sλ′ = f′ = ω(bc − ad) and sλ″ + 2λ′² = f″ = ω²(bc + ad): J = ω(bc − ad)/s, S = (ω²(bc + ad) − 2J²)/s. A fermionic level
  // has 1 − f in the place of n + 1.
  const twoState = (ω: number, [a, b]: readonly number[], [c, d]: readonly number[]) => {
    const s = a! + b! + c! + d!;
    const J = (ω * (b! * c! - a! * d!)) / s;
    return { J, S: (ω ** 2 * (b! * c! + a! * d!) - 2 * J ** 2) / s };
  };

  const qubit = `
model qubit
parameter T1 = 2
parameter T2 = 0.7
subsystem q : qubit
hamiltonian { free 0.65*q.σz }
bath one : bosonic { β = 1/T1; couples sqrt(0.03)*q.σ⁻ }
bath two : bosonic { β = 1/T2; couples sqrt(0.08)*q.σ⁻ }
${equations}`;

  it.each(EQUATIONS)("a qubit, %s", (method) => {
    for (const [T1, T2] of [
      [2, 0.7],
      [0.4, 9],
      [1, 1],
    ] as const) {
      const [n1, n2] = [bose(1.3 / T1), bose(1.3 / T2)];
      const { J, S } = twoState(1.3, [0.03 * (n1 + 1), 0.08 * (n2 + 1)], [0.03 * n1, 0.08 * n2]);
      const quantities = ["energy_noise(one)", "energy_noise(two)", "uncertainty_product(two)"];
      const point = steady(qubit, { equation: `${method}_`, set: { T1, T2 }, quantities });
      expectClose(point.of("energy_noise(one)"), S, 1e-13);
      expectClose(point.of("energy_noise(two)"), S, 1e-13);
      if (T1 === T2) expect(point.quantities["uncertainty_product(two)"]).toBeNull();
      else expectClose(point.of("uncertainty_product(two)"), (S * (1 / T2 - 1 / T1)) / J, 1e-11);
    }
  });

  const dot = `
model dot
parameter μ1 = 0.9
subsystem d : mode
hamiltonian { free 0.4*d.n }
bath one : fermionic { β = 2; μ = μ1; couples sqrt(0.03)*d.c }
bath two : fermionic { β = 1.1; μ = -0.2; couples sqrt(0.08)*d.c }
${equations}`;

  it.each(EQUATIONS)("a fermionic level, %s: particles, and energy with each of them", (method) => {
    for (const μ1 of [0.9, -1, 60]) {
      const [f1, f2] = [fermi(2 * (0.4 - μ1)), fermi(1.1 * 0.6)];
      const { J, S } = twoState(1, [0.03 * (1 - f1), 0.08 * (1 - f2)], [0.03 * f1, 0.08 * f2]);
      const quantities = ["particle_noise(one)", "particle_noise(two)", "energy_noise(one)"];
      const point = steady(dot, { equation: `${method}_`, set: { μ1 }, quantities });
      expectClose(point.of("particles(one)"), J, 1e-13);
      expectClose(point.of("particle_noise(one)"), S, 1e-13);
      expectClose(point.of("particle_noise(two)"), S, 1e-13);
      expectClose(point.of("energy_noise(one)"), 0.16 * S, 1e-13);
    }
  });
});

/**
 * ⟨e^{uN}⟩ of particles that are transmitted one by one, for flat baths and the occupations of a local equation (Levitov,
 * Lesovik, JETP Lett. 58, 230 (1993); Saito, Dhar, Phys. Rev. Lett. 99, 180601 (2007) for bosons):
 * S = ∫dω/2π {T[f₁(1 ∓ f₂) + f₂(1 ∓ f₁)] ∓ T²(f₁ − f₂)²}, upper signs for fermions.
 */
function levitov(
  energies: readonly number[],
  hopping: number,
  losses: readonly [number, number],
  [f1, f2]: readonly [number, number],
  sign: 1 | -1,
): number {
  const both = losses[0] * losses[1];
  const T = both * meanSquareResponse(energies, hopping, losses);
  const T2 = both ** 2 * meanSquareResponse(energies, hopping, losses, 20000, 2);
  return T * (f1 * (1 - sign * f2) + f2 * (1 - sign * f1)) - sign * T2 * (f1 - f2) ** 2;
}

describe("coherent transmission from bath to bath", () => {
  it("of bosons through two oscillators, in windows found automatically", () => {
    const text = `
model coupled_oscillators
subsystem m1, m2 : oscillator
hamiltonian { free 1.5*m1.N + 1.9*m2.N
  interaction 0.3*(m1.a†*m2.a + h.c.) }
bath cold : bosonic { β = 3; couples sqrt(0.2)*m1.a }
bath hot  : bosonic { β = 1.8; couples sqrt(0.3)*m2.a }
equation weak { local cold, hot }`;
    const quantities = ["particle_noise(cold)", "particle_noise(hot)", "energy_noise(hot)"];
    const point = steady(text, { quantities });
    const S = levitov([1.5, 1.9], 0.3, [0.2, 0.3], [bose(4.5), bose(1.8 * 1.9)], -1);
    // the windows keep 1e-12 of ρ, whose effect on a noise grows with the square of the levels there
    expectClose(point.of("particle_noise(cold)"), S, 1e-9);
    expectClose(point.of("particle_noise(hot)"), S, 1e-9);
    expectClose(point.of("energy_noise(hot)"), 1.9 ** 2 * S, 1e-9);
    for (const { wider } of point.certificate.noise!) {
      expect(wider!.levels).toBeGreaterThanOrEqual(2);
      expect(wider!.change).toBeLessThan(1e-8);
    }
  });

  const dots = `
model dots
parameter t = 0.05
parameter μ = 1
subsystem d1, d2 : mode
hamiltonian { free 0.5*d1.n + 0.5*d2.n
  interaction t*(d1.c†*d2.c + h.c.) }
bath left  : fermionic { β = 1; μ = μ; couples sqrt(0.1)*d1.c }
bath right : fermionic { β = 1; couples sqrt(0.1)*d2.c }
equation weak { local left, right }`;

  it("of fermions through two modes", () => {
    const quantities = [
      "particle_noise(left)",
      "particle_noise(right)",
      "particle_uncertainty_product(left)",
    ];
    for (const t of [0.004, 0.05, 0.3]) {
      const point = steady(dots, { set: { t }, quantities });
      const S = levitov([0.5, 0.5], t, [0.1, 0.1], [fermi(-0.5), fermi(0.5)], 1);
      expectClose(point.of("particle_noise(left)"), S, 1e-12);
      expectClose(point.of("particle_noise(right)"), S, 1e-12);
      const J = point.of("particles(left)");
      expectClose(point.of("particle_uncertainty_product(left)"), S / J, 1e-11);
    }
  });

  it("is refused where round-off outweighs it, and until then known to what the certificate says", () => {
    const quantities = ["particle_noise(left)"];
    const at = (t: number) => steady(dots.replace("t = 0.05", `t = ${t}`), { quantities });
    for (const t of [1e-3, 1e-4, 1e-5]) {
      const S = levitov([0.5, 0.5], t, [0.1, 0.1], [fermi(-0.5), fermi(0.5)], 1);
      const point = at(t);
      const { uncertainty } = point.certificate.noise![0]!;
      expectClose(point.of("particle_noise(left)"), S, 1e-12, uncertainty);
      expect(uncertainty).toBeLessThan(1e-7 * S);
    }
    expect(at(1e-7).undefined["particle_noise(left)"]).toMatch(/round-off may change it by .*e-17/);
  });

  it("falls below the classical bound where hopping is as fast as tunnelling, and above it where it is slow", () => {
    const product = (t: number) => {
      const quantities = ["particle_uncertainty_product(left)"];
      const symmetric = dots.replaceAll("0.5*", "2.5*");
      return steady(symmetric, { set: { t, μ: 5 }, quantities }).of("particle_uncertainty_product(left)");
    };
    expect(product(0.06)).toBeLessThan(1.765);
    expect(product(0.002)).toBeGreaterThan(4.9);
  });
});

describe("between equal temperatures", () => {
  // the linear response to a difference of temperatures: J = −(β_b − β)S/2, and with a bias I = (μ_b − μ)βS/2
  const derivative = (at: (x: number) => number, x: number, h = 5e-3): number => {
    const difference = (k: number) => at(x + k * h) - at(x - k * h);
    return (45 * difference(1) - 9 * difference(2) + difference(3)) / (60 * h);
  };

  const qubits = `${modelText("coupled-qubits")}
equation eigenstates { global cold, hot }
equation clusters { unified cold, hot }`;

  // sixth-order differences on a scale of about 1; where the lowest temperature changes hands, the way in which it weighs
  // clusters has a kink of second order in the difference
  it.each([
    ["eigenstates", 5e-3, 1e-10],
    ["clusters", 2e-4, 1e-8],
  ] as const)("the noise of %s is that of Johnson and Nyquist", (equation, h, tolerance) => {
    const at = (asked: Readonly<Record<string, number>>) =>
      steady(qubits, { equation, set: { T1: 1.5, T2: 1.5, ...asked }, quantities: ["energy_noise(hot)"] });
    const slope = derivative((β) => at({ T2: 1 / β }).of("heat(hot)"), 1 / 1.5, h);
    expectClose(at({}).of("energy_noise(hot)"), -2 * slope, tolerance);
  });

  it("the noise of a current of particles is twice temperature times conductance", () => {
    const text = `
model dots
parameter μ = 0.3
subsystem d1, d2 : mode
hamiltonian { free 0.5*d1.n + 0.8*d2.n
  interaction 0.3*(d1.c†*d2.c + h.c.) + 0.4*d1.n*d2.n }
bath left  : fermionic { β = 1.25; μ = μ; couples sqrt(0.1)*d1.c }
bath right : fermionic { β = 1.25; μ = 0.3; couples sqrt(0.1)*d2.c }
equation eigenstates { global left, right }`;
    const at = (μ: number) => steady(text, { set: { μ }, quantities: ["particle_noise(left)"] });
    const conductance = derivative((μ) => at(μ).of("particles(left)"), 0.3);
    expectClose(at(0.3).of("particle_noise(left)"), (2 / 1.25) * conductance, 1e-10);
  });

  it("what enters leaves: both noises are equal where no work is done", () => {
    const quantities = ["energy_noise(cold)", "energy_noise(hot)"];
    const point = steady(qubits, { equation: "eigenstates", quantities });
    expectClose(point.of("energy_noise(cold)"), point.of("energy_noise(hot)"), 1e-13);
  });
});

describe("the classical bound", () => {
  // levels without coherence: a rate equation, whose currents keep S Σ̇/J² ≥ 2 (Barato, Seifert 2015)
  const cascade = (T: readonly number[], E: readonly number[]) => `
model cascade
subsystem atom : levels(g, x, e)
hamiltonian { free ${E[0]}*atom.|x><x| + ${E[1]}*atom.|e><e| }
bath a : bosonic { β = ${1 / T[0]!}; couples sqrt(0.03)*atom.|g><x| }
bath b : bosonic { β = ${1 / T[1]!}; couples sqrt(0.1)*atom.|x><e| }
bath c : bosonic { β = ${1 / T[2]!}; couples sqrt(0.05)*atom.|g><e| }
equation rates { local a, b, c }`;

  it("is kept by levels that exchange populations only, and reached near equilibrium", () => {
    const products = (T: readonly number[], E: readonly number[]): number[] => {
      const quantities = ["a", "b", "c"].map((bath) => `uncertainty_product(${bath})`);
      const point = steady(cascade(T, E), { quantities });
      return quantities.map((q) => point.of(q));
    };
    for (let k = 0; k < 12; k++) {
      const any = (j: number) => (Math.sin(12.9898 * (7 * k + j)) * 43758.5453) % 1;
      const T = [0, 1, 2].map((j) => 0.3 + 4 * Math.abs(any(j)));
      const x = 0.2 + Math.abs(any(3));
      for (const product of products(T, [x, x + 0.2 + 2 * Math.abs(any(4))])) {
        expect(product).toBeGreaterThan(2);
      }
    }
    // the excess over 2 is quadratic in the distance from equilibrium
    for (const product of products([1, 1.0001, 1], [0.7, 1.9])) expectClose(product, 2, 1e-7);
  });
});

describe("what has no noise", () => {
  it("says why: Redfield's equation and collisions that last", () => {
    const text = `${modelText("coupled-qubits")}
equation coherent { redfield cold, hot }
equation finite { collision cold, hot with { τ = 0.05; levels = 3 } }`;
    for (const [equation, reason] of [
      ["coherent", /no jumps that could be counted/],
      ["finite", /have no current at each time/],
    ] as const) {
      const quantities = ["energy_noise(hot)", "uncertainty_product(hot)"];
      const { undefined: reasons } = steady(text, { equation, quantities });
      for (const quantity of quantities) expect(reasons[quantity]).toMatch(reason);
    }
  });

  it("has no product where no current flows, or where the entropy production is not defined", () => {
    const at = (equation: string, T: number) =>
      steady(modelText("spin-chain"), {
        equation,
        set: { N: 2, T_left: T, T_right: 0.5, δ: 0 },
        quantities: ["uncertainty_product(left)", "energy_noise(left)"],
      });
    expect(at("quiet", 0.5).undefined["uncertainty_product(left)"]).toMatch(/no current flows/);
    expect(at("quiet", 0.5).of("energy_noise(left)")).toBeGreaterThan(0);
    expect(at("noisy", 1).undefined["uncertainty_product(left)"]).toMatch(/noise\[1\]' has no temperature/);
  });
});

describe("what is counted", () => {
  it("is symmetrised only where jumps do not change it by definite amounts", () => {
    const text = modelText("rotor-qubit").replace(": rotor ", ": rotor(l in -9..12) ");
    for (const equation of ["collisions", "spin_boson"]) {
      const quantities = ["cold", "hot", "load"].map((b) => `energy_noise(${b})`);
      const { noise } = steady(text, { equation, quantities }).certificate;
      expect(noise!.map((n) => [n.bath, n.isSymmetrised])).toEqual([
        ["cold", false],
        ["hot", false],
        ["load", true],
      ]);
    }
  });
});
