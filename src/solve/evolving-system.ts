import { sumOperators } from "../algebra/normal-form.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import type { Contributions } from "../lower/contributions.ts";
import { toEigenbasis } from "../lower/eigenbasis.ts";
import { lowerEquation } from "../lower/generator.ts";
import { observable } from "../lower/observable.ts";
import {
  type ProductState,
  toProductState,
  traceFunctional,
  traceWith,
  unknownsOfMatrix,
} from "../lower/product-state.ts";
import { describeBadRate, rateCheck } from "../lower/rate-check.ts";
import type { Neighbours, Sector } from "../lower/sector.ts";
import { type SpectralPoint, spectralLowering } from "../lower/spectral-lowering.ts";
import type { ProductBasis } from "../lower/window.ts";
import type { Model } from "../model/model.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { type ComplexSparse, complexSparse, forEachEntry, newEntries } from "../numerics/complex-sparse.ts";
import { compileReal } from "../scalar/compile.ts";
import { type Meter, metersOf } from "./brought-energy.ts";
import {
  diagonalTrace,
  type EnergyFlow,
  imagesByMatrices,
  productFlows,
  spectralFlows,
} from "./energy-flow.ts";
import { hasCollisions, isSpectral } from "./steady-point.ts";
import type { SolveFailure } from "./steady-state.ts";

/** What the two kinds of equations have in common: a linear system over unknowns, and how to read its states. */
export interface EvolvingSystem {
  readonly sector: Sector;
  readonly slots: Float64Array;
  readonly hamiltonian: Contributions;
  readonly dissipators: readonly Contributions[];
  readonly start: Float64Array;
  /** By dissipator: the functionals of Tr[H₀ ·] and Tr[(H − H₀) ·] over the unknowns. */
  readonly free: Float64Array;
  readonly interaction: Float64Array;
  /** By dissipator, the functional of μTr[N ·] where it does chemical work. */
  readonly chemical: readonly (Float64Array | undefined)[];
  /** What is integrated beside the state. */
  readonly meters: readonly Meter[];
  /** The functional of the drive's power, where there is a drive. */
  readonly power?: Float64Array;
  readonly energyOf: (unknowns: Float64Array) => number;
  readonly flowsOf: (unknowns: Float64Array) => readonly EnergyFlow[];
  /** The same matrix over elements between product states. */
  readonly toProduct: (unknowns: Float64Array) => ProductState;
}

/** An equation at given parameters in fixed windows, and the state that it begins with. */
export interface EvolvingCase {
  readonly equation: MasterEquation;
  readonly model: Model;
  readonly basis: ProductBasis;
  readonly parameters: ArrayLike<number>;
  readonly rho: ComplexSparse;
}

/** An equation on the elements of ρ that a state holds or comes to hold, in fixed windows and at given parameters. */
export function evolvingSystem(given: EvolvingCase): EvolvingSystem | SolveFailure {
  const { equation, model, basis, parameters } = given;
  const bad = rateCheck(equation, model, basis)(parameters);
  if (bad) return { kind: "bad-rate", ...describeBadRate(bad) };
  if (hasCollisions(equation)) return STEPWISE;
  return isSpectral(equation) ? spectralSystem(given) : productSystem(given);
}

const STEPWISE: SolveFailure = {
  kind: "too-large",
  reason: "collisions of finite duration make steps and no flow in time",
  advice: "evolve the local equation of the same baths, their limit of short collisions",
};

function productSystem({
  equation,
  model,
  basis,
  parameters,
  rho,
}: EvolvingCase): EvolvingSystem | SolveFailure {
  const lowered = lowerEquation(equation, basis, model.parameters.length, joining(rho));
  if (lowered.kind === "too-large") {
    return { ...lowered, advice: "use fewer subsystems, or smaller windows of levels" };
  }
  const { generator } = lowered;
  const { sector } = generator;
  const potentials = chemicalPotentials(equation, model, parameters);
  const flows = productFlows(equation, generator.basis, imagesByMatrices(generator));
  const whole = observable(
    sumOperators([equation.free, equation.interaction], equation.space),
    sector,
    basis,
  );
  return {
    sector,
    slots: generator.slotsAt(parameters),
    hamiltonian: generator.hamiltonian,
    dissipators: generator.dissipators,
    start: unknownsOfMatrix(rho, sector),
    free: observable(equation.free, sector, basis).functional(parameters),
    interaction: observable(equation.interaction, sector, basis).functional(parameters),
    chemical: equation.dissipators.map(
      ({ particleNumber }, b) =>
        particleNumber &&
        times(potentials[b], observable(particleNumber, sector, basis).functional(parameters)),
    ),
    meters: metersOf(equation, model),
    ...(equation.power && { power: observable(equation.power, sector, basis).functional(parameters) }),
    energyOf: (x) => whole.trace(parameters, x).re,
    flowsOf: (x) => flows(parameters, x),
    toProduct: (unknowns) => ({ sector, unknowns }),
  };
}

/** By dissipator, μ of its bath. */
const chemicalPotentials = (
  { dissipators }: MasterEquation,
  { baths }: Model,
  parameters: ArrayLike<number>,
) =>
  dissipators.map(({ bath }) => {
    const { mu } = baths[bath]!;
    return mu && compileReal(mu, parameterSlot)(parameters);
  });

const times = (factor: number | undefined, w: Float64Array): Float64Array | undefined =>
  factor === undefined ? undefined : w.map((x) => factor * x);

/** Joins the elements of a state off the diagonal to it, so that the sector holds them. */
export function joining(rho: ComplexSparse): Neighbours | undefined {
  const others = new Map<number, number[]>();
  forEachEntry(rho, (row, column) => {
    if (row >= column) return;
    const list = others.get(row) ?? [];
    list.push(column);
    others.set(row, list);
  });
  if (others.size === 0) return undefined;
  return (i, j, visit) => {
    if (i !== j) return;
    for (const k of others.get(i) ?? []) visit(i, k);
  };
}

function spectralSystem({
  equation,
  model,
  basis,
  parameters,
  rho,
}: EvolvingCase): EvolvingSystem | SolveFailure {
  let between: ComplexSparse | undefined;
  const lowered = spectralLowering(
    equation,
    model,
    basis,
  )(parameters, (eigenbasis) => {
    between = toEigenbasis(rho, eigenbasis);
    const seeds = newEntries();
    forEachEntry(between, (row, column) => {
      if (row >= column) return;
      seeds.row.push(row);
      seeds.column.push(column);
    });
    return seeds;
  });
  if (lowered.kind !== "lowered") return lowered;
  const { point } = lowered;
  const { generator, free, interaction, clusters, eigenbasis, particleNumbers } = point;
  const { sector } = generator;
  const potentials = chemicalPotentials(equation, model, parameters);
  return {
    sector,
    slots: Float64Array.of(1),
    hamiltonian: generator.hamiltonian,
    dissipators: generator.dissipators,
    start: unknownsOfMatrix(between!, sector),
    free: traceFunctional(free, sector),
    interaction: clusters ? shifted(point, sector) : traceFunctional(interaction, sector),
    chemical: particleNumbers.map(
      (number, b) => number && times(potentials[b], traceFunctional(number, sector)),
    ),
    meters: metersOf(equation, model),
    energyOf: (x) =>
      clusters
        ? diagonalTrace(clusters.energies, sector, x)
        : traceWith(free, sector, x).value + traceWith(interaction, sector, x).value,
    flowsOf: (x) => spectralFlows(point, x),
    toProduct: (x) => toProductState(sector, x, eigenbasis),
  };
}

/** Of H_TD − H₀, which is what moves energy beside H₀ where a bath is unified. */
function shifted({ free, clusters }: SpectralPoint, sector: Sector): Float64Array {
  const entries = newEntries();
  for (const [state, E] of clusters!.energies.entries()) {
    entries.row.push(state);
    entries.column.push(state);
    entries.re.push(E);
    entries.im.push(0);
  }
  const reference = traceFunctional(complexSparse(clusters!.energies.length, entries), sector);
  const own = traceFunctional(free, sector);
  return reference.map((x, k) => x - own[k]!);
}

/** w with wᵀx = Tr ρ, over the unknowns of a sector and others after them. */
export function traceOfUnknowns(sector: Sector, size: number): Float64Array {
  const w = new Float64Array(size);
  for (let k = 0; k < sector.row.length; k++) {
    if (sector.row[k] === sector.column[k]) w[sector.unknown[k]!] = 1;
  }
  return w;
}
