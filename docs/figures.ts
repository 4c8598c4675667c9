import { type Compiled, compile } from "../src/pipeline.ts";
import { runSteady } from "../src/run-steady.ts";
import { linePlot, type Panel, type PlotLine } from "./line-plot.ts";

/** The figures of docs/equations.md: what the equations of one model give, against the exact answer or each other. */
export const figures = (): Readonly<Record<string, string>> => ({
  "images/landauer.svg": landauer(),
});

const compiled = (text: string, sets: readonly string[]): Compiled =>
  compile({ name: "figure", text }, { sets, quantities: [], readLibrary: () => undefined });

function quantities(text: string, equation: string, sets: readonly string[]): Record<string, unknown> {
  const { results, status } = runSteady(compiled(text, sets), { equation });
  if (status !== "good") throw new Error(`${equation} ${sets}: ${status}`);
  return results.results[0]!.rows[0]!.quantities;
}

const OSCILLATORS = `model oscillators
parameter δ = 0
parameter g = 0.01
parameter γ = 0.02
subsystem a, b : oscillator(n in 0..8)
hamiltonian { free a.N + (1 + δ)*b.N
  interaction g*(a.a†*b.a + h.c.) }
bath hot : bosonic { β = 1/0.5; couples sqrt(γ)*a.a }
bath cold : bosonic { β = 1/0.25; couples sqrt(γ)*b.a }
equation local_baths { local hot, cold }
equation secular { global hot, cold }
equation clusters { unified hot, cold }
equation bloch { redfield hot, cold }`;

const EQUATIONS: readonly (readonly [equation: string, name: string, colour: string, dash?: string])[] = [
  ["local_baths", "local", "#b3541e"],
  ["secular", "global", "#1f6fb2"],
  ["clusters", "unified", "#2e8b57"],
  ["bloch", "redfield", "#7b4fa3", "5 3"],
];

/** ∫dω/2π ω γ²|G₁₂|²(n_hot − n_cold), G = (ω − h + iγ/2)⁻¹, by Simpson's rule. */
function exactCurrent(δ: number, g: number, γ: number): number {
  const [from, to, steps] = [0.2, 2.5, 40_000];
  const n = (ω: number, T: number): number => 1 / Math.expm1(ω / T);
  const integrand = (ω: number): number => {
    const [x, y] = [ω - 1, ω - 1 - δ];
    const [re, im] = [x * y - (γ / 2) ** 2 - g * g, (γ / 2) * (x + y)];
    return (ω * γ * γ * g * g * (n(ω, 0.5) - n(ω, 0.25))) / (re * re + im * im) / (2 * Math.PI);
  };
  let sum = 0;
  for (let k = 0; k <= steps; k++) {
    const weight = k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2;
    sum += weight * integrand(from + ((to - from) * k) / steps);
  }
  return (sum * (to - from)) / steps / 3;
}

const power = (value: number): string => {
  const exponent = Math.round(Math.log10(value));
  return exponent === 0 ? "1" : `10<tspan dy="-5" font-size="9">${exponent}</tspan>`;
};

/** The heat current of two coupled oscillators: how far each equation is from the exact one. */
function landauer(): string {
  const γ = 0.02;
  const ratios = Array.from({ length: 18 }, (_, k) => 0.1 * 50 ** (k / 17));
  const panel = (δ: number, title: string): Panel => ({
    title,
    x: { title: "coupling g/γ", from: 0.1, to: 5, isLogarithmic: true, ticks: [0.1, 0.2, 0.5, 1, 2, 5] },
    y: {
      title: "|heat / exact heat − 1|",
      from: 1e-5,
      to: 1e2,
      isLogarithmic: true,
      ticks: [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100],
      tickText: power,
    },
    lines: EQUATIONS.map(
      ([equation, name, colour, dash]): PlotLine => ({
        name,
        colour,
        ...(dash && { dash }),
        points: ratios.map((ratio) => {
          const g = ratio * γ;
          const heat = quantities(OSCILLATORS, equation, [`g=${g}`, `δ=${δ}`])["heat(hot)"] as number;
          // rounding keeps the picture the same on all machines
          return [ratio, Number(Math.abs(heat / exactCurrent(δ, g, γ) - 1).toPrecision(3))] as const;
        }),
      }),
    ),
  });
  return linePlot(
    [panel(0, "resonant oscillators"), panel(0.1, "detuned by 10 %")],
    "Error of the heat current between two baths through two coupled oscillators, by equation",
  );
}
