import { describe, expect, it } from "vitest";
import { runSteady } from "../../src/run-steady.ts";
import { compileText } from "../model-text.ts";

/** What is said of a model with these declarations, whose bath couples with an amplitude and whose V is an operator. */
function said(declarations: string, { amplitude = "1", interaction = "0" } = {}): string[] {
  const text = `
model m
parameter x = 0.5
subsystem q : qubit
hamiltonian { free (1 + x)*q.σz; interaction ${interaction} }
bath cold : bosonic { β = 1; couples ${amplitude}*q.σ⁻ }
equation e { local cold }
${declarations}
`;
  return compileText(text).diagnostics.map((d) => `${d.code} ${d.message}`);
}

/** `line(1)` to `line(n)`, one below the other. */
const lines = (n: number, line: (k: number) => string): string =>
  Array.from({ length: n }, (_, k) => line(k + 1)).join("\n");

const TOO_MANY = [
  "E220 with its functions and derived values written out, this has more than the 100000 parts allowed",
];

describe("what a few lines say too much with is refused before it is made", () => {
  it("functions of functions", () => {
    const c = `let c = ${"f(".repeat(30)}x${")".repeat(30)}`;
    expect(said(`let f(a) = a + a\n${c}`, { amplitude: "c" })).toEqual(TOO_MANY);
  });

  it("operators made of operators", () => {
    const doubled = (sign: string) => lines(30, (k) => `let A${k} = A${k - 1} ${sign} A${k - 1}`);
    for (const sign of ["+", "*"]) {
      const text = `let A0 = q.σx + q.σz\n${doubled(sign)}`;
      expect(said(text, { interaction: "1e-9*A30" })).toEqual(TOO_MANY);
    }
    const kind = lines(30, (k) => `operator A${k} = A${k - 1} + A${k - 1}`);
    expect(
      said(`kind own { basis n in 0..inf\noperator A0 = sum(n) n*|n><n|\n${kind} }\nsubsystem o : own`),
    ).toEqual(TOO_MANY);
  });

  it("complex values made of complex values", () => {
    const text = `let z0 = x + i\n${lines(30, (k) => `let z${k} = z${k - 1}*conj(z${k - 1})`)}`;
    expect(said(text, { amplitude: "z30" })).toEqual(TOO_MANY);
  });

  it("angles of functions", () => {
    const angle = `${"f(".repeat(30)}r.φ${")".repeat(30)}`;
    expect(said(`let f(a) = a + a\nsubsystem r : rotor\nlet A = cos(${angle})`)).toEqual(TOO_MANY);
  });

  it("powers of powers", () => {
    const tower = `${"(".repeat(5)}q.σx${"^32)".repeat(5)}`;
    expect(said("", { interaction: tower })).toEqual(TOO_MANY);
    const number = `${"(".repeat(6)}1.5${"^64)".repeat(6)}`;
    expect(said("", { amplitude: number })[0]).toMatch("E405");
    expect(said("", { amplitude: number })[0]).toMatch("more than 3000 digits");
  });

  it("quantities of quantities", () => {
    const variants = `variant v { x = 0.7 }\nquantity a0 = x\n${lines(30, (k) => `quantity a${k} = a${k - 1} + v.a${k - 1}`)}`;
    expect(said(variants)).toEqual(TOO_MANY);
    const functions = `quantity a0(y) = y*work\n${lines(30, (k) => `quantity a${k}(y) = a${k - 1}(y) + a${k - 1}(y)`)}`;
    expect(said(functions)[0]).toMatch("E220");
    const branches = `variant v { x = 0.7 }\nvariant w { x = 1/x }\nquantity a0 = x\n${lines(11, (k) => `quantity a${k} = v.a${k - 1} + w.a${k - 1}`)}`;
    expect(said(branches)).toEqual(["E220 the quantities ask for more than 1000 variants of variants"]);
  });

  it("calls without end in sight", () => {
    const text = `let f0(y) = sum(j in y+1..y) 1\n${lines(30, (k) => `let f${k}(y) = sum(j in f${k - 1}(y)+1..f${k - 1}(y)) 1`)}`;
    expect(said(`${text}\nlet z = f30(1)`)).toEqual([
      "E220 the functions and quantities of this model are called more than 50000 times",
    ]);
  });

  it("arrays upon arrays", () => {
    expect(said(lines(30, (k) => `let D${k}[j in 1..4096] = j`))).toEqual([
      "E220 the arrays and sums of this model have more than 100000 elements together",
    ]);
  });

  it("values that wait for each other in a long chain", () => {
    const text = lines(1000, (k) => `let a${k} = a${k + 1} + 1`);
    expect(said(`${text}\nlet a1001 = x`)[0]).toMatch("E220 this rests on values that rest on others");
  });
});

describe("what is long and not too long is read", () => {
  it("sums and products of thousands of terms", () => {
    const sum = Array.from({ length: 4000 }, () => "x").join("+");
    expect(said("", { amplitude: `1e-4*(${sum})` })).toEqual([]);
    const product = Array.from({ length: 4000 }, () => "q.σx").join("*");
    expect(said("", { interaction: `1e-4*${product}` })).toEqual([]);
  });

  it("quantities that use one another often", () => {
    const text = `quantity a0 = work\n${lines(200, (k) => `quantity a${k} = a${k - 1} + a${k - 1}`)}`;
    expect(said(text)).toEqual([]);
  });

  it("values declared in order, however many", () => {
    expect(said(`let a0 = x\n${lines(2000, (k) => `let a${k} = a${k - 1} + 1`)}`)).toEqual([]);
  });

  it("numbers whose numerator alone is beyond a double", () => {
    const { results, status } = runSteady(
      compileText(`
model m
subsystem q : qubit
hamiltonian { free (1.23456789012e-11^30)*1e300*1e25*q.σz }
bath cold : bosonic { β = 1; couples q.σ⁻ }
equation e { local cold }
`),
      {},
    );
    expect(status).toBe("good");
    const mean = results.results[0]!.rows[0]!.quantities["mean(q.σz)"];
    expect(mean).toBeCloseTo(-Math.tanh(1.23456789012 ** 30 * 1e-5), 10);
  });
});
