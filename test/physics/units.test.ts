import { describe, it } from "vitest";
import { expectClose, steady } from "./steady.ts";

// All energies in another unit: heats change by its square, states not at all. 1e-24 is joules.

const scaled = (s: number): string => `model scaled
parameter s = ${s}
subsystem q1, q2 : qubit
hamiltonian { free s/2*q1.σz + 1.2*s/2*q2.σz
  interaction 0.3*s*(q1.σ⁺*q2.σ⁻ + h.c.) }
bath hot : bosonic { β = 1/s; couples sqrt(0.01*s)*q1.σx }
bath cold : bosonic { β = 2/s; couples sqrt(0.01*s)*q2.σx }
equation loc { local hot, cold }
equation glob { global hot, cold }
equation uni { unified hot, cold }
equation red { redfield hot, cold }`;

describe("the unit of energy is the model's own", () => {
  it.each(["loc", "glob", "uni", "red"])("%s", (equation) => {
    const one = steady(scaled(1), { equation });
    for (const s of [1e-24, 1.5e-9, 1e-3, 1e6, 1e15]) {
      const { of } = steady(scaled(s), { equation });
      for (const heat of ["heat(hot)", "heat(cold)"]) expectClose(of(heat) / s ** 2, one.of(heat), 1e-10);
      expectClose(of("work") / s ** 2, one.of("work"), 1e-10, 1e-16);
      expectClose(of("mean(q1.σz)"), one.of("mean(q1.σz)"), 1e-12);
      expectClose(of("entropy(all)"), one.of("entropy(all)"), 1e-12);
    }
  });
});
