import fc from "fast-check";
import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { ancillaKinds, ancillaPoints } from "../../src/lower/ancillas.ts";
import { collisionLowering } from "../../src/lower/collision-lowering.ts";
import { collisions } from "../../src/lower/collision-map.ts";
import { initialWindows, productBasis } from "../../src/lower/window.ts";
import { compileClean } from "../model-text.ts";
import {
  adjoint,
  type Complex,
  complex,
  exponential,
  fixedPoint,
  identity,
  lowering,
  minusI,
  numbers,
  parts,
  plus,
  scaled,
  tensor,
  thermal,
  times,
  traceOf,
  traceOut,
} from "./dense-collision.ts";
import { expectClose, fermi, steady } from "./steady.ts";

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** The slope of log error against log τ, by least squares. */
function slope(durations: readonly number[], errors: readonly number[]): number {
  const [x, y] = [durations.map(Math.log), errors.map(Math.log)];
  const mean = (v: readonly number[]) => v.reduce((a, b) => a + b, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  return x.reduce((s, v, k) => s + (v - mx) * (y[k]! - my), 0) / x.reduce((s, v) => s + (v - mx) ** 2, 0);
}

/** Fits the order at which each quantity of `finite` goes to that of `limit` as the parameter t goes to zero. */
function expectFirstOrder(text: string, keys: readonly string[], durations: readonly number[]): void {
  const limit = steady(text, { equation: "limit", quantities: keys });
  const points = durations.map((t) => steady(text, { equation: "finite", quantities: keys, set: { t } }));
  for (const key of keys) {
    const errors = points.map(({ of }) => Math.abs(of(key) - limit.of(key)));
    // what does not depend on τ at all has converged already
    if (errors.every((e) => e <= 1e-11 * Math.abs(limit.of(key)) + 1e-15)) continue;
    const found = slope(durations, errors);
    expect(Math.abs(found - 1), `${key}: errors ${errors.join(", ")}`).toBeLessThan(0.05);
  }
}

const QUBITS = `
model qubits
parameter t = 0.01
subsystem q1, q2 : qubit
hamiltonian {
  free q1.σz + 1.5*q2.σz
  interaction 0.3*(q1.σ⁺*q2.σ⁻ + h.c.)
}
bath cold : bosonic { β = 1;   role = cold; couples 0.5*q1.σ⁻ }
bath hot  : bosonic { β = 0.4; role = hot;  couples 0.6*q2.σ⁻ }
equation finite { collision cold, hot with { τ = t } }
equation limit { local cold, hot }
quantity population = mean(q1.|up><up|)
quantity coherence = im(mean(q1.σ⁺*q2.σ⁻))
quantity real_coherence = re(mean(q1.σ⁺*q2.σ⁻))
`;

describe("the limit of short collisions", () => {
  // ‖H‖ is 2.52 on the whole space, so that ‖H‖τ ≤ 0.05 up to τ = 0.02
  it("is the local equation, at first order in τ: populations, coherence, heats and work of two qubits", () => {
    expectFirstOrder(
      QUBITS,
      ["population", "mean(q2.σz)", "coherence", "real_coherence", "heat(cold)", "heat(hot)", "work"],
      [0.02, 0.01, 0.005, 0.0025],
    );
  });

  it("holds with jumps and a local bath inside the collision", () => {
    const text = QUBITS.replace("bath hot ", "bath noise : jumps { β = 1; jump 0.4*q2.σx }\nbath hot ")
      .replace("collision cold, hot with { τ = t }", "local cold; collision hot with { τ = t }; jumps noise")
      .replace("{ local cold, hot }", "{ local cold, hot; jumps noise }")
      .replace("couples 0.6*q2.σ⁻", "couples 0.6*q2.σ⁻; spectrum = ohmic(cutoff = 5)");
    expectFirstOrder(
      text,
      ["population", "mean(q2.σz)", "coherence", "heat(cold)", "heat(hot)", "heat(noise)"].concat([
        "work",
        "work(cold)",
        "work(hot)",
        "work(noise)",
      ]),
      [0.02, 0.01, 0.005],
    );
  });

  it("holds for a coupling of several frequencies, Hermitian and inverted ones, at zero temperature", () => {
    const text = `
model split
parameter t = 0.01
subsystem a, b : qubit
hamiltonian {
  free a.σz - 0.7*b.σz + 0.2*a.σz*b.σz
  interaction 0.3*(a.σ⁺*b.σ⁻ + h.c.)
}
bath cold : bosonic { β = inf; couples 0.5*a.σx }
bath hot  : bosonic { β = 6; couples 0.6*b.σ⁻; spectrum = ohmic(cutoff = 4) }
equation finite { collision cold, hot with { τ = t } }
equation limit { local cold, hot }
`;
    expectFirstOrder(text, ["mean(a.σz)", "heat(cold)", "heat(hot)", "work"], [0.01, 0.005]);
  });

  it("holds for fermionic leads: odd couplings, particles and chemical work", () => {
    const text = `
model dots
parameter t = 0.01
subsystem left, right : mode
hamiltonian {
  free 2*left.n + 1.5*right.n
  interaction 0.3*(left.c†*right.c + h.c.) + 0.8*left.n*right.n
}
bath drain  : fermionic { β = 2; couples 0.4*right.c }
bath source : fermionic { β = 0.5; μ = 0.4; couples 0.5*left.c }
equation finite { collision source, drain with { τ = t } }
equation limit { local source, drain }
quantity hopping = im(mean(left.c†*right.c))
`;
    expectFirstOrder(
      text,
      ["mean(left.n)", "mean(right.n)", "hopping", "heat(source)", "heat(drain)", "particles(source)"].concat(
        ["work", "chemical_work(source)"],
      ),
      [0.01, 0.005, 0.0025],
    );
  });
});

describe("ancillas and operators of different statistics", () => {
  const machine = (subsystems: string, free: string, interaction: string, baths: readonly string[]) => `
model m
parameter t = 0.01
subsystem ${subsystems}
hamiltonian {
  free ${free}
  interaction ${interaction}
}
${baths.map((b, k) => `bath b${k} : ${b}`).join("\n")}
equation finite { collision ${baths.map((_, k) => `b${k}`).join(", ")} with { τ = t } }
equation limit { local ${baths.map((_, k) => `b${k}`).join(", ")} }
`;
  const durations = [0.004, 0.002, 0.001];

  it("a fermionic lead on qubits", () => {
    const baths = ["fermionic { β = 1; couples 0.5*a.σ⁻ }", "fermionic { β = 3; couples 0.4*b.σ⁻ }"];
    const text = machine("a, b : qubit", "a.σz + 1.3*b.σz", "0.3*(a.σ⁺*b.σ⁻ + h.c.) + 0.2*a.σx", baths);
    expectFirstOrder(text, ["mean(a.σz)", "mean(b.σz)", "heat(b0)", "heat(b1)", "work"], durations);
  });

  it("bosonic baths on fermionic modes", () => {
    const baths = ["bosonic { β = 2; couples 0.5*b.c }", "bosonic { β = 3; couples 0.4*a.c }"];
    const text = machine("a, b : mode", "1.5*a.n + 2*b.n", "0.3*(a.c†*b.c + h.c.) + 0.4*a.n*b.n", baths);
    expectFirstOrder(text, ["mean(a.n)", "mean(b.n)", "heat(b0)", "heat(b1)", "work"], durations);
  });

  it("three modes, one lead in their middle, and pairing", () => {
    const baths = ["fermionic { β = 2; couples 0.5*y.c }", "fermionic { β = 0.6; couples 0.4*z.c }"];
    const text = machine(
      "x, y, z : mode",
      "1.5*x.n + 2*y.n + 1.1*z.n",
      "0.5*(x.c†*y.c + h.c.) + 0.4*(y.c†*z.c + h.c.) + 0.3*(x.c*z.c + h.c.)",
      baths,
    );
    expectFirstOrder(text, ["mean(x.n)", "mean(y.n)", "heat(b0)", "heat(b1)", "work"], durations);
  });
});

describe("one resonant bath", () => {
  it.each([0.001, 0.3, 2, 17])("brings a qubit to its Gibbs state, at τ = %s, without work", (t) => {
    const text = `
model one
parameter t = 1
subsystem q : qubit
hamiltonian { free 0.8*q.σz }
bath b : bosonic { β = 1.3; couples 0.7*q.σ⁻ }
equation finite { collision b with { tau = t } }
`;
    const { of } = steady(text, { set: { t } });
    expectClose(of("mean(q.σz)"), 2 * fermi(1.3 * 1.6) - 1, 1e-12);
    expectClose(of("heat(b)"), 0, 0, 1e-13 / t);
    expectClose(of("work"), 0, 0, 1e-13 / t);
  });
});

interface Pair {
  readonly ω: readonly [number, number];
  readonly g: number;
  readonly k: number;
  readonly z: number;
  readonly phase: number;
  readonly c: readonly [number, number];
  readonly β: readonly [number, number];
  readonly τ: number;
}

const pair = fc.record<Pair>({
  ω: fc.tuple(between(0.5, 3), between(0.5, 3)),
  g: between(0.1, 1),
  k: between(0, 0.5),
  z: between(-0.5, 0.5),
  phase: between(0, 3),
  c: fc.tuple(between(0.3, 1), between(0.3, 1)),
  β: fc.tuple(between(0.2, 2), between(0.2, 2)),
  τ: between(0.05, 2),
});

const LEVELS = 4;

const pairText = ({ ω, g, k, z, phase, c, β, τ }: Pair, isReversed: boolean): string => {
  const lines = [
    `bath b1 : bosonic { β = ${β[0]}; couples ${c[0]}*q1.σ⁻ }`,
    `bath b2 : bosonic { β = ${β[1]}; couples ${c[1]}*q2.σ⁻ }`,
  ];
  return `
model pair
subsystem ${isReversed ? "q2, q1" : "q1, q2"} : qubit
hamiltonian {
  free ${ω[0] / 2}*q1.σz + ${ω[1] / 2}*q2.σz
  interaction ${g}*(exp(i*${phase})*q1.σ⁺*q2.σ⁻ + h.c.)
  interaction ${k}*(q1.σ⁺*q2.σ⁺ + h.c.) + ${z}*q1.σz*q2.σz
}
${(isReversed ? lines.reverse() : lines).join("\n")}
equation e { collision ${isReversed ? "b2, b1" : "b1, b2"} with { τ = ${τ}; levels = ${LEVELS} } }
quantity x = re(mean(q1.σ⁺*q2.σ⁻))
quantity y = im(mean(q1.σ⁺*q2.σ⁻))
quantity s = re(mean(q1.σ⁺*q2.σ⁺))
`;
};

const SIGMA_MINUS = complex(
  new Matrix([
    [0, 1],
    [0, 0],
  ]),
); // levels down, up
const SIGMA_Z = complex(
  new Matrix([
    [-1, 0],
    [0, 1],
  ]),
);

/** One collision of two qubits: what is left of a state, and the energies that the ancillas lose and H_I/√τ keeps, per time. */
interface DenseCollision {
  readonly after: Complex;
  readonly heats: readonly [number, number];
  readonly work: number;
}

/** The same from dense matrices in the whole space of system and ancillas; nothing is shared with src/. */
function densePair({ ω, g, k, z, phase, c, β, τ }: Pair) {
  const one = identity(2);
  const [s1, s2] = [tensor(SIGMA_MINUS, one), tensor(one, SIGMA_MINUS)];
  const [z1, z2] = [tensor(SIGMA_Z, one), tensor(one, SIGMA_Z)];
  const phased = times(
    complex(Matrix.eye(4).mul(Math.cos(phase)), Matrix.eye(4).mul(Math.sin(phase))),
    adjoint(s1),
    s2,
  );
  const pairing = times(adjoint(s1), adjoint(s2));
  const H = plus(
    scaled(z1, ω[0] / 2),
    scaled(z2, ω[1] / 2),
    scaled(plus(phased, adjoint(phased)), g),
    scaled(plus(pairing, adjoint(pairing)), k),
    scaled(times(z1, z2), z),
  );
  const M = LEVELS ** 2;
  const b = [tensor(lowering(LEVELS), identity(LEVELS)), tensor(identity(LEVELS), lowering(LEVELS))];
  const n = [tensor(numbers(LEVELS), identity(LEVELS)), tensor(identity(LEVELS), numbers(LEVELS))];
  const exchange = [s1, s2].map((s, j) => scaled(tensor(s, adjoint(b[j]!)), c[j]! / Math.sqrt(τ)));
  const whole = plus(
    tensor(H, identity(M)),
    ...n.map((N, j) => tensor(identity(4), scaled(N, ω[j]!))),
    ...exchange,
    ...exchange.map(adjoint),
  );
  const U = exponential(scaled(minusI(whole), τ));
  const eta = tensor(thermal(LEVELS, β[0] * ω[0]), thermal(LEVELS, β[1] * ω[1]));
  const collide = (rho: Complex): DenseCollision => {
    const before = tensor(rho, eta);
    const after = times(U, before, adjoint(U));
    const change = Matrix.sub(after, before);
    const heat = (j: 0 | 1) => -traceOf(tensor(identity(4), scaled(n[j]!, ω[j])), change) / τ;
    // the energy that is left in H_I/√τ is what the work did not bring
    const work = -traceOf(plus(...exchange, ...exchange.map(adjoint)), change) / τ;
    return { after: traceOut(after, M), heats: [heat(0), heat(1)], work };
  };
  const means = (rho: Complex): Record<string, number> => {
    const [re, im] = parts(times(rho, adjoint(s1), s2));
    return {
      "mean(q1.σz)": traceOf(z1, rho),
      "mean(q2.σz)": traceOf(z2, rho),
      x: re.trace(),
      y: im.trace(),
      s: traceOf(rho, pairing),
    };
  };
  return { collide, means, fixed: () => fixedPoint(4, (x) => collide(x).after) };
}

describe("two qubits against dense matrices of system and ancillas", () => {
  it("have the same fixed point, heats and work, whatever the order of declaration", () => {
    const property = fc.property(pair, (p) => {
      const { collide: collideDense, means, fixed } = densePair(p);
      const rho = fixed();
      const { heats, work } = collideDense(rho);
      const dense: Record<string, number> = {
        ...means(rho),
        "heat(b1)": heats[0],
        "heat(b2)": heats[1],
        work,
      };
      const [found, reversed] = [false, true].map((isReversed) => steady(pairText(p, isReversed)));
      for (const [key, value] of Object.entries(dense)) {
        expectClose(found!.of(key), value, 1e-10, 1e-11);
        expectClose(reversed!.of(key), found!.of(key), 1e-12, 1e-12);
      }
      expect(found!.quantities["work(b1)"]).toBeNull();
      const scale = Math.abs(dense["heat(b1)"]!) + Math.abs(dense["heat(b2)"]!);
      expectClose(found!.of("first_law_residual"), 0, 0, 1e-12 * scale + 1e-14);
      expect(found!.of("entropy_production")).toBeGreaterThan(-1e-12);
    });
    fc.assert(property, { numRuns: 8, seed: 11 });
  });
});

describe("collisions one after another", () => {
  it("move a state as dense matrices do, with the heat and work of each, and on to the fixed point", () => {
    const p: Pair = {
      ω: [1.1, 2.3],
      g: 0.4,
      k: 0.2,
      z: 0.3,
      phase: 0.7,
      c: [0.9, 0.6],
      β: [1.4, 0.5],
      τ: 0.9,
    };
    const { model, derived } = compileClean(pairText(p, false));
    const equation = derived.equations[0]!;
    const basis = productBasis(initialWindows(model).windows);
    const kinds = ancillaKinds(equation, model);
    const lowered = collisionLowering(
      equation,
      kinds,
      model,
      basis,
    )([], ancillaPoints(equation, model)([]), [LEVELS, LEVELS]);
    if (lowered.kind !== "lowered") throw new Error(lowered.reason);
    const { map } = lowered;
    const { collide: collideDense, means } = densePair(p);
    // |down, up⟩: the program counts up before down, the matrices here down before up
    let rho = complex(Matrix.diag([0, 1, 0, 0]));
    const start: Float64Array = new Float64Array(map.sector.size);
    start[map.sector.unknown[map.sector.pairOf(2, 2)]!] = 1;
    const populationOf = (unknowns: Float64Array, state: number) =>
      unknowns[map.sector.unknown[map.sector.pairOf(state, state)]!]!;
    let last = start;
    for (const { unknowns, flows, work, energy } of collisions(map, start, 8)) {
      const { after, heats, work: denseWork } = collideDense(rho);
      rho = after;
      for (const [k, heat] of heats.entries()) expectClose(flows[k]!.heat, heat, 1e-10, 1e-12);
      expectClose(work, denseWork, 1e-10, 1e-12);
      expectClose(energy, heats[0] + heats[1] + denseWork, 1e-10, 1e-12);
      const σz = [0, 1, 2, 3].reduce((sum, s) => sum + (s < 2 ? 1 : -1) * populationOf(unknowns, s), 0);
      expectClose(σz, means(rho)["mean(q1.σz)"]!, 1e-11);
      last = unknowns;
    }
    for (const { unknowns } of collisions(map, last, 400)) last = unknowns;
    const σz = [0, 1, 2, 3].reduce((sum, s) => sum + (s < 2 ? 1 : -1) * populationOf(last, s), 0);
    expectClose(σz, steady(pairText(p, false)).of("mean(q1.σz)"), 1e-11);
  });
});

describe("other baths during a collision", () => {
  it("that do almost nothing leave what the unitary map gives", () => {
    const cold = QUBITS.replace("β = 1;", "β = 4;").replace("β = 0.4;", "β = 2;");
    const beside = cold
      .replace("bath hot ", "bath noise : jumps { jump 1e-9*q1.σz }\nbath hot ")
      .replace("τ = t }", "τ = t }; jumps noise");
    for (const t of [0.02, 1.5]) {
      const [alone, together] = [cold, beside].map((text) =>
        steady(text, { equation: "finite", set: { t } }),
      );
      for (const key of ["mean(q1.σz)", "mean(q2.σz)", "heat(cold)", "heat(hot)", "work", "coherence"]) {
        expectClose(together!.of(key), alone!.of(key), 1e-10);
      }
    }
  });
});

describe("the levels of ancillas", () => {
  it("are found so that more of them change nothing, and are told", () => {
    const found = steady(QUBITS, { equation: "finite", set: { t: 0.5 } });
    const { collision } = found.certificate;
    expect(collision?.duration).toBe(0.5);
    expect(collision?.leftOut).toBeLessThan(1e-14);
    expect(collision?.change).toBeLessThan(1e-12);
    const [cold, hot] = [collision!.ancillas.cold![0]!, collision!.ancillas.hot![0]!];
    expect([cold, hot]).toEqual([19, 29]);
    const more = steady(QUBITS.replace("{ τ = t }", "{ τ = t; levels = 40 }"), {
      equation: "finite",
      set: { t: 0.5 },
    });
    for (const key of ["mean(q1.σz)", "heat(cold)", "heat(hot)", "work", "coherence"]) {
      expectClose(found.of(key), more.of(key), 1e-11);
    }
    expect(more.certificate.collision?.change).toBeNull();
  });

  it("are those of an ancilla for each of a bath's Bohr frequencies", () => {
    const text = QUBITS.replace("couples 0.5*q1.σ⁻ }", "couples 0.5*q1.σ⁻; couples 0.1*q2.σ⁻ }").replace(
      "β = 1;",
      "β = 4;",
    );
    const { certificate, of } = steady(text, { equation: "finite", set: { t: 0.5 } });
    expect(certificate.collision?.ancillas.cold).toHaveLength(2);
    expectClose(of("first_law_residual"), 0, 0, 1e-12);
  });
});

describe("a qubit with jumps inside its collisions, against the exponential of the whole Liouvillian", () => {
  const [ω, g, γ, τ, β] = [1.3, 0.4, 0.5, 0.8, 0.9];
  const text = `
model one
subsystem q : qubit
hamiltonian {
  free ${ω / 2}*q.σz
  interaction ${g}*q.σx
}
bath b : bosonic { β = ${β}; couples 0.7*q.σ⁻ }
bath load : jumps { β = 2; jump ${γ}*q.σ⁻*exp(i*0.3) + 0.2*q.σz }
equation e { collision b with { τ = ${τ}; levels = 3 }; jumps load }
`;

  it("has the same state, heats and works", () => {
    const [m, D] = [3, 6];
    const [sm, b] = [tensor(SIGMA_MINUS, identity(m)), tensor(identity(2), lowering(m))];
    const H0 = tensor(scaled(SIGMA_Z, ω / 2), identity(m));
    const V = tensor(scaled(plus(SIGMA_MINUS, adjoint(SIGMA_MINUS)), g), identity(m));
    const HB = tensor(identity(2), scaled(numbers(m), ω));
    const exchange = scaled(times(sm, adjoint(b)), 0.7 / Math.sqrt(τ));
    const H = plus(H0, V, HB, exchange, adjoint(exchange));
    const phase = complex(Matrix.eye(D).mul(Math.cos(0.3)), Matrix.eye(D).mul(Math.sin(0.3)));
    const jump = plus(scaled(times(phase, sm), γ), scaled(tensor(SIGMA_Z, identity(m)), 0.2));
    const loss = scaled(times(adjoint(jump), jump), -0.5);
    const drift = plus(minusI(H), loss);
    // row by row, vec(AρB) = (A ⊗ Bᵀ) vec ρ; the transpose of a complex matrix is the conjugate of its adjoint
    const transposed = (a: Complex) => {
      const [re, im] = parts(a);
      return complex(re.transpose(), im.transpose());
    };
    const left = (a: Complex) => tensor(a, identity(D));
    const right = (a: Complex) => tensor(identity(D), transposed(a));
    const dissipator = plus(times(left(jump), right(adjoint(jump))), left(loss), right(loss));
    const L = plus(left(drift), right(adjoint(drift)), times(left(jump), right(adjoint(jump))));
    // e^{[[L, 1], [0, 0]]τ} holds the integral of e^{Lt} beside e^{Lτ}
    const size = L.rows;
    const doubled = Matrix.zeros(2 * size, 2 * size);
    doubled.setSubMatrix(Matrix.mul(L, τ), 0, 0).setSubMatrix(Matrix.eye(size).mul(τ), 0, size);
    const both = exponential(doubled);
    const propagator = both.subMatrix(0, size - 1, 0, size - 1);
    const integral = both.subMatrix(0, size - 1, size, 2 * size - 1);
    const vector = (a: Complex) => {
      const [re, im] = parts(a).map((x) => new Matrix(x.to1DArray().map((v) => [v])));
      return complex(re!, im!);
    };
    const square = (v: Complex) => {
      const [re, im] = parts(v).map((x) => Matrix.from1DArray(D, D, x.to1DArray()));
      return complex(re!, im!);
    };
    const applied = (superoperator: Complex, a: Complex) => square(times(superoperator, vector(a)));
    const eta = thermal(m, β * ω);
    const rho = fixedPoint(2, (x) => traceOut(applied(propagator, tensor(x, eta)), m));
    const start = tensor(rho, eta);
    const change = Matrix.sub(applied(propagator, start), start);
    const brought = applied(times(dissipator, integral), start);
    const { of } = steady(text);
    const expected = {
      "mean(q.σz)": traceOf(SIGMA_Z, rho),
      "heat(b)": -traceOf(HB, change) / τ,
      "heat(load)": traceOf(H0, brought) / τ,
      "work(load)": traceOf(V, brought) / τ,
      "work(b)": (traceOf(plus(H0, V, HB), change) - traceOf(plus(H0, V), brought)) / τ,
    };
    for (const [key, value] of Object.entries(expected)) expectClose(of(key), value, 1e-10);
    expectClose(of("first_law_residual"), 0, 0, 1e-12);
  });
});
