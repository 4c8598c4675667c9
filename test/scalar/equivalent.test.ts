import { describe, expect, it } from "vitest";
import { represent } from "../../src/represent.ts";
import { canonicalFromScalar } from "../../src/scalar/canonical-from-scalar.ts";
import { equivalent } from "../../src/scalar/equivalent.ts";
import { binary, call, number, type Scalar, symbol } from "../../src/scalar/scalar.ts";
import { compileClean, compileText } from "../model-text.ts";

const [x, y] = ["p0", "p1"].map(symbol) as [Scalar, Scalar];
const n = symbol("n0");
const minus = (a: Scalar, b: Scalar) => binary("-", a, b);
const times = (a: Scalar, b: Scalar) => binary("*", a, b);
const square = (a: Scalar) => binary("^", a, number(2));

const areEquivalent = (a: Scalar, b: Scalar, lowest?: number) =>
  equivalent(canonicalFromScalar(a), canonicalFromScalar(b), lowest === undefined ? undefined : () => lowest);

describe("expressions with functions", () => {
  it("are not equal for agreeing on a part of the line", () => {
    expect(areEquivalent(call("min", x, number(2)), x)).toBe(false);
    expect(areEquivalent(call("max", x, number(-40)), x)).toBe(false);
    expect(areEquivalent(call("min", x, number(1000)), x)).toBe(false);
    expect(areEquivalent(call("abs", x), x)).toBe(false);
    expect(areEquivalent(call("sqrt", square(x)), x)).toBe(false);
    expect(areEquivalent(call("sign", x), number(1))).toBe(false);
    expect(areEquivalent(call("floor", x), number(0))).toBe(false);
  });

  it("are equal where an identity holds at every point that has a value", () => {
    const one = binary("+", square(call("sin", x)), square(call("cos", x)));
    expect(areEquivalent(one, number(1))).toBe(true);
    expect(areEquivalent(minus(square(call("cosh", x)), square(call("sinh", x))), number(1))).toBe(true);
    expect(areEquivalent(call("sqrt", times(x, y)), times(call("sqrt", x), call("sqrt", y)))).toBe(true);
    expect(areEquivalent(call("abs", call("abs", x)), call("abs", x))).toBe(true);
    expect(areEquivalent(times(call("exp", x), call("exp", y)), call("exp", binary("+", x, y)))).toBe(true);
    expect(areEquivalent(call("sin", call("acos", x)), call("sqrt", minus(number(1), square(x))))).toBe(true);
    const [sx, cx, sy, cy] = [call("sin", x), call("cos", x), call("sin", y), call("cos", y)];
    expect(areEquivalent(call("sin", binary("+", x, y)), binary("+", times(sx, cy), times(cx, sy)))).toBe(
      true,
    );
    expect(areEquivalent(call("max", x, number(2)), call("max", number(2), x))).toBe(true);
  });

  it("of levels are compared at whole numbers of the basis", () => {
    const below = minus(n, number(1));
    const root = call("sqrt", times(n, below));
    expect(areEquivalent(root, times(call("sqrt", n), call("sqrt", below)))).toBe(true);
    expect(areEquivalent(root, n)).toBe(false);
    expect(areEquivalent(call("abs", n), n)).toBe(true);
    expect(areEquivalent(call("abs", n), n, Number.NEGATIVE_INFINITY)).toBe(false);
  });

  it("are not equal where neither has a value", () => {
    const none = call("sqrt", minus(number(-1), square(x)));
    expect(areEquivalent(none, times(number(2), none))).toBe(false);
  });
});

describe("what a model writes with functions", () => {
  it("has one channel for each frequency that is one only on a part of the line", () => {
    const text = (frequency: string) =>
      `model m\nparameter B = 5\nsubsystem q1, q2 : qubit\nhamiltonian { free B*q1.σz + ${frequency}*q2.σz }\nbath c : bosonic { β = 0.3; couples q1.σ⁻ + q2.σ⁻ }\nequation e { local c }\n`;
    const jumps = (frequency: string) =>
      (represent(compileClean(text(frequency)), "equation") as { dissipators: { jumps: unknown[] }[] }[])[0]!
        .dissipators[0]!.jumps;
    expect(jumps("min(B, 2)")).toHaveLength(4);
    expect(jumps("(B*sin(1)^2 + B*cos(1)^2)")).toHaveLength(2);
  });

  it("is Hermitian, or not, by what holds at every level and value", () => {
    const kind =
      "kind k { basis n in 0..inf; operator b = sum(n) sqrt(n)*|n-1><n|; operator N = sum(n) n*|n><n|; operator s = sum(n) sqrt(n*(n-1))*|n-2><n| }";
    const codes = (subsystems: string, hamiltonian: string, coupling: string) =>
      compileText(
        `model m\nparameter x = -1\n${subsystems}\nhamiltonian { ${hamiltonian} }\nbath c : bosonic { β = 1; couples ${coupling} }\nequation e { local c }\n`,
      ).diagnostics.map((d) => d.code);
    expect(codes(`${kind}\nsubsystem o : k`, "free x^2*o.N; interaction 0.01*(o.s + o.b†^2)", "o.b")).toEqual(
      [],
    );
    expect(codes("subsystem q : qubit", "free q.σz; interaction i*(abs(x) - x)*q.σx", "q.σ⁻")).toEqual([
      "E401",
    ]);
  });
});
