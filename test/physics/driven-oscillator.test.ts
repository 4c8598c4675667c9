import { describe, expect, it } from "vitest";
import { evolve, farthest, largest } from "./evolve.ts";
import { bose, expectClose, steady } from "./steady.ts";

const driven = (frame: string) => `model pumped_cavity
parameter ω = 2
parameter ω_d = 2.3
parameter ε = 0.1
parameter κ = 0.3
parameter T = 0.6
subsystem m : oscillator
hamiltonian {
  free ω*m.N
  drive ε*(exp(i*ω_d*time)*m.a + h.c.)
  ${frame}
}
bath air : bosonic { β = 1/T; couples sqrt(κ)*m.a }
equation weak { local air }
state start { m = thermal(1/T) }
experiment e {
  evolve weak from start over time in linear(0, 20, 21)
  record mean(m.N), re(mean(m.a)), im(mean(m.a)), drive_power, re(mean(exp(i*ω_d*time)*m.a)), time^2
}
`;
const FRAME = "frame ω_d*m.N";
const [ω, ω_d, ε, κ, n] = [2, 2.3, 0.1, 0.3, bose(2 / 0.6)];
const d2 = (ω - ω_d) ** 2 + κ ** 2 / 4;

/** α of ⟨a⟩ in the frame: α̇ = −(i(ω − ω_d) + κ/2)α − iε from 0. */
function amplitude(t: number): readonly [number, number] {
  const [δ, half] = [ω - ω_d, κ / 2];
  const e = Math.exp(-half * t);
  const [u, v] = [1 - e * Math.cos(δ * t), e * Math.sin(δ * t)];
  // −iε(u + iv)/(half + iδ)
  return [(ε * (v * half - u * δ)) / d2, (-ε * (u * half + v * δ)) / d2];
}

describe("a damped oscillator under a drive", () => {
  it.each([
    ["in the laboratory", "", 1],
    ["in the frame", FRAME, 0],
  ] as const)("is displaced by what a classical one would be, %s", (_, frame, turns) => {
    const run = evolve(driven(frame));
    const times = run.times as number[];
    const α = times.map((t) => {
      const [re, im] = amplitude(t);
      const [c, s] = [Math.cos(turns * ω_d * t), -Math.sin(turns * ω_d * t)];
      return [re * c - im * s, re * s + im * c] as const;
    });
    // an automatic window leaves out 1e-12 of the population at its end
    expect(
      farthest(
        run.of("re(mean(m.a))"),
        α.map(([re]) => re),
      ),
    ).toBeLessThan(1e-10);
    expect(
      farthest(
        run.of("im(mean(m.a))"),
        α.map(([, im]) => im),
      ),
    ).toBeLessThan(1e-10);
    expect(
      farthest(
        run.of("mean(m.N)"),
        α.map(([re, im]) => n + re ** 2 + im ** 2),
      ),
    ).toBeLessThan(1e-9);
    // ∂H/∂t = iω_d ε(e^{iω_d t}a − h.c.)
    const power = times.map((t) => -2 * ω_d * ε * amplitude(t)[1]);
    expect(farthest(run.of("drive_power"), power)).toBeLessThan(1e-10);
    expect(largest(run.of("first_law_residual"))).toBeLessThan(1e-12);
    expect(run.of("time^2")).toEqual(times.map((t) => t ** 2));
    if (frame === "") {
      const turnedBack = times.map((t) => amplitude(t)[0]);
      expect(farthest(run.of("re(mean(exp(i*ω_d*time)*m.a))"), turnedBack)).toBeLessThan(1e-10);
    }
    expect(run.certificate.dependsOnTime).toBe(frame === "");
    expect(run.certificate.frame).toBe(frame === "" ? null : "ω_d*m.N");
    if (frame === "") expect(run.certificate.longTime).toBeNull();
    else expect(run.certificate.longTime!.distance).toBeLessThan(1e-10);
  });

  it("is at rest in the frame of the drive", () => {
    const { of } = steady(driven(FRAME));
    const photons = ε ** 2 / d2;
    expectClose(of("mean(m.N)"), n + photons, 1e-9);
    expectClose(of("drive_power"), ω_d * κ * photons, 1e-9);
    expectClose(of("heat(air)"), -ω * κ * photons, 1e-9);
    expectClose(of("work(air)"), -(ω_d - ω) * κ * photons, 1e-9);
  });

  it("has no mean of what turns, at rest: time means nothing there", () => {
    const { quantities } = steady(driven(FRAME), {
      quantities: ["re(mean(exp(i*ω_d*time)*m.a))", "time*mean(m.N)"],
    });
    expect(quantities["re(mean(exp(i*ω_d*time)*m.a))"]).toBeNull();
    expect(quantities["time*mean(m.N)"]).toBeNull();
  });
});
