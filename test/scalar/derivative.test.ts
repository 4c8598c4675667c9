import { describe, expect, it } from "vitest";
import { canonicalFromScalar, NoCanonicalForm } from "../../src/scalar/canonical-from-scalar.ts";
import { compileComplex } from "../../src/scalar/compile.ts";
import { derivative } from "../../src/scalar/derivative.ts";
import { SCALAR_FUNCTIONS } from "../../src/scalar/functions.ts";
import { binary, call, number, type Scalar, symbol } from "../../src/scalar/scalar.ts";
import { scalarFromCanonical } from "../../src/scalar/scalar-from-canonical.ts";

const t = symbol("p0");
const slot = (name: string) => (name === "p0" ? 0 : -1);

/** Both sides at a point: the derivative as a formula, and a difference of fourth order. */
function sides(node: Scalar, at: number): readonly [number, number] {
  const { re } = compileComplex(node, slot);
  const h = 1e-3;
  const difference = (8 * (re([at + h]) - re([at - h])) - (re([at + 2 * h]) - re([at - 2 * h]))) / (12 * h);
  const formula = scalarFromCanonical(derivative(canonicalFromScalar(node), "p0"));
  return [compileComplex(formula, slot).re([at]), difference];
}

const smooth = [...SCALAR_FUNCTIONS.keys()].filter((name) => !["floor", "sign"].includes(name));

describe("derivatives", () => {
  it.each(smooth)("of %s", (name) => {
    const inner = binary("/", binary("^", t, number(2)), number(3));
    const node = ["min", "max"].includes(name) ? call(name, inner, t, number(0.9)) : call(name, inner);
    for (const at of [0.4, 1.1]) {
      const [formula, difference] = sides(node, at);
      expect(Math.abs(formula - difference)).toBeLessThan(1e-9 * Math.max(1, Math.abs(formula)));
    }
  });

  it("of quotients, powers and what does not depend on the symbol", () => {
    const quotient = binary("/", call("sin", t), binary("+", number(2), binary("^", t, number(3))));
    const power = binary("^", binary("+", t, number(1)), binary("*", number(0.3), t));
    for (const node of [quotient, power]) {
      const [formula, difference] = sides(node, 0.7);
      expect(Math.abs(formula - difference)).toBeLessThan(1e-10);
    }
    expect(derivative(canonicalFromScalar(call("sin", symbol("p1"))), "p0").numerator.size).toBe(0);
  });

  it.each(["floor", "sign"])("there is none of %s, which makes jumps", (name) => {
    expect(() => derivative(canonicalFromScalar(call(name, t)), "p0")).toThrow(NoCanonicalForm);
  });
});
