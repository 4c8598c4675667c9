import { readFileSync } from "node:fs";
import { type Compiled, compile } from "../../src/pipeline.ts";

const ROTOR = readFileSync(new URL("../../models/rotor-qubit.thermill", import.meta.url), "utf8");

/** The parameters of the reference model, as peer.py takes them. */
export const ROTOR_PARAMETERS = { B1: 4, B2: 10, I: 1, λ: 0.1, g: 1, β1: 0.1, β2: 0.03, βr: 0.09, γ: 5e-5 };

/** The reference model with a stated window of the rotor. */
export const rotorIn = (from: number, to: number): string =>
  ROTOR.replace(/subsystem r : rotor.*/, `subsystem r : rotor(l in ${from}..${to})`);

export const compiledText = (text: string, sets: readonly string[] = []): Compiled =>
  compile({ name: "bench", text }, { sets, quantities: [], readLibrary: () => undefined });

export { ROTOR };
