import { describe, expect, it } from "vitest";
import { modelText, steady } from "../physics/steady.ts";
import { ask, python } from "./peer.ts";

// Set THERMILL_QUTIP_PYTHON to a Python that has QuTiP (README.md) to hold noises against its countstat_current_noise.

interface Point {
  readonly model: string;
  readonly equation?: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly baths: readonly string[];
  /** A stated window, small enough for QuTiP's whole space. */
  readonly window?: readonly [subsystem: string, last: number];
}

const POINTS: readonly Point[] = [
  { model: "coupled-qubits", parameters: {}, baths: ["cold", "hot"] },
  { model: "coupled-qubits", parameters: { g: 2, Γ: 0.7 }, baths: ["cold", "hot"] },
  { model: "absorption-refrigerator", parameters: {}, baths: ["cold", "room", "hot"] },
  { model: "spin-chain", equation: "noisy", parameters: { N: 3, Δ: 1.4 }, baths: ["left", "right"] },
  { model: "three-level-maser", parameters: {}, baths: ["cold", "hot", "cavity"], window: ["field", 7] },
  { model: "optomechanical-cooling", parameters: {}, baths: ["warm", "cold"], window: ["m", 9] },
];

const inWindow = ({ model, window }: Point): string =>
  window
    ? modelText(model).replace(/: oscillator /, `: oscillator(n in 0..${window[1]}) `)
    : modelText(model);

describe.skipIf(!python)("noise as QuTiP's counting statistics has it, to 1e-8", () => {
  const answers = ask(
    "current_noise.py",
    POINTS.map(({ window, baths: _, ...point }) => ({
      ...point,
      windows: window ? { [window[0]]: [0, window[1]] } : {},
    })),
  );
  it.each(POINTS.map((point, k) => [JSON.stringify(point), k] as const))("%s", (_, k) => {
    const point = POINTS[k]!;
    const quantities = point.baths.map((bath) => `energy_noise(${bath})`);
    const ours = steady(inWindow(point), {
      set: point.parameters,
      quantities,
      ...(point.equation !== undefined && { equation: point.equation }),
    });
    for (const quantity of quantities) {
      const expected = answers[k]!.quantities[quantity]!;
      expect([quantity, Math.abs(ours.of(quantity) / expected - 1)]).toEqual([
        quantity,
        expect.closeTo(0, 8),
      ]);
    }
  });
});
