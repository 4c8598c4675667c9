import { ADVICE_ON_MOVING } from "../equation/derive.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import type { Eigenbasis } from "../lower/eigenbasis.ts";
import { generatorOutside, lowerEquation } from "../lower/generator.ts";
import type { LinearGenerator } from "../lower/linear-generator.ts";
import { type ProductState, toProductState } from "../lower/product-state.ts";
import { describeBadRate, rateCheck } from "../lower/rate-check.ts";
import type { Sector } from "../lower/sector.ts";
import { spectralLowering } from "../lower/spectral-lowering.ts";
import { isOddState, type ProductBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import type { Eigenpair } from "../numerics/eigenpair.ts";
import { type SlowModes, slowModes } from "../numerics/slow-modes.ts";
import { hasCollisions, isSpectral } from "./steady-point.ts";
import type { SolveFailure } from "./steady-state.ts";

/** An eigenvalue λ of a Liouvillian and the matrix X that it moves: L X = λ X, and of a complex one L X† = λ* X†. */
export interface LiouvillianMode {
  /** The decay is −re, the angular frequency im ≥ 0. */
  readonly value: { readonly re: number; readonly im: number };
  /** Whether the equation joins the elements of X to the diagonal of ρ. */
  readonly isInSector: boolean;
  /** How far λ may be off: its condition number times the residual ‖LX − λX‖. */
  readonly error: number;
  /** X = U + iV with Hermitian U and V, by elements between product states; V is zero where λ is real. */
  readonly real: ProductState;
  readonly imaginary: ProductState;
}

/** The slow end of the spectrum of a Liouvillian. */
export interface LiouvillianSpectrum {
  /** The slowest ones, different from each other; steady states are not among them. */
  readonly modes: readonly LiouvillianMode[];
  /** How many times 0 is an eigenvalue: 1 where there is one steady state. */
  readonly kernelDimension: number;
  /** Whether all elements of ρ were looked at, not only those that the equation joins to its diagonal. */
  readonly isWhole: boolean;
  /** Real unknowns that were looked at. */
  readonly size: number;
  /** No mode that decays slower than this is missing: infinite where all eigenvalues are known, 0 where nothing is. */
  readonly completeBelow: number;
  /** In any case all modes with |λ| up to this are there. */
  readonly radius: number;
  readonly method: SlowModes["method"];
}

export type SpectrumOutcome =
  | { readonly kind: "found"; readonly spectrum: LiouvillianSpectrum }
  | { readonly kind: "failed"; readonly failure: SolveFailure };

/** d² up to which elements of ρ outside the sector of the diagonal are looked at, too. */
const WHOLE = 5000;

/** Where 0 ends, in units of ‖L‖. */
const ZERO = 1e-13;

/**
 * The `count` slowest modes of an equation at a point of its parameters. Elements of ρ between even and odd numbers of
 * fermions, which no state has, are left out.
 */
export function liouvillianSpectrum(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
  count: number,
): SpectrumOutcome {
  if (equation.dependsOnTime) return failed(MOVING);
  if (hasCollisions(equation)) return failed(STEPWISE);
  const bad = rateCheck(equation, model, basis)(parameters);
  if (bad) return failed({ kind: "bad-rate", ...describeBadRate(bad) });
  const isWhole = basis.dimension ** 2 <= WHOLE;
  const parts = isSpectral(equation)
    ? spectralParts(equation, model, basis, parameters, isWhole)
    : productParts(equation, model, basis, parameters, isWhole);
  return "kind" in parts ? failed(parts) : joined(parts, parameters, count, isWhole);
}

const failed = (failure: SolveFailure): SpectrumOutcome => ({ kind: "failed", failure });

const MOVING: SolveFailure = {
  kind: "depends-on-time",
  reason: "its Liouvillian depends on time",
  advice: ADVICE_ON_MOVING,
};

const STEPWISE: SolveFailure = {
  kind: "too-large",
  reason: "collisions of finite duration make steps: there is no Liouvillian",
  advice: "ask for the spectrum of the local equation of the same baths, their limit of short collisions",
};

/** A generator over some elements of ρ, and how a matrix over them is read. */
interface Part {
  readonly generator: LinearGenerator;
  /** Whether the largest element of a matrix is joined to the diagonal of ρ. */
  readonly isInSector: (mode: Eigenpair) => boolean;
  readonly toProduct: (unknowns: Float64Array) => ProductState;
}

function productParts(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
  isWhole: boolean,
): readonly Part[] | SolveFailure {
  const lowered = lowerEquation(equation, basis, model.parameters.length);
  if (lowered.kind === "too-large") return { ...lowered, advice: FEWER };
  const partOf = (generator: LinearGenerator, isInSector: boolean): Part => ({
    generator,
    isInSector: () => isInSector,
    toProduct: (unknowns) => ({ sector: generator.sector, unknowns }),
  });
  const inner = partOf(lowered.generator, true);
  if (!isWhole) return [inner];
  const outside = generatorOutside(equation, basis, parameters.length, lowered.generator.sector);
  return outside.sector.size === 0 ? [inner] : [inner, partOf(outside, false)];
}

const FEWER = "use fewer subsystems, or smaller windows of levels";

function spectralParts(
  equation: MasterEquation,
  model: Model,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
  isWhole: boolean,
): readonly Part[] | SolveFailure {
  const lower = spectralLowering(equation, model, basis);
  const lowered = isWhole ? lower(parameters, (e) => evenPairs(e, basis)) : lower(parameters);
  if (lowered.kind !== "lowered") return lowered;
  const { generator, eigenbasis } = lowered.point;
  const inner = isWhole ? lower(parameters) : lowered;
  if (inner.kind !== "lowered") return inner;
  const { pairOf } = inner.point.generator.sector;
  return [
    {
      generator,
      isInSector: (mode) => {
        const [i, j] = largestElement(mode, generator.sector);
        return pairOf(i, j) >= 0;
      },
      toProduct: (unknowns) => toProductState(generator.sector, unknowns, eigenbasis),
    },
  ];
}

/** All elements above the diagonal between eigenstates that are both even or both odd in fermions. */
function evenPairs({ dimension, blocks }: Eigenbasis, basis: ProductBasis) {
  const isOdd = new Uint8Array(dimension);
  for (const { first, states } of blocks) {
    if (isOddState(basis, states[0]!)) isOdd.fill(1, first, first + states.length);
  }
  const row: number[] = [];
  const column: number[] = [];
  for (let i = 0; i < dimension; i++) {
    for (let j = i + 1; j < dimension; j++) {
      if (isOdd[i] !== isOdd[j]) continue;
      row.push(i);
      column.push(j);
    }
  }
  return { row, column };
}

function largestElement({ right }: Eigenpair, { row, column, unknown }: Sector): readonly [number, number] {
  const sizeOf = (x: number): number => Math.hypot(right.re[x]!, right.im[x]!);
  let [most, best] = [-1, 0];
  for (let k = 0; k < row.length; k++) {
    const x = unknown[k]!;
    const size = row[k] === column[k] ? sizeOf(x) : Math.hypot(sizeOf(x), sizeOf(x + 1));
    if (size > most) [most, best] = [size, k];
  }
  return [row[best]!, column[best]!];
}

function joined(
  parts: readonly Part[],
  parameters: ArrayLike<number>,
  count: number,
  isWhole: boolean,
): SpectrumOutcome {
  const modes: LiouvillianMode[] = [];
  let [kernelDimension, size] = [0, 0];
  const found: SlowModes[] = [];
  for (const { generator, isInSector, toProduct } of parts) {
    const { sector } = generator;
    const { matrix, low } = generator.matrixAt(generator.slotsAt(parameters));
    if (!matrix.values.every(Number.isFinite)) return failed(NOT_FINITE);
    const outcome = slowModes(matrix, low, count, traceOf(sector));
    if (outcome.kind === "failed") return failed(notFound(outcome.reason));
    const { slow } = outcome;
    found.push(slow);
    size += sector.size;
    for (const mode of slow.modes) {
      const { value, right, condition, residual } = mode;
      if (Math.hypot(value.re, value.im) <= ZERO * slow.norm) {
        kernelDimension++;
        continue;
      }
      modes.push({
        value,
        isInSector: isInSector(mode),
        error: condition * residual,
        real: toProduct(right.re),
        imaginary: toProduct(right.im),
      });
    }
  }
  const norm = Math.max(...found.map((f) => f.norm));
  return {
    kind: "found",
    spectrum: {
      modes: different(modes, norm).slice(0, count),
      kernelDimension,
      isWhole,
      size,
      completeBelow: Math.min(...found.map((f) => f.completeBelow)),
      radius: Math.min(...found.map((f) => f.radius)),
      method: found.some((f) => f.method !== "dense") ? "shift-and-invert" : "dense",
    },
  };
}

/** Each value once, by decay; of equal ones that in the sector of the diagonal. */
function different(modes: readonly LiouvillianMode[], norm: number): LiouvillianMode[] {
  const sorted = [...modes].sort((a, b) => Number(b.isInSector) - Number(a.isInSector));
  const kept: LiouvillianMode[] = [];
  for (const mode of sorted) {
    const { re, im } = mode.value;
    const isThere = kept.some(
      ({ value, error }) =>
        Math.hypot(value.re - re, value.im - im) <= ZERO * norm + 2 * (error + mode.error),
    );
    if (!isThere) kept.push(mode);
  }
  return kept.sort((a, b) => b.value.re - a.value.re);
}

function traceOf(sector: Sector): Float64Array {
  const w = new Float64Array(sector.size);
  for (let k = 0; k < sector.row.length; k++) {
    if (sector.row[k] === sector.column[k]) w[sector.unknown[k]!] = 1;
  }
  return w;
}

const NOT_FINITE: SolveFailure = {
  kind: "not-finite",
  reason: "a rate or a coefficient of the equation is infinite or not a number at this point",
  advice:
    "look for a root of a negative number, an infinite temperature or a spectral density without a value",
};

const notFound = (reason: string): SolveFailure => ({
  kind: "inaccurate",
  reason: `the slowest modes were not found: ${reason}`,
  advice: "ask for fewer modes, or use smaller windows of levels",
});
