import { describe, expect, it } from "vitest";
import { compileText } from "../model-text.ts";
import { expectClose, steady } from "../physics/steady.ts";

/** A qubit with splitting 2·field between two baths, the colder of which couples with an amplitude. */
const engine = (field: string, amplitude: string, ...more: readonly string[]): string => `
model m
parameter x = 0.5
subsystem q : qubit
subsystem r : rotor(l in 0..1)
hamiltonian { free ${field}*q.σz + r.L }
bath cold  : bosonic { β = 1; couples ${amplitude}*q.σ⁻ }
bath hot   : bosonic { β = 0.2; couples q.σ⁻ }
bath noise : jumps { jump 0.1*exp(i*r.φ); jump 0.1*exp(-i*r.φ) }
equation e { local cold, hot; jumps noise }
${more.join("\n")}
`;

describe("numbers that a quantity can calculate with, a model can be made of", () => {
  it.each([
    ["abs(3 + 4*i)", 5],
    ["abs((1 + i)*x)", Math.SQRT1_2],
    ["abs(exp(i*x) - 1)", 2 * Math.sin(0.25)],
    ["abs(x/(1 + i*x))", 0.5 / Math.sqrt(1.25)],
    ["im((2 + i)^65)/5^32", ((angle) => Math.sqrt(5) * Math.sin(65 * angle))(Math.atan2(1, 2))],
    ["re(i^(6/3))*(-1)", 1],
  ])("%s", (expression, value) => {
    const inModel = steady(engine(expression, "1"));
    expectClose(inModel.of("mean(q.σz)"), steady(engine(String(value), "1")).of("mean(q.σz)"), 1e-9);
    const inQuantity = steady(engine("1", "1"), { quantities: [expression] });
    expectClose(inQuantity.of(Object.keys(inQuantity.quantities).at(-1)!), value, 1e-9);
  });

  it("also as amplitudes, whose modulus counts", () => {
    const plain = steady(engine("1", "x"));
    for (const amplitude of ["x*(1 + i)/abs(1 + i)", "i*x", "x*exp(0.7*i)"]) {
      expectClose(steady(engine("1", amplitude)).of("heat(hot)"), plain.of("heat(hot)"), 1e-12);
    }
  });

  it.each([
    ["(1 + i)^x", "E223 a power of a complex number that is not whole has more than one value"],
    ["2^i", "E223 a complex exponent has more than one value"],
    ["sqrt(i)", "E223 sqrt of a complex number is not defined here"],
  ])("and neither of %s", (expression, message) => {
    for (const text of [engine("1", expression), engine("1", "1", `quantity a = re(${expression})`)]) {
      expect(compileText(text).diagnostics.map((d) => `${d.code} ${d.message}`)).toEqual([message]);
    }
  });
});

describe("multiples of an angle", () => {
  it.each(["exp(i*r.φ/0)", "cos(r.φ*(1/0))", "exp(i*r.φ*1.0000001^600)"])(
    "are whole numbers, which %s has not",
    (jump) => {
      const text = engine("1", "1").replace("jump 0.1*exp(i*r.φ)", `jump ${jump}`);
      expect(compileText(text).diagnostics.map((d) => d.code)).toEqual(["E215"]);
    },
  );

  it("may have an offset that is found wanting where the operator is", () => {
    const text = engine("1", "1").replace("jump 0.1*exp(i*r.φ)", "jump exp(i*r.φ + i/0)");
    expect(compileText(text).diagnostics.map((d) => d.code)).toContain("E405");
  });
});
