import { describe, expect, it } from "vitest";
import { evolve, farthest, largest } from "./evolve.ts";
import { expectClose, steady } from "./steady.ts";

// A qubit in the vacuum under a resonant drive: the optical Bloch equations.

const fluorescing = (frame: string) => `model fluorescing
parameter ω = 3
parameter Δ = 0
parameter Ω = 0.8
parameter γ = 0.2
let ω_d = ω + Δ
subsystem q : qubit
hamiltonian {
  free ω/2*q.σz
  drive Ω/2*(exp(i*ω_d*time)*q.σ⁻ + h.c.)
  ${frame}
}
bath vacuum : bosonic { β = inf; couples sqrt(γ)*q.σ⁻ }
equation bloch { local vacuum }
state ground { q = |down> }
experiment e {
  evolve bloch from ground over time in linear(0, 30, 61)
  record mean(q.|up><up|), energy, drive_power, accumulated_drive_work, work(vacuum)
}
`;
const FRAME = "frame ω_d/2*q.σz";

const [ω, Ω, γ] = [3, 0.8, 0.2];
const [a, μ] = [(3 * γ) / 4, Math.sqrt(Ω ** 2 - γ ** 2 / 16)];
const K = Ω ** 2 / (γ ** 2 + 2 * Ω ** 2);

/** Torrey's solution on resonance from the ground state: the population of the upper level. */
const upper = (t: number): number =>
  K * (1 - Math.exp(-a * t) * (Math.cos(μ * t) + (a / μ) * Math.sin(μ * t)));

/** ∫₀^t of it. */
function integral(t: number): number {
  const [e, c, s] = [Math.exp(-a * t), Math.cos(μ * t), Math.sin(μ * t)];
  const ofCosine = (e * (μ * s - a * c) + a) / (a ** 2 + μ ** 2);
  const ofSine = (μ - e * (a * s + μ * c)) / (a ** 2 + μ ** 2);
  return K * (t - ofCosine - (a / μ) * ofSine);
}

describe.each([
  ["in the laboratory", fluorescing("")],
  ["in the frame of the drive", fluorescing(FRAME)],
])("Rabi oscillation with spontaneous emission, %s", (_, text) => {
  const run = evolve(text);
  const times = run.times as number[];

  it("is Torrey's solution", () => {
    expect(run.codes).toEqual([]);
    expect(farthest(run.of("mean(q.|up><up|)"), times.map(upper))).toBeLessThan(1e-11);
  });

  // On resonance the interaction energy vanishes, so that U = ω(p − 1/2) and what the drive puts in is what p gains and
  // what has been radiated.
  it("takes from the drive what it stores and radiates", () => {
    const work = times.map((t) => ω * (upper(t) + γ * integral(t)));
    expect(farthest(run.of("accumulated_drive_work"), work)).toBeLessThan(1e-10);
    expect(
      farthest(
        run.of("accumulated_heat(vacuum)"),
        times.map((t) => -ω * γ * integral(t)),
      ),
    ).toBeLessThan(1e-10);
    expect(largest(run.of("work(vacuum)"))).toBeLessThan(1e-11);
  });

  it("keeps the first law, the trace and positivity all along", () => {
    expect(largest(run.of("first_law_residual"))).toBeLessThan(1e-13);
    const [U, W, Q] = ["energy", "accumulated_drive_work", "accumulated_heat(vacuum)"].map(run.of);
    const residual = times.map((_, k) => U![k]! - U![0]! - W![k]! - Q![k]!);
    expect(largest(residual)).toBeLessThan(1e-10);
    expect(run.certificate.traceError).toBeLessThan(1e-12);
    expect(run.certificate.smallestEigenvalue).toBeGreaterThan(-1e-10);
    expect(run.certificate.estimatedError).toBeLessThan(1e-11);
  });
});

describe("resonance fluorescence at rest", () => {
  // p = (Ω²/4)/(Δ² + γ²/4 + Ω²/2); each photon takes ω from H₀, ω + Δ of which the drive gives and −Δ the bath.
  it.each([0, 0.3, -1.2])("detuned by %f", (Δ) => {
    const { of, certificate, codes } = steady(fluorescing(FRAME), { set: { Δ } });
    const p = Ω ** 2 / 4 / (Δ ** 2 + γ ** 2 / 4 + Ω ** 2 / 2);
    expect(codes).toEqual([]);
    expectClose(of("mean(q.σz)"), 2 * p - 1, 1e-12);
    expectClose(of("heat(vacuum)"), -ω * γ * p, 1e-12);
    expectClose(of("drive_power"), (ω + Δ) * γ * p, 1e-12);
    expectClose(of("work(vacuum)"), -Δ * γ * p, 1e-11, 1e-15);
    expectClose(of("first_law_residual"), 0, 0, 1e-15);
    expect(certificate.frame).toBe("ω_d/2*q.σz");
  });

  it("counts both as work where efficiency is concerned", () => {
    const pumped = fluorescing(FRAME)
      .replace("bath vacuum", "bath warm : bosonic { β = 0.1; role = hot; couples 0.1*q.σ⁻ }\nbath vacuum")
      .replace("β = inf; ", "β = 2; role = cold; ")
      .replace("local vacuum", "local vacuum, warm");
    const { of, regime } = steady(pumped, { set: { Δ: 0.3 } });
    // the baths alone deliver work, the drive puts in more
    expect(of("work")).toBeLessThan(0);
    expect(regime).toBe("accelerator");
    expectClose(of("drive_power") + of("work"), -of("heat(warm)") - of("heat(vacuum)"), 1e-12);
  });
});
