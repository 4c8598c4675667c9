import { describe, expect, it } from "vitest";
import type { EigenCoupling } from "../../src/lower/bath-couplings.ts";
import { redfieldDissipators, secularDissipators } from "../../src/lower/bohr-frequencies.ts";
import { type Eigenbasis, eigenbasisOf, toEigenbasis } from "../../src/lower/eigenbasis.ts";
import { matrixOfUnknowns, toProductState } from "../../src/lower/product-state.ts";
import { spectralGenerator } from "../../src/lower/spectral-generator.ts";
import { thermalRates } from "../../src/lower/thermal-rates.ts";
import { unifiedDissipators } from "../../src/lower/unified.ts";
import {
  type ComplexSparse,
  complexSparse,
  forEachEntry,
  newEntries,
} from "../../src/numerics/complex-sparse.ts";
import { createSteadySolver } from "../../src/solve/steady-state.ts";

/** A dense real matrix as a sparse one. */
function sparse(rows: readonly (readonly number[])[]): ComplexSparse {
  const entries = newEntries();
  for (const [i, row] of rows.entries()) {
    for (const [j, x] of row.entries()) {
      if (x === 0) continue;
      entries.row.push(i);
      entries.column.push(j);
      entries.re.push(x);
      entries.im.push(0);
    }
  }
  return complexSparse(rows.length, entries);
}

// Levels 0, 1, 1, 2: joined into one block, so that the eigenvectors of the middle level are anybody's choice.
const C = Math.cos(0.7);
const S = Math.sin(0.7);
const H = sparse([
  [0, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 2],
]);
const COLD = sparse([
  [0, 1, 0.3, 0],
  [0, 0, 0, 0.4],
  [0, 0, 0, 1],
  [0, 0, 0, 0],
]);
const HOT = sparse([
  [0, 0.2, 1, 0],
  [0, 0, 0, 0.9],
  [0, 0, 0, 0.1],
  [0, 0, 0, 0],
]);

/** Turns the two states of the middle level by an angle and a phase. */
function turned(eigenbasis: Eigenbasis): Eigenbasis {
  const blocks = eigenbasis.blocks.map((block) => ({ ...block, re: block.re.slice(), im: block.im.slice() }));
  const middle = blocks.flatMap((b, k) => (eigenbasis.energies[b.first] === 1 ? [k] : []));
  const [a, b] = middle.map((k) => blocks[k]!);
  // the two one-state blocks become one block of two states
  const joined = {
    first: a!.first,
    states: Int32Array.of(a!.states[0]!, b!.states[0]!),
    re: Float64Array.of(C, -S, S, C),
    im: new Float64Array(4),
  };
  const empty = { first: 0, states: new Int32Array(0), re: new Float64Array(0), im: new Float64Array(0) };
  const blockOf = eigenbasis.blockOf.map((k) => (k === middle[1] ? middle[0]! : k));
  const placeOf = eigenbasis.placeOf.slice();
  placeOf[b!.states[0]!] = 1;
  return {
    ...eigenbasis,
    blocks: blocks.map((x, k) => (k === middle[0] ? joined : k === middle[1] ? empty : x)),
    blockOf,
    placeOf,
  };
}

describe("levels that are degenerate", () => {
  const found = eigenbasisOf(H);
  if (found.kind !== "found") throw new Error(found.kind);

  const couplings = (eigenbasis: Eigenbasis): EigenCoupling[] =>
    (
      [
        [COLD, 2],
        [HOT, 0.5],
      ] as const
    ).map(([operator, beta]) => {
      const bath = { statistics: "bosonic" as const, beta, mu: 0, density: () => 0.01 };
      const rates = thermalRates(bath, 1e-12);
      return {
        operator: toEigenbasis(operator, eigenbasis),
        isHermitian: false,
        bath,
        population: eigenbasis.energies.map((E) => Math.exp(-beta * E)),
        lowering: { rate: rates.emission },
        raising: { rate: (ω: number) => rates.absorption(-ω) },
      };
    });

  const steady = (eigenbasis: Eigenbasis, method: string): Float64Array => {
    const list = couplings(eigenbasis);
    const unified = method === "unified" ? unifiedDissipators(list, eigenbasis) : undefined;
    const dissipators =
      unified?.kind === "found"
        ? unified.dissipators
        : list.map((c) => (method === "redfield" ? redfieldDissipators : secularDissipators)(c, eigenbasis));
    const lowered = spectralGenerator(eigenbasis.energies, dissipators, 1000);
    if (lowered.kind !== "lowered") throw new Error(lowered.kind);
    const outcome = createSteadySolver(lowered.generator)([]);
    if (outcome.kind !== "solved") throw new Error(outcome.kind);
    const product = toProductState(lowered.generator.sector, outcome.state.unknowns, eigenbasis);
    const dense = new Float64Array(2 * 16);
    forEachEntry(matrixOfUnknowns(product.sector, product.unknowns), (row, column, re, im) => {
      dense[2 * (4 * row + column)] = re;
      dense[2 * (4 * row + column) + 1] = im;
    });
    return dense;
  };

  it.each(["secular", "unified", "redfield"])(
    "%s: the state does not depend on their eigenvectors",
    (method) => {
      const here = steady(found.eigenbasis, method);
      const there = steady(turned(found.eigenbasis), method);
      expect(Math.max(...here.map((x, k) => Math.abs(x - there[k]!)))).toBeLessThan(1e-14);
      // and it is no state without coherence between them, which a choice would show in
      expect(Math.abs(here[2 * (4 * 1 + 2)]!)).toBeGreaterThan(1e-3);
    },
  );
});
