import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evolve, farthest } from "./evolve.ts";
import { expectClose, modelText, steady } from "./steady.ts";

// Pairs of quanta come and go, and |0><1| empties the odd levels: p_2k ∝ exp(−2kβ), all other levels empty.
const pairs = (β: number, window = "") =>
  `model m\nkind ladder { basis n in 0..inf; operator N = sum(n) n*|n><n|; operator pair = sum(n) |n-2><n|; operator drain = |0><1| }\nsubsystem o : ladder${window}\nhamiltonian { free o.N }\nbath c : bosonic { β = ${β}; couples o.pair }\nbath d : jumps { jump o.drain }\nequation e { local c; jumps d }\nquantity N = mean(o.N)\n`;

describe("automatic windows", () => {
  it("do not take the empty level between two populated ones for the end", () => {
    for (const β of [0.1, 0.5, 2]) {
      const point = steady(pairs(β));
      expectClose(point.of("N"), 2 / Math.expm1(2 * β), 1e-9);
    }
  });

  it("are not needed where a window is stated, whose last two levels are looked at", () => {
    expect(steady(pairs(0.1, "(n in 0..7)")).codes).toEqual(["W501"]);
    expect(steady(pairs(0.1, "(n in 0..8)")).codes).toEqual(["W501"]);
  });
});

describe("roles", () => {
  const machine = (baths: string, names: string) =>
    `model m\nsubsystem q : qubit\nhamiltonian { free q.σz }\n${baths}\nequation e { local ${names} }\n`;

  it("of two thermal baths are found beside a thermal load", () => {
    const load = "bath l : bosonic { β = 9; role = load; couples 0.01*q.σ⁻ }";
    const bath = (name: string, β: number) => `bath ${name} : bosonic { β = ${β}; couples 0.1*q.σ⁻ }`;
    const point = steady(machine(`${bath("a", 1)}\n${bath("b", 0.5)}\n${load}`, "a, b, l"));
    expectClose(point.of("carnot_efficiency"), 0.5, 1e-12);
    expect(steady(machine(`${bath("a", 1)}\n${load}`, "a, l")).quantities.carnot_efficiency).toBeNull();
  });
});

const text = modelText("rotor-qubit");

describe("automatic windows of the reference model", () => {
  const machine = fc.record({
    β2: fc.double({ min: 0.015, max: 0.09, noNaN: true }),
    B2: fc.double({ min: 6, max: 12, noNaN: true }),
    χ: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
    γ: fc.double({ min: 5e-5, max: 5e-4, noNaN: true }),
    I: fc.double({ min: 0.8, max: 1.5, noNaN: true }),
    λ: fc.double({ min: 0.03, max: 0.3, noNaN: true }),
  });

  it("give what windows three times as wide give, at twenty random machines", () => {
    fc.assert(
      fc.property(machine, (set) => {
        const quantities = ["mean(r.L^2)", "ergotropy(q1,q2)"];
        const automatic = steady(text, { set, quantities });
        const { first, last } = automatic.certificate.windows.r!;
        expect(automatic.certificate.wider!.change).toBeLessThan(1e-9);
        const width = last - first + 1;
        const wide = text.replace(
          /subsystem r : rotor.*/,
          `subsystem r : rotor(l in ${first - width}..${last + width})`,
        );
        const reference = steady(wide, { set, quantities });
        const scale = Math.abs(reference.of("heat(hot)"));
        for (const key of ["heat(cold)", "heat(hot)", "heat(load)", "work"]) {
          const off = Math.abs(automatic.of(key) - reference.of(key));
          expect(off, key).toBeLessThan(1e-9 * scale);
          // what the certificate says of it is the change in windows a sixth wider: the rest is far less
          const said = automatic.certificate.wider!.quantities![key]!;
          expect(off, key).toBeLessThan(10 * said + 1e-12 * scale);
        }
        for (const key of ["mean(r.L)", "mean(r.L^2)", "ergotropy(all)"]) {
          const exact = reference.of(key);
          // an ergotropy sorts populations: the smallest meet the highest levels
          const tolerance = key.startsWith("ergotropy") ? 1e-8 : 1e-9;
          expect(Math.abs(automatic.of(key) - exact), key).toBeLessThan(
            tolerance * Math.max(1, Math.abs(exact)),
          );
        }
        const { most } = automatic.certificate.wider!;
        expect(Object.keys(automatic.certificate.wider!.quantities!)).toContain(most!.quantity);
        expect(most!.relative).toBeLessThan(1e-8);
      }),
      { numRuns: 20, seed: 5 },
    );
  }, 60_000);
});

describe("automatic windows of the reference model in time", () => {
  const machine = fc.record({
    β2: fc.double({ min: 0.02, max: 0.09, noNaN: true }),
    χ: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
    I: fc.double({ min: 0.8, max: 1.5, noNaN: true }),
    λ: fc.double({ min: 0.1, max: 0.5, noNaN: true }),
  });

  it("give what windows three times as wide give, of a packet that drifts", () => {
    const moves: number[] = [];
    fc.assert(
      fc.property(machine, (set) => {
        const sets = Object.entries(set).map(([name, value]) => `${name}=${value}`);
        const over = (window: string) =>
          evolve(
            text
              .replace(/subsystem r : rotor.*/, `subsystem r : rotor${window}`)
              .replace(
                /(experiment running_away[^{]*\{)[^}]*\{[^}]*\}[^}]*\}/,
                "$1 evolve unloaded from start over time in [1, 300, 10000]; record mean(r.L), mean(r.L^2), entropy(all) }",
              ),
            { experiment: "running_away", sets },
          );
        const automatic = over("");
        const { first, last } = automatic.certificate.windows.r!;
        const width = last - first + 1;
        const wide = over(`(l in ${first - width}..${last + width})`);
        moves.push(automatic.certificate.moves);
        for (const [key, column] of Object.entries(wide.quantities)) {
          if (column.some((x) => x === null)) continue;
          const exact = wide.of(key);
          const scale = Math.max(1, ...exact.map(Math.abs));
          expect(farthest(automatic.of(key), exact), key).toBeLessThan(1e-9 * scale);
        }
      }),
      { numRuns: 3, seed: 5 },
    );
    expect(Math.max(...moves)).toBeGreaterThan(0);
  }, 60_000);
});
