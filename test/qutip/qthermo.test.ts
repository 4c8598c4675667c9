import { describe, expect, it } from "vitest";
import { expectClose, steady } from "../physics/steady.ts";
import { ask, askedOf, disagreements, type PeerAnswer, python } from "./peer.ts";

// The global, Redfield and local equations against the baths of qthermo 0.7. See README.md.

type Method = "global" | "redfield" | "local";

const valve = (interaction: string) => (method: Method) =>
  `model heat_valve
parameter ω1 = 1
parameter ω2 = 0.6
parameter g = 0.6
parameter T_hot = 2
parameter T_cold = 1
parameter γ = 0.1
subsystem q1, q2 : qubit
hamiltonian { free ω1/2*q1.σz + ω2/2*q2.σz
  interaction ${interaction} }
bath hot : bosonic { β = 1/T_hot; couples sqrt(γ)*q1.σx }
bath cold : bosonic { β = 1/T_cold; couples sqrt(γ)*q2.σx }
equation e { ${method} hot, cold }`;

/** Beside the names of qthermo_baths.py: the same machines in our language. */
const MODELS = {
  "heat-valve": valve("g*q1.σx*q2.σx"),
  exchange: valve("g*(q1.σ⁺*q2.σ⁻ + h.c.)"),

  refrigerator: (method: Method) => `model refrigerator
parameter ω_c = 1
parameter ω_h = 3
parameter T_c = 1
parameter T_h = 4
parameter T_r = 1.5
parameter g = 0.05
parameter γ = 0.01
subsystem c, h, r : qubit
hamiltonian { free ω_c/2*c.σz + ω_h/2*h.σz + (ω_c + ω_h)/2*r.σz
  interaction g*(c.σ⁺*h.σ⁺*r.σ⁻ + h.c.) }
bath cold : bosonic { β = 1/T_c; couples sqrt(γ)*c.σx }
bath hot : bosonic { β = 1/T_h; couples sqrt(γ)*h.σx }
bath room : bosonic { β = 1/T_r; couples sqrt(γ)*r.σx }
equation e { ${method} cold, hot, room }`,

  chain: (method: Method) => `model chain
parameter ω1 = 1
parameter ω2 = 1.1
parameter ω3 = 1.3
parameter J = 0.2
parameter Δ = 0.5
parameter T_left = 2
parameter T_right = 1
parameter γ = 0.05
subsystem q1, q2, q3 : qubit
hamiltonian { free ω1/2*q1.σz + ω2/2*q2.σz + ω3/2*q3.σz
  interaction J/2*(q1.σx*q2.σx + q1.σy*q2.σy + Δ*q1.σz*q2.σz) + J/2*(q2.σx*q3.σx + q2.σy*q3.σy + Δ*q2.σz*q3.σz) }
bath left : bosonic { β = 1/T_left; couples sqrt(γ)*q1.σx }
bath right : bosonic { β = 1/T_right; couples sqrt(γ)*q3.σx }
equation e { ${method} left, right }`,

  transistor: (method: Method) => `model transistor
parameter T_L = 1
parameter T_M = 0.2
parameter T_R = 0.2
parameter ω = 1
parameter zz_left = 1
parameter zz_right = 0.7
parameter γ = 0.001
subsystem l, m, r : qubit
hamiltonian { free ω/2*(l.σz + m.σz + r.σz)
  interaction zz_left*l.σz*m.σz + zz_right*m.σz*r.σz }
bath L : bosonic { β = 1/T_L; couples sqrt(γ)*l.σx }
bath M : bosonic { β = 1/T_M; couples sqrt(γ)*m.σx }
bath R : bosonic { β = 1/T_R; couples sqrt(γ)*r.σx }
equation e { ${method} L, M, R }`,

  maser: (method: Method) => `model maser
parameter ω_c = 1
parameter ω_h = 3
parameter ω = 2
parameter g = 0.05
parameter γ = 0.02
parameter κ = 0.01
parameter T_c = 0.5
parameter T_h = 5
parameter T_cavity = 0.5
subsystem atom : levels(g, x, e)
subsystem field : oscillator(n in 0..4)
hamiltonian { free ω_c*atom.|x><x| + ω_h*atom.|e><e| + ω*field.N
  interaction g*(atom.|x><e|*field.a† + h.c.) }
bath cold : bosonic { β = 1/T_c; couples sqrt(γ)*(atom.|g><x| + h.c.) }
bath hot : bosonic { β = 1/T_h; couples sqrt(γ)*(atom.|g><e| + h.c.) }
bath cavity : bosonic { β = 1/T_cavity; couples sqrt(κ)*(field.a + field.a†) }
equation e { ${method} cold, hot, cavity }`,

  atom: (method: Method) => `model atom
parameter ω_x = 1
parameter ω_e = 2.7
parameter m = 0.2
parameter d = 0.3
parameter γ = 0.01
parameter κ = 0.02
parameter T_hot = 3
parameter T_cold = 0.6
parameter T_side = 1
parameter Ω = 4
parameter ω_ref = 0.8
subsystem a : levels(g, x, e)
hamiltonian { free ω_x*a.|x><x| + ω_e*a.|e><e|
  interaction m*(a.|g><x| + h.c.) }
bath hot : bosonic { β = 1/T_hot; spectrum = ohmic_exponential(cutoff = Ω)
  couples sqrt(γ/ω_ref)*(a.|g><e| + a.|e><g| + d*(a.|e><e| - a.|g><g|)) }
bath cold : bosonic { β = 1/T_cold; spectrum = ohmic_exponential(cutoff = Ω)
  couples sqrt(γ/ω_ref)*(a.|g><x| + a.|x><g| + d*a.|x><x|) }
bath side : bosonic { β = 1/T_side; spectrum = ohmic_exponential(cutoff = Ω)
  couples sqrt(κ/ω_ref)*(a.|x><e| + h.c.) }
equation e { ${method} hot, cold, side }`,
};

interface Point {
  readonly model: keyof typeof MODELS;
  readonly parameters: Readonly<Record<string, number>>;
  readonly methods?: readonly Method[];
}

const ALL = ["global", "redfield", "local"] as const;
const BETWEEN_EIGENSTATES = ["global", "redfield"] as const;

const POINTS: readonly Point[] = [
  { model: "heat-valve", parameters: {} },
  { model: "heat-valve", parameters: { ω2: 1.3, g: 0.02, γ: 0.01, T_hot: 0.4, T_cold: 0.7 } },
  { model: "heat-valve", parameters: { g: 2, T_hot: 20 } },
  { model: "exchange", parameters: {} },
  { model: "exchange", parameters: { ω2: 1.001, g: 0.003, γ: 0.01, T_hot: 1, T_cold: 0.5 } },
  { model: "refrigerator", parameters: {} },
  { model: "refrigerator", parameters: { ω_c: 0.7, ω_h: 2.2, g: 0.002, T_h: 12 } },
  { model: "refrigerator", parameters: { g: 0.6, γ: 0.1, T_r: 3 } },
  { model: "chain", parameters: {} },
  { model: "chain", parameters: { J: 1.5, Δ: -1.2, T_left: 0.6 } },
  { model: "chain", parameters: { ω1: 1, ω2: 2, ω3: 4, J: 0.01, Δ: 2 } },
  { model: "transistor", parameters: {}, methods: BETWEEN_EIGENSTATES },
  { model: "transistor", parameters: { T_M: 0.7, zz_left: 0.3 }, methods: BETWEEN_EIGENSTATES },
  { model: "maser", parameters: {} },
  { model: "maser", parameters: { ω: 1.9, g: 0.3, T_h: 3, T_cavity: 0.8 } },
  { model: "maser", parameters: { ω_h: 4, ω: 3, g: 0.01, κ: 0.05, T_c: 0.3 } },
  { model: "atom", parameters: {}, methods: BETWEEN_EIGENSTATES },
  { model: "atom", parameters: { m: 0.7, d: 1.2, Ω: 2, T_hot: 1 }, methods: BETWEEN_EIGENSTATES },
];

const CASES = POINTS.flatMap((point) => (point.methods ?? ALL).map((method) => ({ ...point, method })));

describe.skipIf(!python)("agreement with qthermo 0.7 to 1e-8", () => {
  const answers = ask<PeerAnswer>(
    "qthermo_baths.py",
    CASES.map(({ model, parameters, method }) => ({ model, parameters, baths: method })),
  );
  it.each(CASES.map((c, k) => [`${c.method} ${c.model} ${JSON.stringify(c.parameters)}`, k] as const))(
    "%s",
    (_, k) => {
      const { model, parameters, method } = CASES[k]!;
      const theirs = answers[k]!;
      const ours = steady(MODELS[model](method), { set: parameters, quantities: askedOf(theirs) });
      expect(Object.keys(theirs.quantities).length).toBeGreaterThan(5);
      expect(disagreements(ours, theirs)).toEqual([]);
    },
  );
});

interface Refusal {
  readonly refused: string;
}

describe.skipIf(!python)("where qthermo 0.7 differs", () => {
  const answers = <Answer = PeerAnswer>(requests: readonly object[]) =>
    ask<Answer>("qthermo_baths.py", requests);

  // The builders of its models take the global baths unless told otherwise (the refrigerator's the local ones).
  it("two resonant qubits under its default, global baths: 72 times the current of its Redfield baths, and of ours", () => {
    const set = { ω1: 1, ω2: 1, g: 1e-3, T_hot: 1, T_cold: 0.5, γ: 0.01 };
    const [byDefault, redfield] = answers(
      BETWEEN_EIGENSTATES.map((baths) => ({ model: "exchange", parameters: set, baths })),
    ).map(({ quantities }) => quantities["heat(hot)"]!) as [number, number];
    const run = (method: string) => steady(MODELS.exchange(method as Method), { set });
    const ours = (method: string) => run(method).of("heat(hot)");
    expect(run("global").codes).toContain("W505");
    expectClose(byDefault, 1.223642e-3, 1e-6);
    expectClose(byDefault, ours("global"), 1e-8);
    expectClose(redfield, 1.698546e-5, 1e-6);
    expectClose(redfield, ours("redfield"), 1e-8);
    expectClose(byDefault / redfield, 72.04, 1e-3);
    expectClose(ours("unified"), redfield, 1e-3);
  });

  // Levels and frequencies count as equal within 1e-9 times the width of the spectrum or times 1, whichever is larger.
  it("small units: its frequencies run together, ours scale", () => {
    const scaled = (s: number) => ({
      ω1: s,
      ω2: 1.2 * s,
      g: 0.3 * s,
      T_hot: s,
      T_cold: 0.5 * s,
      γ: 0.01 * s,
    });
    const request = (s: number) => ({ model: "exchange", parameters: scaled(s), baths: "global" });
    const [one, small] = answers([1, 1.5e-9].map(request)).map(({ quantities }) => quantities["heat(hot)"]!);
    expectClose(one!, 1.0762798e-3, 1e-7);
    expectClose(small! / 1.5e-9 ** 2, 1.1707494e-3, 1e-7);
    const [smaller] = answers<Refusal>([request(1e-9)]);
    expect(smaller!.refused).toContain("no jump operators");
    for (const s of [1, 1.5e-9, 1e-9, 1e-24]) {
      const { of } = steady(MODELS.exchange("global"), { set: scaled(s) });
      expectClose(of("heat(hot)") / s ** 2, one!, 1e-8);
    }
  });

  // J·n of a flat J diverges at ω = 0. We ask for a spectrum; qthermo takes the rate to be 0.
  it("a flat spectrum where levels of equal energy are joined: a result of its, none of ours", () => {
    const [{ quantities }] = answers([{ model: "atom", parameters: { flat: 1 }, baths: "global" }]) as [
      PeerAnswer,
    ];
    expectClose(quantities["heat(hot)"]!, 4.8971381e-3, 1e-7);
    const flat = MODELS.atom("global").replaceAll(/ohmic_exponential\(cutoff = Ω\)/g, "flat");
    expect(() => steady(flat)).toThrow("no finite limit at ω = 0");
  });
});
