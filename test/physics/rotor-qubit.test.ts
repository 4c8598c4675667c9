import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Asked, expectClose, modelText, shannon, steady } from "./steady.ts";

// The paper's machine without its rectification quantities, which would solve a second device at every point.
const whole = modelText("rotor-qubit");
const text = whole.slice(0, whole.indexOf("# Rectification"));
const [B1, B2, I, β1, βr, γ] = [4, 10, 1, 0.1, 0.09, 5e-5];

const at = (ratio: number, asked: Asked = {}) =>
  steady(text, { ...asked, set: { β2: β1 * ratio, ...asked.set } });

const RATIOS = [
  0.02, 0.05, 0.1, 0.2, 0.3, 0.39, 0.4, 0.43, 0.4341, 0.4345, 0.47, 0.5, 0.51, 0.54, 0.6, 0.75, 0.9,
];
const sweep = RATIOS.map((ratio) => ({
  ratio,
  point: at(ratio, { quantities: ["ergotropy(q1,q2)", "mean(r.L^2)"] }),
}));

describe("rotor-qubit, the paper's engine at β2 = 0.03", () => {
  const quantities = ["ergotropy(q1,q2)", "mean(r.L^2)"];
  const engine = steady(whole, { quantities });

  it("checks without a warning and is an engine", () => {
    expect(engine.codes).toEqual([]);
    expect(engine.regime).toBe("engine");
    expect(engine.of("efficiency")).toBeLessThan(engine.of("carnot_efficiency"));
  });

  it("closes the first law to 1e-12", () => {
    expect(Math.abs(engine.of("first_law_residual"))).toBeLessThan(1e-15); // of currents of 1e-3
  });

  // 1e-9 is what a truncation at 1e-12 of population leaves of ergotropies: energies of l²/2 ~ 500 at the ends.
  it("does not depend on the window, which was found, to 1e-9", () => {
    const { first, last } = engine.certificate.windows.r!;
    const window = `subsystem r : rotor(l in ${first - 10}..${last + 10})`;
    const wide = steady(whole.replace("subsystem r : rotor", window), { quantities });
    expect(wide.certificate.windows.r).toMatchObject({
      first: first - 10,
      last: last + 10,
      isAutomatic: false,
    });
    for (const [key, value] of Object.entries(wide.quantities)) {
      if (key === "first_law_residual") continue;
      if (typeof value === "number") expectClose(engine.of(key), value, 1e-9);
      else expect(engine.quantities[key]).toBe(value);
    }
  });

  // Detailed form of the second law. A bath whose dissipator leaves e^{−K} stationary contributes
  // −Tr[(log ρ + K) L ρ] ≥ 0 (Spohn). The qubits' baths have K = βH₀; the load has its own K, with
  // K(l) − K(l+1) = log (w₊(l)/w₋(l+1)), so that no approximation is left. Added up, the log ρ drop out.
  it("produces entropy with the load's own stationary state in place of e^{−βr H₀}", () => {
    const { first, last } = engine.certificate.windows.r!;
    const levels = Array.from({ length: last - first + 1 }, (_, k) => first + k);
    const projectors = levels.map((l) => `mean(r.|${l}><${l}|)`);
    const point = steady(text, { quantities: projectors });
    const b = βr / (4 * I);
    const up = (l: number) => ((I * γ) / βr) * (1 - b * l) ** 2;
    const down = (l: number) => ((I * γ) / βr) * (1 + b * l) ** 2;
    const fall = (l: number) => Math.log(up(l) / down(l + 1)); // K(l) − K(l + 1)
    let carried = 0;
    let heat = 0;
    for (const [k, l] of levels.entries()) {
      const p = point.of(projectors[k]!);
      carried += p * (-up(l) * fall(l) + down(l) * fall(l - 1));
      heat += (p * (up(l) * (2 * l + 1) + down(l) * (1 - 2 * l))) / (2 * I);
    }
    expectClose(point.of("heat(load)"), heat, 1e-10);
    expect(-0.1 * point.of("heat(cold)") - 0.03 * point.of("heat(hot)") - carried).toBeGreaterThan(1e-5);
  });
});

describe("rotor-qubit over 0.02 < β2/β1 < 0.9", () => {
  it("is an engine, an accelerator and a refrigerator in this order", () => {
    const regimes = sweep.map(({ point }) => point.regime);
    const order = regimes.filter((regime, k) => regime !== regimes[k - 1]);
    expect(order).toEqual(["engine", "accelerator", "refrigerator"]);
  });

  // The paper says 0.43; independently, QuTiP finds 0.434235.
  it("work changes sign between 0.4341 and 0.4345", () => {
    expect(at(0.4341).of("work")).toBeLessThan(0);
    expect(at(0.4345).of("work")).toBeGreaterThan(0);
  });

  // Each quantum that leaves the hot bath passes q2 (energy 2 B2), then q1 (2 B1), then the cold bath. 1e-9 of the larger
  // heat, also where both vanish near 0.504.
  it.each(sweep)("heats are as −B2 to B1 at $ratio", ({ point }) => {
    expectClose(point.of("heat(hot)"), (-B2 / B1) * point.of("heat(cold)"), 1e-9);
  });

  // The two jumps c₁, c₂ of the load mix unitarily to (c₁ ± i c₂)/√2 = √(Iγ/βr) e^{±iφ}(1 ∓ bL), b = βr/4I: classical rates
  // w±(l) = (Iγ/βr)(1 ∓ bl)² for l → l ± 1. Hence under the load d⟨L⟩/dt = ⟨w₊ − w₋⟩ = −(Iγ/βr)·4b⟨L⟩ = −γ⟨L⟩; and each
  // quantum that passes the qubits, at the rate heat(hot)/2B2, turns the rotor by one.
  it.each(sweep)("⟨L⟩ balances friction against the current of quanta at $ratio", ({ point }) => {
    expectClose(point.of("mean(r.L)"), point.of("heat(hot)") / (2 * B2 * γ), 1e-9);
  });

  // heat(load) = d⟨L²⟩/dt / 2I = ⟨w₊(2L + 1) + w₋(1 − 2L)⟩/2I = (γ/βr)(1 + b²⟨L²⟩) − (γ/I)⟨L²⟩. The right-hand side is a
  // difference of terms of γ/βr = 6e-4, for which 1e-9 is meant.
  it.each(sweep)("heat of the load follows from ⟨L²⟩ at $ratio", ({ point }) => {
    const square = point.of("mean(r.L^2)");
    const b = βr / (4 * I);
    const heat = (γ / βr) * (1 + b ** 2 * square) - (γ / I) * square;
    expectClose(point.of("heat(load)"), heat, 0, (1e-9 * γ) / βr);
  });

  it.each(sweep)("entropy is produced, and Carnot's bounds hold at $ratio", ({ point }) => {
    expect(point.of("entropy_production")).toBeGreaterThan(0);
    expect(point.codes).not.toContain("W502");
    if (point.regime === "engine") expect(point.of("efficiency")).toBeLessThan(point.of("carnot_efficiency"));
    if (point.regime === "refrigerator") expect(point.of("COP")).toBeLessThan(point.of("carnot_COP"));
  });

  // Fig. 3. A qubit damped by one bath and driven by a current of quanta keeps a diagonal state, and neither is inverted.
  it.each(sweep)("ergotropies are as in Fig. 3 at $ratio", ({ ratio, point }) => {
    expect(point.of("ergotropy(q1)")).toBe(0);
    expect(point.of("ergotropy(q2)")).toBe(0);
    if (ratio < 0.4) expect(point.of("ergotropy(q1,q2)")).toBeGreaterThan(0);
    else expect(point.of("ergotropy(q1,q2)")).toBe(0);
    expect(point.of("ergotropy(all)")).toBeGreaterThan(point.of("ergotropy(r)"));
  });
});

describe("rotor-qubit with other parameters", () => {
  it("keeps its exact relations", () => {
    const parameters = fc.record({
      B1: fc.double({ min: 2, max: 6, noNaN: true }),
      B2: fc.double({ min: 3, max: 12, noNaN: true }),
      I: fc.double({ min: 0.6, max: 2, noNaN: true }),
      χ: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      λ: fc.double({ min: 0.05, max: 0.3, noNaN: true }),
      β2: fc.double({ min: 0.02, max: 0.15, noNaN: true }),
      βr: fc.double({ min: 0.07, max: 0.2, noNaN: true }),
      γ: fc.double({ min: 5e-5, max: 1e-3, noNaN: true }),
    });
    const property = fc.property(parameters, (p) => {
      const { of } = steady(text, { set: p, quantities: ["mean(r.L^2)"] });
      const scale = (p.γ / p.βr) * 1e-9;
      const b = p.βr / (4 * p.I);
      const square = of("mean(r.L^2)");
      expectClose(of("heat(hot)"), (-p.B2 / p.B1) * of("heat(cold)"), 1e-9, scale);
      expectClose(2 * p.B2 * p.γ * of("mean(r.L)"), of("heat(hot)"), 1e-9, scale);
      expectClose(of("heat(load)"), (p.γ / p.βr) * (1 + b ** 2 * square) - (p.γ / p.I) * square, 0, scale);
      expect(Math.abs(of("first_law_residual"))).toBeLessThan(1e-14);
    });
    fc.assert(property, { numRuns: 8, seed: 1 });
  });
});

describe("rotor-qubit without its interaction", () => {
  const b = βr / (4 * I);
  const levels = [-20, -7, -1, 0, 1, 6, 19];
  const projector = (l: number) => `mean(r.|${l}><${l}|)`;
  const apart = at(0.3, {
    set: { λ: 0 },
    quantities: [
      "mean(r.L^2)",
      "ergotropy(q1,q2)",
      ...levels.flatMap((l) => [projector(l), projector(l + 1)]),
    ],
  });

  it("gives each qubit its Gibbs state", () => {
    expectClose(apart.of("mean(q1.σz)"), -Math.tanh(β1 * B1), 1e-13);
    expectClose(apart.of("mean(q2.σz)"), -Math.tanh(0.3 * β1 * B2), 1e-13);
    for (const bath of ["cold", "hot", "load"]) expectClose(apart.of(`heat(${bath})`), 0, 0, 1e-15);
  });

  // In the product of two Gibbs states only ↓↑ and ↑↓ can stand in the wrong order, 2(B2 − B1) apart in energy.
  it("leaves the two qubits the ergotropy of their middle levels", () => {
    const up = [β1 * B1, 0.3 * β1 * B2].map((x) => 1 / (1 + Math.exp(2 * x)));
    const inverted = (1 - up[0]!) * up[1]! - up[0]! * (1 - up[1]!);
    expectClose(apart.of("ergotropy(q1,q2)"), 2 * (B2 - B1) * inverted, 1e-12);
    const cooler = at(0.401, { set: { λ: 0 }, quantities: ["ergotropy(q1,q2)"] });
    expect(cooler.of("ergotropy(q1,q2)")).toBe(0);
  });

  // Detailed balance of w₊(l) = (Iγ/βr)(1 − bl)² and w₋(l + 1) = (Iγ/βr)(1 + b(l + 1))². 1e-10: the smallest of these
  // populations are 1e-9, known to a round-off of 1e-19.
  it("leaves the rotor in the load's own detailed balance", () => {
    for (const l of levels) {
      const ratio = apart.of(projector(l + 1)) / apart.of(projector(l));
      expectClose(ratio, ((1 - b * l) / (1 + b * (l + 1))) ** 2, 1e-10);
    }
  });

  // heat(load) = 0 in the relation above: ⟨L²⟩ = (I/βr)/(1 − βr/16I), where equipartition has I/βr.
  it("thermalises the rotor to βr up to O(βr/I)", () => {
    expectClose(apart.of("mean(r.L^2)"), I / βr / (1 - βr / (16 * I)), 1e-10);
    expectClose(apart.of("mean(r.L^2)") / (2 * I), 1 / (2 * βr), βr / I / 15);
  });

  it("has the entropy of its three parts", () => {
    const up = [β1 * B1, 0.3 * β1 * B2].map((x) => 1 / (1 + Math.exp(2 * x)));
    const p = [1];
    for (let l = 0; l < 40; l++) p.push(p[l]! * ((1 - b * l) / (1 + b * (l + 1))) ** 2);
    const both = [...p.slice(1).reverse(), ...p]; // p(−l) = p(l)
    const norm = both.reduce((s, x) => s + x, 0);
    const rotor = shannon(...both.map((x) => x / norm));
    const qubits = up.reduce((s, x) => s + shannon(x, 1 - x), 0);
    expectClose(apart.of("entropy(all)"), rotor + qubits, 1e-9);
  });
});

it("without its load the rotor has no steady state, and none is reported", () => {
  expect(() => steady(text, { equation: "unloaded" })).toThrow(/not-vouched.*E501/s);
});
