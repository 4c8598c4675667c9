import { describe, expect, it } from "vitest";
import { steady } from "./steady.ts";

const fermi = (x: number): number => 1 / (1 + Math.exp(x));

const number = (q: Readonly<Record<string, number | string | null>>, key: string): number => q[key] as number;

const EQUATIONS = `
equation loc { local left, right }
equation glob { global left, right }
equation uni { unified left, right }
equation red { redfield left, right }`;

const DOT = `model dot "one level between two leads"
parameter ε = 0.7
parameter ΓL = 0.03
parameter ΓR = 0.05
parameter TL = 1
parameter TR = 0.4
parameter μL = -0.2
parameter μR = 0.5
subsystem d : mode
hamiltonian { free ε*d.n }
bath left  : fermionic { β = 1/TL; μ = μL; role = hot;  couples sqrt(ΓL)*d.c }
bath right : fermionic { β = 1/TR; μ = μR; role = cold; couples sqrt(ΓR)*d.c }${EQUATIONS}`;

describe("one level between two leads", () => {
  it.each(["loc", "glob", "uni", "red"])("%s: the sequential current and what it carries", (equation) => {
    for (const ε of [0.7, -0.3, 0]) {
      const { quantities: q } = steady(DOT, { equation, set: { ε } });
      const flow = ((0.03 * 0.05) / 0.08) * (fermi(ε + 0.2) - fermi((ε - 0.5) / 0.4));
      const close = (key: string, expected: number) =>
        expect(Math.abs(number(q, key) - expected)).toBeLessThan(1e-12 * Math.abs(flow) + 1e-17);
      close("particles(left)", flow);
      close("particles(right)", -flow);
      close("heat(left)", (ε + 0.2) * flow);
      close("heat(right)", -(ε - 0.5) * flow);
      close("chemical_work(left)", -0.2 * flow);
      close("chemical_work(right)", -0.5 * flow);
      close("work", 0);
      expect(Math.abs(number(q, "first_law_residual"))).toBeLessThan(1e-16);
    }
  });

  it("is an engine with the efficiency of tight coupling, and stops at Carnot's", () => {
    const at = (μR: number) => steady(DOT, { equation: "uni", set: { μL: 0, μR } }).quantities;
    const q = at(0.2);
    expect(q.regime).toBe("engine");
    expect(number(q, "efficiency")).toBeCloseTo(0.2 / 0.7, 12);
    // ε/TL = (ε − μR)/TR: nothing flows
    const μR = 0.7 * (1 - 0.4);
    expect(Math.abs(number(at(μR), "particles(left)"))).toBeLessThan(1e-17);
    expect(number(at(μR * (1 - 1e-4)), "efficiency")).toBeCloseTo(0.6 * (1 - 1e-4), 8);
  });

  it("has no efficiency where what still flows is near round-off", () => {
    for (let digits = 2; digits <= 16; digits++) {
      const μR = 0.42 * (1 - 10 ** -digits);
      const { efficiency } = steady(DOT, { equation: "loc", set: { μL: 0, μR } }).quantities;
      if (digits < 7 || efficiency !== null)
        expect(Math.abs((efficiency as number) / (μR / 0.7) - 1)).toBeLessThan(1e-6);
      if (digits > 11) expect(efficiency).toBeNull();
    }
  });
});

const DOTS = `model dots "two dots in series"
parameter εL = 0.5
parameter εR = 0.45
parameter t = 0.2
parameter U = 0
parameter Γ = 2e-3
parameter TL = 0.6
parameter TR = 0.3
parameter μL = 0.3
parameter μR = 0.1
subsystem L, R : mode
hamiltonian {
  free εL*L.n + εR*R.n
  interaction t*(L.c†*R.c + h.c.) + U*L.n*R.n
}
bath left  : fermionic { β = 1/TL; μ = μL; couples sqrt(Γ)*L.c }
bath right : fermionic { β = 1/TR; μ = μR; couples sqrt(Γ)*R.c }${EQUATIONS}`;

/** ∫dω/2π T(ω)(f_L − f_R) and the same with ω: exact for U = 0 and leads of constant density. */
function landauer(εL: number, εR: number, t: number, Γ: number): { particles: number; energy: number } {
  // G_12 = t/[(ω − εL + iΓ/2)(ω − εR + iΓ/2) − t²]
  const transmission = (ω: number): number => {
    const [a, b, g] = [ω - εL, ω - εR, Γ / 2];
    const [re, im] = [a * b - g * g - t * t, g * (a + b)];
    return (Γ * Γ * t * t) / (re * re + im * im);
  };
  let [particles, energy] = [0, 0];
  const [from, to, n] = [-12, 12, 2_400_000];
  const h = (to - from) / n;
  for (let k = 0; k < n; k++) {
    const ω = from + (k + 0.5) * h;
    const f = (transmission(ω) * (fermi((ω - 0.3) / 0.6) - fermi((ω - 0.1) / 0.3)) * h) / (2 * Math.PI);
    particles += f;
    energy += ω * f;
  }
  return { particles, energy };
}

describe("two dots in series without repulsion", () => {
  it.each([
    [0.5, 0.45, 0.2],
    [0.5, 0.5, 0.002],
    [0.5, 0.5, 1e-3],
  ])("unified and Redfield equations meet the exact current at εL = %f, εR = %f, t = %f", (εL, εR, t) => {
    const exact = landauer(εL, εR, t, 2e-3);
    for (const equation of ["uni", "red"]) {
      const { quantities: q } = steady(DOTS, { equation, set: { εL, εR, t } });
      expect(Math.abs(number(q, "particles(left)") / exact.particles - 1)).toBeLessThan(0.01);
      const energy = number(q, "heat(left)") + number(q, "chemical_work(left)");
      expect(Math.abs(energy / exact.energy - 1)).toBeLessThan(0.01);
    }
  });

  it("carries nothing between equal leads, with repulsion or without", () => {
    for (const U of [0, 1.3]) {
      for (const equation of ["glob", "uni", "red"]) {
        const { quantities: q } = steady(DOTS, { equation, set: { U, TL: 0.3, μL: 0.1 } });
        for (const key of ["particles(left)", "particles(right)", "heat(left)", "heat(right)"]) {
          expect(Math.abs(number(q, key))).toBeLessThan(1e-16);
        }
      }
    }
  });

  it("is the other way round with particles and holes exchanged", () => {
    // c → c†: ε → −ε − U, μ → −μ, T as they are; t changes sign, which nothing feels
    // the local equation takes its frequencies without U, which the exchange moves into ε
    for (const equation of ["glob", "uni", "red"]) {
      const here = steady(DOTS, { equation, set: { U: 0.8 } }).quantities;
      const there = steady(DOTS, {
        equation,
        set: { U: 0.8, εL: -0.5 - 0.8, εR: -0.45 - 0.8, μL: -0.3, μR: -0.1 },
      }).quantities;
      expect(number(there, "particles(left)") / number(here, "particles(left)")).toBeCloseTo(-1, 9);
      expect(number(there, "heat(left)") / number(here, "heat(left)")).toBeCloseTo(1, 9);
    }
  });
});

describe("particles of other baths", () => {
  const PAIR = `model pair
subsystem a, b : oscillator(n in 0..4)
hamiltonian { free a.N + 1.2*b.N
  interaction 0.1*(a.a†*b.a + h.c.) + x*(a.a + a.a†) }
parameter x = 0
bath left : bosonic { β = 1; couples 0.1*a.a }
bath right : bosonic { β = 2; couples 0.1*b.a }
equation loc { local left, right }
quantity flow = particles(left) + particles(right)`;

  it("quanta are counted where H conserves them, and where it does not there is no such current", () => {
    const { quantities: q } = steady(
      PAIR.replace(" + x*(a.a + a.a†)", "").replace("parameter x = 0", ""),
      {},
    );
    expect(Math.abs(number(q, "flow"))).toBeLessThan(1e-15);
    const driven = steady(PAIR, { set: { x: 0.01 } });
    expect(driven.quantities.flow).toBeNull();
  });
});
