import { readFileSync } from "node:fs";
import { lowerEquation } from "../../src/lower/generator.ts";
import { productBasis } from "../../src/lower/window.ts";
import { compileParameters } from "../../src/model/parameter-values.ts";
import { compile } from "../../src/pipeline.ts";
import { createSteadySolver } from "../../src/solve/steady-state.ts";

/** The shipped rotor model at the parameters of Fig. 8 as a linear system, with its steady state where asked. */
export function rotorSystem(first: number, last: number, sets: readonly string[] = ["β2=0.08"]) {
  const text = readFileSync(new URL("../../models/rotor-qubit.thermill", import.meta.url), "utf8");
  const { derived } = compile(
    { name: "rotor", text },
    { sets, quantities: [], readLibrary: () => undefined },
  );
  const parameters = compileParameters(derived!.model.parameters).at([]);
  const basis = productBasis([
    { first: 0, last: 1 },
    { first: 0, last: 1 },
    { first, last },
  ]);
  const lowered = lowerEquation(derived!.equations[0]!, basis, parameters.length);
  if (lowered.kind !== "lowered") throw new Error(lowered.reason);
  const { generator } = lowered;
  const { matrix, low } = generator.matrixAt(generator.slotsAt(parameters));
  const { sector } = generator;
  const start = new Float64Array(sector.size);
  const trace = new Float64Array(sector.size);
  // populations e^(−2βB s) of the qubits' levels, the rotor at rest
  const weights = [Math.exp(-0.1 * 8), Math.exp(-0.08 * 20)];
  for (let k = 0; k < sector.row.length; k++) {
    if (sector.row[k] !== sector.column[k]) continue;
    trace[sector.unknown[k]!] = 1;
    const levels = last - first + 1;
    const [q, l] = [Math.floor(sector.row[k]! / levels), (sector.row[k]! % levels) + first];
    if (l !== 0) continue;
    const p = [q >> 1, q & 1].map((level, s) => (level === 0 ? 1 : weights[s]!) / (1 + weights[s]!));
    start[sector.unknown[k]!] = p[0]! * p[1]!;
  }
  const steady = () => {
    const outcome = createSteadySolver(generator)(parameters);
    if (outcome.kind !== "solved") throw new Error(outcome.failure.reason);
    return outcome.state.unknowns;
  };
  return { L: matrix, low, start, trace, steady };
}

/** `count` times in equal ratios. */
export const logarithmic = (from: number, to: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => from * (to / from) ** (k / (count - 1)));
