import { describe, expect, it } from "vitest";
import { steady } from "./steady.ts";

const [Γ, W, CENTRE, E, T] = [2e-3, 0.5, 1, 0.5, 1e-3];

const DOTS = `model dots
subsystem L, R : mode
hamiltonian {
  free ${E}*L.n + ${E}*R.n
  interaction ${T}*(L.c†*R.c + h.c.)
}
bath left  : fermionic { β = 1/TL; μ = 0.3; couples sqrt(${Γ})*L.c; spectrum = lorentzian(centre = ${CENTRE}, width = ${W}) }
bath right : fermionic { β = 1/0.3; μ = 0.1; couples sqrt(${Γ})*R.c; spectrum = lorentzian(centre = ${-CENTRE}, width = ${W}) }
parameter TL = 0.6
equation plain { redfield left, right }
equation shifted { redfield left, right with { lamb_shift = on } }
equation clusters { unified left, right with { lamb_shift = on } }
equation levels { global left, right with { lamb_shift = on } }`;

/** The exact particle current, leads as self-energies Σ = (Γ/2) W/(ω − c + iW). */
function exact(): number {
  const fermi = (x: number): number => 1 / (1 + Math.exp(x));
  const selfEnergy = (ω: number, c: number): readonly [number, number] => {
    const r = (ω - c) ** 2 + W * W;
    return [((Γ / 2) * W * (ω - c)) / r, (-(Γ / 2) * W * W) / r];
  };
  let sum = 0;
  const [from, to, n] = [-4, 5, 3_000_000];
  const h = (to - from) / n;
  for (let k = 0; k < n; k++) {
    const ω = from + (k + 0.5) * h;
    const [a, b] = [selfEnergy(ω, CENTRE), selfEnergy(ω, -CENTRE)];
    // (ω − E − Σ_L)(ω − E − Σ_R) − T²
    const [x, y, u, v] = [ω - E - a[0], -a[1], ω - E - b[0], -b[1]];
    const [re, im] = [x * u - y * v - T * T, x * v + y * u];
    const transmission = (4 * a[1] * b[1] * T * T) / (re * re + im * im);
    sum += transmission * (fermi((ω - 0.3) / 0.6) - fermi((ω - 0.1) / 0.3)) * h;
  }
  return sum / (2 * Math.PI);
}

describe("Lamb shifts of two dots whose leads pull their levels apart", () => {
  const current = (equation: string): number => steady(DOTS, { equation }).of("particles(left)");

  it("bring the equations to the exact current, which they miss without", () => {
    const reference = exact();
    expect(Math.abs(current("shifted") / reference - 1)).toBeLessThan(0.01);
    expect(Math.abs(current("clusters") / reference - 1)).toBeLessThan(0.01);
    expect(Math.abs(current("plain") / reference - 1)).toBeGreaterThan(0.05);
  });

  it("leave the populations of a global equation alone, and the Gibbs state stationary", () => {
    const { quantities } = steady(DOTS, { equation: "levels", set: { TL: 0.3 } });
    expect(quantities["mean(L.n)"]).not.toBeNull();
    const equal = DOTS.replace("μ = 0.3", "μ = 0.1");
    for (const equation of ["levels", "clusters"]) {
      const { of } = steady(equal, { equation, set: { TL: 0.3 } });
      expect(Math.abs(of("particles(left)"))).toBeLessThan(1e-16);
      expect(Math.abs(of("heat(left)"))).toBeLessThan(1e-16);
    }
  });
});
