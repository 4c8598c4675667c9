import type { NormalForm } from "../algebra/normal-form.ts";
import { sumOperators } from "../algebra/normal-form.ts";
import type { DerivedModel } from "../equation/derive.ts";
import { movedState } from "../lower/moved-state.ts";
import { operatorBlocks } from "../lower/operator-blocks.ts";
import { matrixOfUnknowns } from "../lower/product-state.ts";
import type { ProductBasis } from "../lower/window.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { actingOn } from "../model/part-of-operator.ts";
import type { Matrix, StatePart } from "../model/state.ts";
import { type ComplexSparse, complexSparse, newEntries } from "../numerics/complex-sparse.ts";
import { hermitianEigen } from "../numerics/hermitian-eigen.ts";
import { compileComplex, compileReal } from "../scalar/compile.ts";
import type { SteadyPoint } from "./steady-point.ts";

export type InitialState =
  | {
      readonly kind: "made";
      /** ρ on the product basis, of trace 1; zero where a part lies outside of the windows. */
      readonly rho: ComplexSparse;
      /** By subsystem, how much of the state of its part lies outside of the windows. */
      readonly outside: readonly number[];
    }
  | { readonly kind: "wrong"; readonly reason: string };

/** An element of a part's density operator, by the levels of its subsystems. */
interface Element {
  readonly row: readonly number[];
  readonly column: readonly number[];
  readonly re: number;
  readonly im: number;
}

type PartElements =
  | { readonly kind: "made"; readonly elements: readonly Element[]; readonly outside: number }
  | { readonly kind: "wrong"; readonly reason: string };

/** Elements of ρ beyond which a state is not written out. */
const MAX_ELEMENTS = 4_000_000;

/** An eigenvalue of a density operator below minus this is no round-off. */
const NEGATIVE = 1e-12;

/** Elements this far below the largest are left out: they would only join more elements of ρ. */
const NEGLIGIBLE = 1e-30;

/** A product state at given parameters, cut to the windows of a basis and normalised. */
export function initialState(
  parts: readonly StatePart[],
  derived: DerivedModel,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
): InitialState {
  const made: (readonly Element[])[] = [];
  const outside = derived.model.subsystems.map(() => 0);
  for (const part of parts) {
    const found = elementsOf(part, derived, basis, parameters);
    if (found.kind === "wrong") return found;
    made.push(found.elements);
    for (const s of part.subsystems) outside[s] = found.outside;
  }
  const count = made.reduce((n, elements) => n * elements.length, 1);
  if (count > MAX_ELEMENTS) {
    return {
      kind: "wrong",
      reason: `the state has ${count} elements, more than the ${MAX_ELEMENTS} that are tried`,
    };
  }
  return { kind: "made", outside, rho: product(parts, made, basis) };
}

function product(
  parts: readonly StatePart[],
  made: readonly (readonly Element[])[],
  basis: ProductBasis,
): ComplexSparse {
  const entries = newEntries();
  const visit = (k: number, row: number, column: number, re: number, im: number): void => {
    if (k === parts.length) {
      entries.row.push(row);
      entries.column.push(column);
      entries.re.push(re);
      entries.im.push(im);
      return;
    }
    const { subsystems } = parts[k]!;
    for (const element of made[k]!) {
      let [i, j] = [row, column];
      for (const [place, s] of subsystems.entries()) {
        i += (element.row[place]! - basis.windows[s]!.first) * basis.strides[s]!;
        j += (element.column[place]! - basis.windows[s]!.first) * basis.strides[s]!;
      }
      visit(k + 1, i, j, re * element.re - im * element.im, re * element.im + im * element.re);
    }
  };
  visit(0, 0, 0, 1, 0);
  return complexSparse(basis.dimension, entries);
}

function elementsOf(
  { subsystems, state }: StatePart,
  derived: DerivedModel,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
): PartElements {
  switch (state.kind) {
    case "thermal":
      return thermal(
        subsystems,
        compileReal(state.beta, parameterSlot)(parameters),
        derived,
        basis,
        parameters,
      );
    case "coherent": {
      const { re, im } = compileComplex(state.amplitude, parameterSlot);
      return coherent(subsystems[0]!, re(parameters), im?.(parameters) ?? 0, basis);
    }
    case "ket":
      return superposition(state, subsystems, basis, parameters);
    case "density":
      return density(state, subsystems, basis, parameters);
  }
}

const wrong = (reason: string): PartElements => ({ kind: "wrong", reason });

/** Elements within the windows, scaled to trace 1 (none where it lies outside of them); `whole` is the trace with what lies outside. */
function normalised(
  elements: readonly Element[],
  whole: number,
  subsystems: readonly number[],
  basis: ProductBasis,
): PartElements {
  const isInside = (levels: readonly number[]): boolean =>
    levels.every((level, k) => {
      const { first, last } = basis.windows[subsystems[k]!]!;
      return level >= first && level <= last;
    });
  const kept = elements.filter((e) => isInside(e.row) && isInside(e.column));
  const trace = kept.reduce((sum, e) => (sameLevels(e) ? sum + e.re : sum), 0);
  if (!(whole > 0 && whole < Number.POSITIVE_INFINITY)) return wrong(`its norm is ${whole}`);
  if (!(trace > 0)) return { kind: "made", outside: 1, elements: [] };
  const largest = kept.reduce((most, e) => Math.max(most, Math.hypot(e.re, e.im)), 0);
  return {
    kind: "made",
    outside: Math.max(0, 1 - trace / whole),
    elements: kept
      .filter((e) => Math.hypot(e.re, e.im) > NEGLIGIBLE * largest)
      .map((e) => ({ ...e, re: e.re / trace, im: e.im / trace })),
  };
}

const sameLevels = ({ row, column }: Element): boolean => row.every((level, k) => level === column[k]);

function superposition(
  { terms }: Matrix,
  subsystems: readonly number[],
  basis: ProductBasis,
  parameters: ArrayLike<number>,
): PartElements {
  const kets = new Map<string, { levels: readonly number[]; re: number; im: number }>();
  for (const { row, coefficient } of terms) {
    const { re, im } = compileComplex(coefficient, parameterSlot);
    const ket = kets.get(row.join()) ?? { levels: row, re: 0, im: 0 };
    ket.re += re(parameters);
    ket.im += im?.(parameters) ?? 0;
    kets.set(row.join(), ket);
  }
  const list = [...kets.values()];
  const elements = list.flatMap((a) =>
    list.map((b) => ({
      row: a.levels,
      column: b.levels,
      re: a.re * b.re + a.im * b.im,
      im: a.im * b.re - a.re * b.im,
    })),
  );
  const norm = list.reduce((sum, k) => sum + k.re ** 2 + k.im ** 2, 0);
  return normalised(elements, norm, subsystems, basis);
}

function density(
  { terms }: Matrix,
  subsystems: readonly number[],
  basis: ProductBasis,
  parameters: ArrayLike<number>,
): PartElements {
  const sums = new Map<
    string,
    { row: readonly number[]; column: readonly number[]; re: number; im: number }
  >();
  for (const { row, column, coefficient } of terms) {
    const { re, im } = compileComplex(coefficient, parameterSlot);
    const key = `${row.join()} ${column.join()}`;
    const sum = sums.get(key) ?? { row, column, re: 0, im: 0 };
    sum.re += re(parameters);
    sum.im += im?.(parameters) ?? 0;
    sums.set(key, sum);
  }
  const elements = [...sums.values()];
  const problem = notAState(elements);
  if (problem) return wrong(problem);
  const trace = elements.reduce((sum, e) => (sameLevels(e) ? sum + e.re : sum), 0);
  return normalised(elements, trace, subsystems, basis);
}

/** What keeps elements from being those of a density operator. */
function notAState(elements: readonly Element[]): string | undefined {
  const levels = [...new Set(elements.flatMap((e) => [e.row.join(), e.column.join()]))];
  const n = levels.length;
  const [re, im] = [new Float64Array(n * n), new Float64Array(n * n)];
  for (const e of elements) {
    const at = levels.indexOf(e.row.join()) * n + levels.indexOf(e.column.join());
    re[at] = e.re;
    im[at] = e.im;
  }
  const largest = re.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const off = Math.hypot(re[i * n + j]! - re[j * n + i]!, im[i * n + j]! + im[j * n + i]!);
      if (!(off <= 1e-12 * largest)) return "it is not Hermitian";
    }
  }
  const found = hermitianEigen(re, im, n);
  if (found.kind !== "converged") return "its elements are not finite";
  const least = found.values.reduce((low, x) => Math.min(low, x), 0);
  return least < -NEGATIVE * largest
    ? `one of its eigenvalues is negative, ${least.toExponential(2)}`
    : undefined;
}

/** Σ e^{−|α|²/2} αⁿ/√n! |n⟩ */
function coherent(subsystem: number, re: number, im: number, basis: ProductBasis): PartElements {
  const { first, last } = basis.windows[subsystem]!;
  const size = Math.hypot(re, im);
  const angle = Math.atan2(im, re);
  const amplitudes: { level: number; modulus: number }[] = [];
  let logarithm = -(size * size) / 2;
  for (let n = 0; n <= last; n++) {
    if (n > 0) logarithm += Math.log(size) - Math.log(n) / 2;
    if (n >= first)
      amplitudes.push({ level: n, modulus: Math.exp(n === 0 ? -(size * size) / 2 : logarithm) });
  }
  const elements = amplitudes.flatMap((a) =>
    amplitudes.map((b) => {
      const modulus = a.modulus * b.modulus;
      const phase = (a.level - b.level) * angle;
      return {
        row: [a.level],
        column: [b.level],
        re: modulus * Math.cos(phase),
        im: modulus * Math.sin(phase),
      };
    }),
  );
  return normalised(elements, 1, [subsystem], basis);
}

/** e^{−βH}/Z of the free terms that act on the subsystems alone. */
function thermal(
  listed: readonly number[],
  beta: number,
  derived: DerivedModel,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
): PartElements {
  if (!(beta > 0)) return wrong(`its inverse temperature is ${beta}`);
  const subsystems = [...listed].sort((a, b) => a - b);
  const blocks = operatorBlocks(ownFree(derived, subsystems), basis, subsystems, parameters);
  const found = blocks.map(({ states, re, im }) => ({
    states,
    eigen: hermitianEigen(re, im, states.length),
  }));
  let lowest = Number.POSITIVE_INFINITY;
  for (const { eigen } of found) {
    if (eigen.kind !== "converged") return wrong("its Hamiltonian has no finite eigenvalues");
    lowest = Math.min(lowest, eigen.values[0]!);
  }
  const dimensions = subsystems.map((s) => basis.dimensions[s]!);
  const levelsOf = (state: number): number[] => {
    const levels: number[] = [];
    let rest = state;
    for (let k = dimensions.length - 1; k >= 0; k--) {
      levels[k] = (rest % dimensions[k]!) + basis.windows[subsystems[k]!]!.first;
      rest = Math.floor(rest / dimensions[k]!);
    }
    return listed.map((s) => levels[subsystems.indexOf(s)]!);
  };
  const elements: Element[] = [];
  for (const { states, eigen } of found) {
    if (eigen.kind !== "converged") continue;
    const n = states.length;
    const weights = eigen.values.map((E) => (E === lowest ? 1 : Math.exp(-beta * (E - lowest))));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let [re, im] = [0, 0];
        for (let k = 0; k < n; k++) {
          const [a, b] = [eigen.vectors.re[i * n + k]!, eigen.vectors.im[i * n + k]!];
          const [c, d] = [eigen.vectors.re[j * n + k]!, eigen.vectors.im[j * n + k]!];
          re += weights[k]! * (a * c + b * d);
          im += weights[k]! * (b * c - a * d);
        }
        elements.push({ row: levelsOf(states[i]!), column: levelsOf(states[j]!), re, im });
      }
    }
  }
  const trace = elements.reduce((sum, e) => (sameLevels(e) ? sum + e.re : sum), 0);
  return normalised(elements, trace, listed, basis);
}

/** The free terms that act on some subsystems alone. */
export function ownFree({ model, algebra }: DerivedModel, subsystems: readonly number[]): NormalForm {
  const own = model.hamiltonian
    .filter(({ role }) => role === "free")
    .map(({ operator }) => algebra.normalForm(actingOn(operator, subsystems)));
  return sumOperators(own, algebra.space);
}

/** A steady state that was found in other windows, on a basis that may be larger or smaller. */
export function restingStart({ basis: own, sector, state }: SteadyPoint, basis: ProductBasis): InitialState {
  const { rho, trace } = movedState(matrixOfUnknowns(sector, state.unknowns), own, basis);
  if (!(trace > 0)) return { kind: "wrong", reason: "the steady state lies outside of the windows" };
  return { kind: "made", rho, outside: basis.windows.map(() => Math.max(0, 1 - trace)) };
}
