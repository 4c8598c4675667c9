import { describe, expect, it } from "vitest";
import { runSteady } from "../../src/run-steady.ts";
import { compileText } from "../model-text.ts";
import { expectClose, steady } from "../physics/steady.ts";

/** A qubit of splitting 2B at β = 1, so that its mean σz is −tanh B, with further declarations. */
const qubit = (...declarations: readonly string[]): string => `
model m
parameter B = 1
subsystem q : qubit
hamiltonian { free B*q.σz }
bath cold : bosonic { β = 1; couples q.σ⁻ }
equation e { local cold }
${declarations.join("\n")}
`;

/** What the diagnostics of a model say, as code, message and fix. */
const complaints = (text: string): string[] =>
  runSteady(compileText(text), {}).diagnostics.map((d) =>
    [d.code, d.message, ...(d.fix ? [`(${d.fix})`] : [])].join(" "),
  );

const σz = (B: number): number => -Math.tanh(B);

describe("quantities with arguments", () => {
  it("have the values of their arguments, however these are written", () => {
    const { of } = steady(
      qubit(
        "quantity F(x) = x*mean(q.σz)",
        "quantity G(x) = F(x)",
        "quantity by_sum = sum(j in 1..3) F(j)",
        "quantity by_arguments = G(1) + G(10)",
        "quantity by_index[j in 1..2] = F(j)",
      ),
    );
    expectClose(of("by_sum"), 6 * σz(1), 1e-12);
    expectClose(of("by_arguments"), 11 * σz(1), 1e-12);
    expectClose(of("by_index[2]"), 2 * σz(1), 1e-12);
  });

  it("do not call themselves, also not by another", () => {
    expect(complaints(qubit("quantity F(x) = F(x - 1)"))).toEqual([
      "E203 the quantity 'F' depends on itself",
    ]);
    expect(complaints(qubit("quantity F(x) = G", "quantity G = F(1)"))[0]).toMatch("E203");
  });

  it.each(["work", "heat(cold)", "v.B"])("have values of the model as arguments, not %s", (argument) => {
    const text = qubit("variant v { B = 2 }", "quantity F(x) = x", `quantity wrong = F(${argument})`);
    expect(complaints(text)).toEqual([
      `E204 the arguments of a quantity are values of the model, and '${argument}' is a quantity`,
    ]);
  });

  it("ask for the part of a complex mean at every value", () => {
    const text = qubit("quantity M[j in 0..1] = mean((1 - j)*q.σz + j*q.σ⁻)");
    expect(complaints(text)).toEqual([
      "E502 mean((1-j)*q.σz+j*q.σ⁻) is complex: its operator is not Hermitian (write re(mean((1-j)*q.σz+j*q.σ⁻)) or im(mean((1-j)*q.σz+j*q.σ⁻)))",
    ]);
  });
});

describe("what a variant is asked for", () => {
  const { of } = steady(
    qubit(
      "parameter N : integer = 2",
      "let D[j in 1..2] = j*B",
      "let f(x) = x*B",
      "let g(x) = f(x) + D[N]",
      "let z = B*(3 + 4*i)",
      "let last = D[2]",
      "variant v { B = 3 }",
      "variant half { B = B/2 }",
      "equation other { local cold }",
      "quantity Q[j in 1..2] = D[j]*mean(q.σz)",
      "quantity through(x) = v.f(x)",
      "quantity element = v.D[1]",
      "quantity derived = v.last",
      "quantity applied = v.f(1)",
      "quantity of_its_own = v.f(B)",
      "quantity applied_twice = v.g(1)",
      "quantity of_an_argument = through(B)",
      "quantity complex = v.abs(z) + re(v.conj(z))",
      "quantity quantity_element = v.Q[2]",
      "quantity part = re(v.mean(q.σz + q.σ⁻))",
      "quantity part_of_a_chain = re(other.v.mean(q.σz + q.σ⁻))",
      "quantity chained = other.v.half.B",
      "quantity chained_element = v.half.D[N]",
      "quantity chained_quantity = v.half.mean(q.σz)",
      "quantity outside = f(1) + D[1]",
    ),
  );

  it.each([
    ["element", 3],
    ["derived", 6],
    ["applied", 3],
    ["of_its_own", 9],
    ["applied_twice", 9],
    ["of_an_argument", 3],
    ["complex", 24],
    ["quantity_element", 6 * σz(3)],
    ["part", σz(3)],
    ["part_of_a_chain", σz(3)],
    ["chained", 1.5],
    ["chained_element", 3],
    ["chained_quantity", σz(1.5)],
    ["outside", 2],
  ])("is so in the changed model: %s", (name, value) => {
    expectClose(of(name), value, 1e-12);
  });

  it("is said with the way that the model writes", () => {
    const text = qubit("variant v { B = 3 }", "quantity complex = v.mean(q.σ⁻)");
    expect(complaints(text)).toEqual([
      "E502 v.mean(q.σ⁻) is complex: its operator is not Hermitian (write re(v.mean(q.σ⁻)) or im(v.mean(q.σ⁻)))",
    ]);
  });

  it.each([
    ["swapp.heat(cold)", "E201 there is no variant or equation 'swapp' (did you mean 'swapped'?)"],
    ["swapp.B", "E201 unknown name 'swapp' (did you mean 'swapped'?)"],
    ["swapped.f.heat(cold)", "E201 'f' is neither a variant nor an equation (did you mean 'e'?)"],
    ["q.heat(cold)", "E204 this cannot be called with arguments"],
  ])("is looked for by a name that is there: %s", (quantity, message) => {
    const text = qubit("variant swapped { B = 3 }", `quantity wrong = ${quantity}`);
    expect(complaints(text)[0]).toMatch(message);
    expect(complaints(text)).toHaveLength(1);
  });

  it("knows no quantity inside a function of the model", () => {
    const text = qubit("variant v { B = 3 }", "let f(x) = x*work", "quantity wrong = v.f(1)");
    expect(complaints(text)[0]).toMatch("E201 unknown name 'work' ('work' is a quantity");
  });
});

describe("a quantity with the name of a standard one", () => {
  it("says nothing about the second law", () => {
    const text = qubit(
      "bath hot : bosonic { β = 0.1; couples q.σ⁻ }",
      "equation both { local cold, hot }",
      "quantity entropy_production = -5",
    ).replace("equation e { local cold }", "");
    expect(complaints(text)).toEqual([
      "W203 'entropy_production' hides the standard quantity 'entropy_production' (rename it, unless that is meant)",
    ]);
  });
});

describe("conditions as quantities", () => {
  it("are conditions where they are used, and 1 or 0 in the report", () => {
    const { of, quantities } = steady(
      qubit(
        "variant v { B = 3 }",
        "quantity cold_enough = mean(q.σz) < -0.9",
        "quantity same = cold_enough",
        "quantity either = same or not v.cold_enough",
        "quantity below(x) = mean(q.σz) < x and not cold_enough",
        "quantity defined = B when below(0)",
        "quantity undefined_here = B when cold_enough",
        "quantity in_variant = B when v.same",
      ),
    );
    expect([of("cold_enough"), of("same"), of("either")]).toEqual([0, 0, 0]);
    expect([of("defined"), of("in_variant")]).toEqual([1, 1]);
    expect(quantities.undefined_here).toBeNull();
  });

  it("are no numbers", () => {
    const text = qubit("quantity t = mean(q.σz) < 0", "quantity u = t + 1");
    expect(complaints(text)).toEqual(["E204 a truth value and a number cannot be joined by '+'"]);
  });
});
