import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Asked, expectClose, modelText, type Steady, steady } from "./steady.ts";

// Two texts of one physical system must give the same numbers. 1e-11 of a current that is not small: different orders of
// the unknowns round differently. What is below 1e-15 is zero.

/** Holds every number of one report to another's, whose keys are the same but for names. */
function expectSame(one: Steady, other: Steady, renamed: (key: string) => string = (key) => key): void {
  for (const [key, value] of Object.entries(one.quantities)) {
    const there = other.quantities[renamed(key)];
    if (typeof value !== "number") expect([key, there]).toEqual([key, value]);
    else expectClose(other.of(renamed(key)), value, 1e-11, 1e-15);
  }
}

const replaced = (text: string, ...changes: readonly (readonly [from: string, to: string])[]): string =>
  changes.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`'${from}' is not in the model`);
    return result.replaceAll(from, to);
  }, text);

/** A qubit, an oscillator and a spin in a row between three baths, with terms that conserve nothing. */
const mixed = `
model mixed
subsystem q : qubit
subsystem m : oscillator(n in 0..3)
subsystem s : spin(j = 1)
hamiltonian {
  free 0.6*q.σz + 1.1*m.N + 1.3*s.Sz
  interaction 0.2*(exp(0.4*i)*q.σ⁺*m.a + h.c.) + 0.15*(m.a†*s.S⁻ + h.c.) + 0.07*q.σx*s.Sx + 0.05*q.σz*m.N
}
bath left   : bosonic   { β = 0.7; couples 0.3*q.σ⁻ }
bath middle : fermionic { β = 1.4; couples 0.2*m.a }
bath right  : bosonic   { β = 2;   couples 0.4*s.S⁻ }
equation e { local left, middle, right }
`;

describe("a model written otherwise", () => {
  const point = steady(mixed);

  it("with h.c. written out", () => {
    const written = replaced(
      mixed,
      ["exp(0.4*i)*q.σ⁺*m.a + h.c.", "exp(0.4*i)*q.σ⁺*m.a + exp(-0.4*i)*m.a†*q.σ⁻"],
      ["m.a†*s.S⁻ + h.c.", "m.a†*s.S⁻ + s.S⁺*m.a"],
    );
    expectSame(point, steady(written));
  });

  it("with other names", () => {
    const names: Readonly<Record<string, string>> = {
      q: "z",
      m: "y",
      s: "x",
      left: "b3",
      middle: "b2",
      right: "b1",
    };
    const renamed = (key: string) => key.replace(/\b(q|m|s|left|middle|right)\b/g, (name) => names[name]!);
    expectSame(
      point,
      steady(mixed.replace(/\b(q|m|s|left|middle|right)\b/g, (name) => names[name]!)),
      renamed,
    );
  });

  it("with its parts, its terms and its baths in another order", () => {
    const lines = mixed.split("\n");
    const subsystems = lines.filter((l) => l.startsWith("subsystem"));
    const baths = lines.filter((l) => l.startsWith("bath"));
    const rest = lines.filter((l) => !l.startsWith("subsystem") && !l.startsWith("bath"));
    const reordered = [rest[1], ...baths.reverse(), ...subsystems.reverse(), ...rest.slice(2)].join("\n");
    expectSame(point, steady(reordered));
    const terms = replaced(
      mixed,
      ["0.6*q.σz + 1.1*m.N + 1.3*s.Sz", "1.3*s.Sz + 0.6*q.σz + 1.1*m.N"],
      ["q.σ⁺*m.a", "m.a*q.σ⁺"],
      ["0.07*q.σx*s.Sx + 0.05*q.σz*m.N", "0.05*m.N*q.σz + 0.07*s.Sx*q.σx"],
      ["left, middle, right", "right, left, middle"],
    );
    expectSame(point, steady(terms));
  });

  it("with qubits as spins 1/2", () => {
    const spins = replaced(mixed, ["q : qubit", "q : spin(j = 1/2)"], ["0.6*q.σz", "1.2*q.Sz"]);
    const written = replaced(
      spins,
      ["q.σ⁺", "q.S⁺"],
      ["q.σ⁻", "q.S⁻"],
      ["q.σx", "2*q.Sx"],
      ["q.σz", "2*q.Sz"],
    );
    const other = steady(written, { quantities: ["2*mean(q.Sz)"] });
    expectSame(point, other, (key) => (key === "mean(q.σz)" ? "2*mean(q.Sz)" : key));
  });

  it("with qubits as named levels", () => {
    const z = "(q.|up><up| - q.|down><down|)";
    const levels = replaced(
      mixed,
      ["q : qubit", "q : levels(up, down)"],
      ["q.σ⁺", "q.|up><down|"],
      ["q.σ⁻", "q.|down><up|"],
      ["q.σx", "(q.|up><down| + q.|down><up|)"],
      ["q.σz", z],
    );
    const other = steady(levels, { quantities: [`mean(${z})`] });
    expectSame(point, other, (key) => (key === "mean(q.σz)" ? Object.keys(other.quantities).at(-1)! : key));
  });

  it("with a qubit as an oscillator of two levels", () => {
    const modes = replaced(
      mixed,
      ["q : qubit", "q : oscillator(n in 0..1)"],
      ["q.σ⁺", "q.a†"],
      ["q.σ⁻", "q.a"],
      ["q.σx", "(q.a + q.a†)"],
      ["0.6*q.σz", "1.2*q.N"],
      ["q.σz", "(2*q.N - 1)"],
    );
    const other = steady(modes, { quantities: ["2*mean(q.N) - 1"] });
    expectSame(point, other, (key) => (key === "mean(q.σz)" ? "2*mean(q.N)-1" : key));
  });

  it("with an oscillator and a spin of its own kinds", () => {
    const own = replaced(
      mixed,
      ["subsystem m : oscillator(n in 0..3)", "subsystem m : mode_of_light(n in 0..3)"],
      ["subsystem s : spin(j = 1)", "subsystem s : triplet(1)"],
      [
        "model mixed",
        `model mixed
kind mode_of_light {
  basis n in 0..inf
  operator a = sum(n) sqrt(n)*|n-1><n|
  operator N = sum(n) n*|n><n|
}
kind triplet(size) {
  basis k in -1..1
  operator S⁺ = sum(k) sqrt(size*(size + 1) - k*(k + 1))*|k+1><k|
  operator S⁻ = sum(k) sqrt(size*(size + 1) - k*(k - 1))*|k-1><k|
  operator Sx = (S⁺ + S⁻)/2
  operator Sz = sum(k) k*|k><k|
}`,
      ],
    );
    expectSame(point, steady(own));
  });

  it("with a channel as two of half its rate", () => {
    const halves = replaced(mixed, ["couples 0.2*m.a", "couples 0.2/sqrt(2)*m.a; couples 0.2/sqrt(2)*m.a"]);
    expectSame(point, steady(halves));
  });

  // The phase of the one exchange is a choice of axes; with the terms that conserve nothing it goes along.
  it("with phases that a rotation about z takes away", () => {
    const straight = replaced(mixed, ["0.07*q.σx*s.Sx + ", ""]);
    expectSame(steady(straight), steady(replaced(straight, ["exp(0.4*i)*q", "exp(-1.3*i)*q"])));
  });

  it("with its thermal bath as explicit jumps", () => {
    const jumps = replaced(
      mixed,
      [
        "bath left   : bosonic   { β = 0.7; couples 0.3*q.σ⁻ }",
        "bath left : jumps { β = 0.7; jump 0.3*sqrt(bose(0.84) + 1)*q.σ⁻; jump 0.3*sqrt(bose(0.84))*q.σ⁺ }",
      ],
      ["local left, middle, right", "local middle, right; jumps left"],
    );
    const other = steady(jumps);
    for (const key of Object.keys(point.quantities)) {
      if (/^(heat|work|mean|entropy|ergotropy|purity)[_(]/.test(key)) {
        expectClose(other.of(key), point.of(key), 1e-11, 1e-15);
      }
    }
  });
});

// The number operators of two oscillators stand in one term of the normal form: a part must still find its own.
it("two oscillators with one of them inverted store the ergotropy of that one", () => {
  const { of } = steady(`
model pumped
subsystem m1, m2 : oscillator(n in 0..1)
hamiltonian { free m1.N + 2*m2.N }
bath b : jumps { jump 0.3*m1.a; jump 0.4*m1.a†; jump 0.3*m2.a }
equation e { jumps b }
`);
  expectClose(of("ergotropy(m1)"), (0.16 - 0.09) / (0.16 + 0.09), 1e-12);
});

describe("a ring of three qubits with a flux", () => {
  const ring = `
model ring
parameter a = 0
parameter b = 0
parameter c = 0
subsystem q[1..3] : qubit
hamiltonian {
  free 1*q[1].σz + 1.1*q[2].σz + 1.2*q[3].σz
  interaction 0.3*(exp(i*a)*q[1].σ⁺*q[2].σ⁻ + exp(i*b)*q[2].σ⁺*q[3].σ⁻ + exp(i*c)*q[3].σ⁺*q[1].σ⁻ + h.c.)
}
bath t[j in 1..3] : bosonic { β = 0.5*j; couples 0.4*q[j].σ⁻ }
equation e { local t }
`;
  const of = (a: number, b: number, c: number) => steady(ring, { set: { a, b, c } });
  const heats = (point: Steady) => [1, 2, 3].map((j) => point.of(`heat(t[${j}])`));

  it("depends on the sum of its phases alone", () => {
    const phases = fc.double({ min: -3, max: 3, noNaN: true });
    const property = fc.property(phases, phases, phases, (flux, a, b) => {
      expectSame(of(flux, 0, 0), of(a, b, flux - a - b), (key) => key);
    });
    const asked = { numRuns: 5, seed: 15 };
    fc.assert(property, asked);
  });

  it("and does depend on it", () => {
    const [none, some, reversed] = [heats(of(0, 0, 0)), heats(of(0.9, 0, 0)), heats(of(-0.9, 0, 0))];
    expect(Math.abs(none[0]! / some[0]! - 1)).toBeGreaterThan(1e-3);
    expect(Math.abs(reversed[0]! / some[0]! - 1)).toBeGreaterThan(1e-6);
  });
});

it("a sum over an array is the terms written one by one", () => {
  const chain = modelText("spin-chain");
  const terms = [1, 2, 3].map(
    (j) => `J*(q[${j}].σx*q[${j + 1}].σx + q[${j}].σy*q[${j + 1}].σy + Δ*q[${j}].σz*q[${j + 1}].σz)`,
  );
  const start = chain.indexOf("  interaction");
  const end = chain.indexOf("}", start);
  const written = `${chain.slice(0, start)}  interaction ${terms.join(" + ")}\n${chain.slice(end)}`;
  expectSame(steady(chain), steady(written));
});

describe("the rotor-qubit machine written otherwise", () => {
  const whole = modelText("rotor-qubit");
  const text = whole.slice(0, whole.indexOf("# Rectification"));
  const asked: Asked = { quantities: ["mean(r.L^2)", "ergotropy(q1,q2)"] };
  const machine = steady(text, asked);
  const jumps = [
    "jump sqrt(2*I*γ/βr)*(cos(r.φ) - i*βr/(4*I)*sin(r.φ)*r.L)",
    "jump sqrt(2*I*γ/βr)*(sin(r.φ) + i*βr/(4*I)*cos(r.φ)*r.L)",
  ] as const;

  /** The load amplifies round-off: its rates are 1e-5 of the baths'. */
  const expectNear = (other: Steady, renamed: (key: string) => string = (key) => key, sign = 1) => {
    for (const [key, value] of Object.entries(machine.quantities)) {
      if (typeof value !== "number" || key === "first_law_residual") continue;
      expectClose(other.of(renamed(key)), (key === "mean(r.L)" ? sign : 1) * value, 1e-10, 1e-17);
    }
  };

  // (c₁ ± i c₂)/√2 = √(Iγ/βr) e^{±iφ}(1 ∓ bL): a unitary mixture of a bath's jumps is the same bath.
  it("with the load's jumps mixed unitarily", () => {
    const mixed = replaced(
      text,
      [jumps[0], "jump sqrt(I*γ/βr)*exp(i*r.φ)*(1 - βr/(4*I)*r.L)"],
      [jumps[1], "jump sqrt(I*γ/βr)*exp(-i*r.φ)*(1 + βr/(4*I)*r.L)"],
    );
    expectNear(steady(mixed, asked));
  });

  it("turning the other way", () => {
    expectNear(steady(replaced(text, ["exp(i*r.φ)", "exp(-i*r.φ)"]), asked), (key) => key, -1);
  });

  it("with a rotor of its own kind", () => {
    const own = replaced(
      text,
      [
        "model rotor_qubit",
        `kind mill {
  basis l in -inf..inf
  operator L = sum(l) l*|l><l|
  operator turn = sum(l) |l+1><l|
}
model rotor_qubit`,
      ],
      ["subsystem r : rotor ", "subsystem r : mill "],
      ["exp(i*r.φ)", "r.turn"],
      [jumps[0], "jump sqrt(2*I*γ/βr)*((r.turn + r.turn†)/2 - βr/(4*I)*(r.turn - r.turn†)/2*r.L)"],
      [jumps[1], "jump sqrt(2*I*γ/βr)*((r.turn - r.turn†)/(2*i) + i*βr/(4*I)*(r.turn + r.turn†)/2*r.L)"],
    );
    expectNear(steady(own, asked));
  });
});

describe("the own Hamiltonian of a part", () => {
  const jumps = (up: number, down: number, raise: string, lower: string) =>
    `jump sqrt(${up})*${raise}\njump sqrt(${down})*${lower}`;

  it("holds nothing of a free term that joins it to another", () => {
    // diagonal populations: q1 is up with probability 9/10, so that its ergotropy is 2B(0.9 − 0.1)
    const text = (free: string) =>
      `model m\nsubsystem q1, q2 : qubit\nparameter B = 1\nhamiltonian { free ${free} }\nbath c : jumps {\n${jumps(0.09, 0.01, "q1.σ⁺", "q1.σ⁻")}\n${jumps(0.01, 0.09, "q2.σ⁺", "q2.σ⁻")} }\nequation e { jumps c }\n`;
    for (const joint of ["5*q1.σz*q2.σz", "5*q1.|up><up|*q2.|up><up|"]) {
      const point = steady(text(`B*q1.σz + B*q2.σz - ${joint}`), { quantities: ["ergotropy(q1)"] });
      expectClose(point.of("ergotropy(q1)"), 1.6, 1e-12);
    }
  });

  it("of a mode is not shifted by the qubit that it is coupled to dispersively", () => {
    // the mode is thermal: it stores nothing, whatever the sign of N − 2N
    const text = `model m\nsubsystem q : qubit\nsubsystem o : oscillator\nhamiltonian { free q.σz + o.N*(1 + 2*q.σz) }\nbath c : jumps {\n${jumps(0.09, 0.49, "o.a†", "o.a")} }\nbath d : jumps { jump 0.3*q.σ⁻ }\nequation e { jumps c, d }\n`;
    const point = steady(text, { quantities: ["ergotropy(o)"] });
    expectClose(point.of("ergotropy(o)"), 0, 0, 1e-12);
  });
});
