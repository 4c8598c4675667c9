import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { DissipatorData, EquationData, MatrixData } from "../../src/export/equation-data.ts";
import { matrixOfUnknowns } from "../../src/lower/product-state.ts";
import { forEachEntry } from "../../src/numerics/complex-sparse.ts";
import { compile } from "../../src/pipeline.ts";
import { runExport } from "../../src/run-export.ts";
import { runSteady } from "../../src/run-steady.ts";
import { MACHINES } from "./machines.ts";

const LAMB = `
model shifted
subsystem q, p : qubit
hamiltonian { free q.σz + 0.7*p.σz; interaction 0.2*(q.σ⁺*p.σ⁻ + h.c.) }
bath one : bosonic { β = 1; spectrum = ohmic(cutoff = 5); couples 0.2*q.σx }
bath two : bosonic { β = 0.3; spectrum = ohmic(cutoff = 5); couples 0.2*p.σ⁻ }
equation dressed  { global one, two with { lamb_shift = on } }
equation coherent { redfield one, two with { lamb_shift = on } }
`;

/** A dense complex matrix, by rows. */
interface Dense {
  readonly d: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const zero = (d: number): Dense => ({ d, re: new Float64Array(d * d), im: new Float64Array(d * d) });

function dense(d: number, { rows, columns, re, im }: MatrixData): Dense {
  const out = zero(d);
  for (const [k, row] of rows.entries()) {
    out.re[row * d + columns[k]!] = re[k]!;
    out.im[row * d + columns[k]!] = im[k]!;
  }
  return out;
}

function times(a: Dense, b: Dense): Dense {
  const { d } = a;
  const out = zero(d);
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < d; k++) {
      const [x, y] = [a.re[i * d + k]!, a.im[i * d + k]!];
      if (x === 0 && y === 0) continue;
      for (let j = 0; j < d; j++) {
        out.re[i * d + j]! += x * b.re[k * d + j]! - y * b.im[k * d + j]!;
        out.im[i * d + j]! += x * b.im[k * d + j]! + y * b.re[k * d + j]!;
      }
    }
  }
  return out;
}

function adjoint({ d, re, im }: Dense): Dense {
  const out = zero(d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      out.re[j * d + i] = re[i * d + j]!;
      out.im[j * d + i] = -im[i * d + j]!;
    }
  }
  return out;
}

/** a + (x + iy)·b */
function plus(a: Dense, b: Dense, x: number, y = 0): Dense {
  return {
    d: a.d,
    re: a.re.map((r, k) => r + x * b.re[k]! - y * b.im[k]!),
    im: a.im.map((r, k) => r + x * b.im[k]! + y * b.re[k]!),
  };
}

/** L_b[ρ] and what a Lamb shift adds to it, as docs/export.md says. */
function dissipated({ jumps, redfield }: DissipatorData, rho: Dense): Dense {
  let out = zero(rho.d);
  for (const { rate, shift = 0, operator } of jumps) {
    const O = dense(rho.d, operator);
    const OO = times(adjoint(O), O);
    out = plus(out, times(times(O, rho), adjoint(O)), rate);
    out = plus(out, times(OO, rho), -rate / 2, -shift);
    out = plus(out, times(rho, OO), -rate / 2, shift);
  }
  for (const redfieldPair of redfield) {
    const [A, B] = [dense(rho.d, redfieldPair.A), dense(rho.d, redfieldPair.B)];
    const half = plus(times(times(B, rho), adjoint(A)), times(times(adjoint(A), B), rho), -1);
    out = plus(plus(out, half, 1), adjoint(half), 1);
  }
  return out;
}

const largest = ({ re, im }: Dense): number =>
  re.reduce((most, x, k) => Math.max(most, Math.hypot(x, im[k]!)), 0);

const trace = (a: Dense, b: Dense): number => {
  const product = times(a, b);
  return Array.from({ length: a.d }, (_, k) => product.re[k * a.d + k]!).reduce((x, y) => x + y, 0);
};

const schema: object = JSON.parse(
  readFileSync(new URL("../../docs/equation.schema.json", import.meta.url), "utf8"),
);
const isTrue = new Ajv2020({ strict: true }).compile(schema);

const ALL = [...MACHINES, { name: "shifted", text: LAMB }].filter(({ name }) => name !== "rotor-qubit");

const CASES = ALL.flatMap(({ name, text }) => {
  const compiled = compile({ name, text }, { sets: [], quantities: [], readLibrary: () => undefined });
  return compiled.model.equations.map(
    ({ name: equation }) => [`${name}: ${equation}`, compiled, equation] as const,
  );
});

describe("an equation as data", () => {
  it.each(CASES)("has the steady state that is reported: %s", (_, compiled, equation) => {
    const { content } = runExport(compiled, { to: "json", equation });
    const data: EquationData = JSON.parse(content as string);
    expect(isTrue(data), JSON.stringify(isTrue.errors)).toBe(true);
    const { point, results } = runSteady(compiled, { equation });
    const { quantities } = results.results[0]!.rows[0]!;
    const d = data.dimension;
    const rho = zero(d);
    forEachEntry(matrixOfUnknowns(point!.steady.sector, point!.state.unknowns), (row, column, re, im) => {
      rho.re[row * d + column] = re;
      rho.im[row * d + column] = im;
    });
    const H0 = dense(d, data.hamiltonian.free.matrix);
    const V = dense(d, data.hamiltonian.interaction.matrix);
    const H = plus(H0, V, 1);
    const own = data.dissipators.map((b) => dissipated(b, rho));
    const { frame } = data.hamiltonian;
    const generating = frame ? plus(H, dense(d, frame.matrix), -1) : H;
    const commutator = plus(times(generating, rho), times(rho, generating), -1);
    const motion = own.reduce((sum, b) => plus(sum, b, 1), plus(zero(d), commutator, 0, -1));
    const scale = Math.max(...own.map(largest), 1e-3);
    expect(largest(motion) / scale).toBeLessThan(1e-11);
    const hasShift = data.dissipators.some((b) => b.jumps.some((j) => j.shift) || b.redfield.length > 0);
    for (const [k, bath] of data.dissipators.entries()) {
      // a Lamb shift is no part of the heat, and H_TD no part of the data
      if (bath.method === "unified" || bath.kind === "fermionic" || (hasShift && bath.method === "global"))
        continue;
      const energy = bath.method === "global" || bath.method === "redfield" ? H : H0;
      expect(trace(energy, own[k]!)).toBeCloseTo(quantities[`heat(${bath.bath})`] as number, 11);
    }
  });
});
