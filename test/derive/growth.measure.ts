/**
 * Measures how the symbolic work grows with the length of the shipped spin chain: `npm run measure:algebra`. Each line
 * is the best of several repeats. Nothing here is asserted.
 */
import { readFileSync } from "node:fs";
import { commutator, type NormalForm, sumOperators } from "../../src/algebra/normal-form.ts";
import { compile } from "../../src/pipeline.ts";
import { deriveFormulas } from "../../src/run-derive.ts";

const text = readFileSync("models/spin-chain.thermill", "utf8").replace("in 2..10", "in 2..64");

function best(work: () => void, repeats = 7): number {
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < repeats; k++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

const shown = (ms: number): string => ms.toFixed(2).padStart(9);

console.log("spins  terms of H   compile   all [H, h_k]   of each    derive everything  (ms)");
for (const N of [4, 8, 16, 32, 64]) {
  const asked = { sets: [`N=${N}`], quantities: [], readLibrary: () => undefined };
  const compileOnce = () => compile({ name: "chain", text }, asked);
  const compiled = compileOnce();
  const { algebra, equations } = compiled.derived!;
  const H = sumOperators([equations[0]!.free, equations[0]!.interaction], algebra.space);
  const terms = [...H].map(([key, term]): NormalForm => new Map([[key, term]]));
  const commutators = best(() => {
    for (const term of terms) commutator(H, term, algebra.space);
  });
  // beyond 12 spins the formulas are no longer the work: counting 4^N elements of ρ is
  const derive =
    N <= 12
      ? best(() => void deriveFormulas(compiled, { of: [], closure: { kind: "none" } }), 3)
      : Number.NaN;
  console.log(
    `${String(N).padStart(5)}  ${String(terms.length).padStart(10)} ${shown(best(() => void compileOnce(), 3))}      ${shown(commutators)} ${shown(commutators / terms.length)}           ${Number.isNaN(derive) ? "        –" : shown(derive)}`,
  );
}
