import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Steady } from "../physics/steady.ts";

/** A Python that has QuTiP and qthermo (README.md); without it nothing can be held against them. */
export const python = process.env.THERMILL_QUTIP_PYTHON;
if (!python)
  console.log("agreement with QuTiP: skipped, since THERMILL_QUTIP_PYTHON names no Python that has it");

export interface PeerAnswer {
  readonly quantities: Readonly<Record<string, number>>;
}

/** What a script beside this file answers, by request. */
export function ask<Answer = PeerAnswer>(script: string, requests: readonly object[]): readonly Answer[] {
  if (!python) return [];
  const output = execFileSync(python, [fileURLToPath(new URL(`./${script}`, import.meta.url))], {
    input: JSON.stringify(requests),
    encoding: "utf8",
    env: { ...process.env, OMP_NUM_THREADS: "1" },
  });
  const answers = JSON.parse(output) as readonly Answer[];
  if (answers.length !== requests.length) throw new Error(`${answers.length} answers to ${requests.length}`);
  return answers;
}

const isCurrent = (key: string): boolean => /^(heat|work|entropy_production)/.test(key);

/**
 * Every number of theirs that ours is not within a relative 1e-8 of. What vanishes is held to round-off: currents to 1e-12 of
 * the largest heat, means to 1e-14.
 */
export function disagreements(ours: Steady, { quantities }: PeerAnswer): string[] {
  const heats = Object.entries(quantities).filter(([key]) => key.startsWith("heat("));
  const largest = Math.max(...heats.map(([, heat]) => Math.abs(heat)));
  return Object.entries(quantities).flatMap(([key, expected]) => {
    const actual = ours.of(key);
    const allowed = Math.max(1e-8 * Math.abs(expected), isCurrent(key) ? 1e-12 * largest : 1e-14);
    if (Math.abs(actual - expected) <= allowed) return [];
    return [`${key}: ${actual}, not ${expected}, off by ${(actual / expected - 1).toExponential(1)}`];
  });
}

/** The keys that thermill has to be asked for. */
export const askedOf = ({ quantities }: PeerAnswer): string[] =>
  Object.keys(quantities).filter((key) => !isCurrent(key));
