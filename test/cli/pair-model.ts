import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Two qubits between two baths, with a sweep of `MANY` points that is cut short in tests; experiments are put behind. */
export const PAIR = `thermill 1
model pair
parameter x = 1
parameter T = 2
subsystem a, b : qubit
hamiltonian { free a.σz + x*b.σz
  interaction 0.1*(a.σ⁺*b.σ⁻ + h.c.) }
bath cold : bosonic { β = 1; couples 0.3*a.σ⁻ }
bath hot : bosonic { β = 1/T; couples 0.3*b.σ⁻ }
equation weak { local cold, hot }
state start { a = |up>; b = |down> }
experiment few { steady weak; sweep x in linear(0.5, 1.5, 5); record heat(hot), work }
experiment many { steady weak; sweep x in linear(0.5, 1.5, 40); sweep T in linear(1, 3, 50); record heat(hot), work, regime }
`;
export const MANY = 40 * 50;

/** The journals of a store below a directory for results. */
export function journals(out: string): string[] {
  const store = join(out, ".thermill");
  if (!existsSync(store)) return [];
  return readdirSync(store).flatMap((n) => (n.endsWith(".journal") ? [join(store, n)] : []));
}

/** Bytes that are kept of results. */
export const keptBytes = (out: string): number =>
  journals(out).reduce((sum, path) => sum + statSync(path).size, 0);

/** Results that are kept, those that were torn and those that are there twice included. */
export const keptRecords = (out: string): number =>
  journals(out).reduce((sum, path) => sum + readFileSync(path, "utf8").split("\n").length - 1, 0);

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
