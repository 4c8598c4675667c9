import { describe, expect, it } from "vitest";
import { expectClose, steady } from "./steady.ts";

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
