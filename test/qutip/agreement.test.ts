import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { modelText, type Steady, steady } from "../physics/steady.ts";

// Set THERMILL_QUTIP_PYTHON to a Python that has QuTiP (README.md) to hold every number against reference.py.

const python = process.env.THERMILL_QUTIP_PYTHON;
if (!python)
  console.log("agreement with QuTiP: skipped, since THERMILL_QUTIP_PYTHON names no Python that has it");

interface Point {
  readonly model: string;
  readonly equation?: string;
  readonly parameters: Readonly<Record<string, number>>;
}

const POINTS: readonly Point[] = [
  { model: "rotor-qubit", parameters: {} },
  { model: "rotor-qubit", parameters: { β2: 0.06 } },
  { model: "rotor-qubit", parameters: { β2: 0.045, χ: 0.3, I: 1.5, γ: 5e-4 } },
  { model: "absorption-refrigerator", parameters: {} },
  { model: "absorption-refrigerator", parameters: { λ: 0.3, Γ: 0.05, T_hot: 20 } },
  { model: "three-level-maser", parameters: {} },
  { model: "three-level-maser", parameters: { ω_hot: 4, T_hot: 2, g: 0.02 } },
  { model: "driven-maser", parameters: {} },
  { model: "driven-maser", parameters: { Δ: -0.3, ε: 0.2, T_hot: 1 } },
  { model: "coupled-qubits", parameters: {} },
  { model: "coupled-qubits", parameters: { T2: 1.2 } },
  { model: "coupled-qubits", parameters: { g: 2, Γ: 0.7 } },
  { model: "optomechanical-cooling", parameters: {} },
  { model: "optomechanical-cooling", parameters: { g: 0.1, T_warm: 1 } },
  { model: "spin-chain", equation: "quiet", parameters: {} },
  { model: "spin-chain", equation: "noisy", parameters: {} },
  { model: "spin-chain", equation: "noisy", parameters: { N: 3, Δ: 1.4, δ: -0.2, κ: 0.05 } },
];

/** What reference.py reports and thermill does not unasked. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  "rotor-qubit": [
    ...transverse("q1", "q2"),
    "mean(r.L^2)",
    "mean(cos(r.φ))",
    "mean(sin(r.φ))",
    "ergotropy(q1,q2)",
  ],
  "absorption-refrigerator": transverse("q_cold", "q_room", "q_hot"),
  "coupled-qubits": transverse("q1", "q2"),
  "optomechanical-cooling": transverse("q"),
};

function transverse(...qubits: readonly string[]): readonly string[] {
  return qubits.flatMap((q) => [`mean(${q}.σx)`, `mean(${q}.σy)`]);
}

const asked = ({ model, parameters }: Point): readonly string[] => {
  if (model !== "spin-chain") return ASKED[model] ?? [];
  return transverse(...Array.from({ length: parameters.N ?? 4 }, (_, j) => `q[${j + 1}]`));
};

interface Answer {
  readonly quantities: Readonly<Record<string, number | string | null>>;
}

/** Of both sides, in the windows that thermill found. */
function answers(executable: string): readonly { readonly ours: Steady; readonly theirs: Answer }[] {
  const ours = POINTS.map((point) =>
    steady(modelText(point.model), {
      set: point.parameters,
      quantities: asked(point),
      ...(point.equation !== undefined && { equation: point.equation }),
    }),
  );
  const requests = POINTS.map((point, k) => ({
    ...point,
    windows: Object.fromEntries(
      Object.entries(ours[k]!.certificate.windows).map(([name, { first, last }]) => [name, [first, last]]),
    ),
  }));
  const script = fileURLToPath(new URL("./reference.py", import.meta.url));
  const output = execFileSync(executable, [script], {
    input: JSON.stringify(requests),
    encoding: "utf8",
    env: { ...process.env, OMP_NUM_THREADS: "1" },
  });
  const theirs = JSON.parse(output) as readonly Answer[];
  return ours.map((point, k) => ({ ours: point, theirs: theirs[k]! }));
}

const isCurrent = (key: string): boolean => /^(heat|work|entropy_production|inflow|current|J$)/.test(key);

/** What vanishes is held to 1e-12: currents of the largest heat, means, entropies and ergotropies as they are. */
const slack = (key: string, { quantities }: Answer): number => {
  if (!isCurrent(key)) return 1e-12;
  const heats = Object.entries(quantities).filter(([name]) => name.startsWith("heat("));
  return 1e-12 * Math.max(...heats.map(([, heat]) => Math.abs(heat as number)));
};

/** What is wrong with one number of ours, if anything; every number is held to 1e-8 of its own size. */
function disagreement(key: string, ours: Steady, theirs: Answer): string | undefined {
  // The chain's currents are asked for as mean(current[j]) too; a residual is round-off on both sides; and edges between
  // regimes have names with thermill alone.
  if (/^mean\(current/.test(key) || key === "first_law_residual") return undefined;
  const [actual, expected] = [ours.quantities[key], theirs.quantities[key]!];
  if (expected === "other") return undefined;
  if (typeof expected !== "number" || typeof actual !== "number") {
    return actual === expected ? undefined : `${key}: ${actual}, not ${expected}`;
  }
  const deviation = Math.abs(actual - expected);
  if (deviation <= Math.max(1e-8 * Math.abs(expected), slack(key, theirs))) return undefined;
  return `${key}: ${actual}, not ${expected}`;
}

describe.skipIf(!python)("agreement with QuTiP to 1e-8", () => {
  const pairs = python ? answers(python) : [];
  it.each(POINTS.map((point, k) => [JSON.stringify(point), k] as const))("%s", (_, k) => {
    const { ours, theirs } = pairs[k]!;
    const keys = Object.keys(theirs.quantities);
    expect(keys.flatMap((key) => disagreement(key, ours, theirs) ?? [])).toEqual([]);
    expect(keys.length).toBeGreaterThan(15);
  });
});
