import { ADVICE_ON_MOVING, type DerivedModel } from "../equation/derive.ts";
import { generatingHamiltonian } from "../equation/generating-hamiltonian.ts";
import type { MasterEquation } from "../equation/master-equation.ts";
import { plainDissipator } from "../lower/bohr-frequencies.ts";
import { type Eigenbasis, toEigenbasis } from "../lower/eigenbasis.ts";
import { mixedJumps } from "../lower/mixed-jumps.ts";
import { operatorMatrix } from "../lower/operator-matrix.ts";
import { describeBadRate, rateCheck } from "../lower/rate-check.ts";
import { lossOperator, type SpectralDissipator } from "../lower/spectral-dissipator.ts";
import { spectralLowering } from "../lower/spectral-lowering.ts";
import { expandEquation } from "../lower/superoperator.ts";
import type { ProductBasis } from "../lower/window.ts";
import { parameterSlot } from "../model/parameter-values.ts";
import { type ComplexSparse, complexSparse, forEachEntry, newEntries } from "../numerics/complex-sparse.ts";
import { compileReal } from "../scalar/compile.ts";
import { eigenoperatorFrequency } from "./eigenoperator-frequency.ts";
import { hasCollisions, isSpectral } from "./steady-point.ts";
import type { SolveFailure } from "./steady-state.ts";

/** One kind of jumps of a bath: ψ → Oψ/‖Oψ‖ at the rate ‖Oψ‖². */
export interface JumpChannel {
  /** Place of its dissipator in the equation. */
  readonly dissipator: number;
  /** Its number among those of the dissipator, from 1. */
  readonly number: number;
  /** √rate included. */
  readonly operator: ComplexSparse;
  /** What each jump hands over to the bath, where that is one number: O lowers H₀ (or H, or H_TD) by it. */
  readonly energy?: number;
  /** The part of it that is heat, the energy less μ for each particle. */
  readonly heat?: number;
}

/** An equation as jumps and what happens between them, in a basis of its own. */
export interface JumpSystem {
  readonly dimension: number;
  /** G = −iH − ½ΣO†O, H that of the frame: between jumps ψ goes as e^{tG}ψ. */
  readonly generator: ComplexSparse;
  readonly channels: readonly JumpChannel[];
  /** By dissipator: the operators of which its bath brings heat and work, Tr[Q L_b ρ]. */
  readonly baths: readonly { readonly heat: ComplexSparse; readonly work?: ComplexSparse }[];
  /** A matrix between product states in the basis of the system. */
  readonly inOwnBasis: (matrix: ComplexSparse) => ComplexSparse;
}

/** Makes the jumps of an equation at a point of its parameters; a reason where it has none, or rates that are negative. */
export function jumpSystem(
  equation: MasterEquation,
  derived: DerivedModel,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
): JumpSystem | SolveFailure {
  if (equation.dependsOnTime) return NO_JUMPS.moving;
  if (hasCollisions(equation)) return NO_JUMPS.collision;
  if (equation.dissipators.some((d) => d.spectral?.approximation === "redfield")) return NO_JUMPS.redfield;
  const bad = rateCheck(equation, derived.model, basis)(parameters);
  if (bad) return { kind: "bad-rate", ...describeBadRate(bad) };
  const made = isSpectral(equation)
    ? spectralParts(equation, derived, basis, parameters)
    : productParts(equation, derived, basis, parameters);
  return "kind" in made ? made : assembled(made, equation, derived, parameters);
}

const NO_JUMPS = {
  moving: {
    kind: "depends-on-time",
    reason: "trajectories are made of equations that do not depend on time",
    advice: ADVICE_ON_MOVING,
  },
  collision: {
    kind: "too-large",
    reason: "collisions of finite duration make steps and no jumps in time",
    advice: "ask for trajectories of the local equation of the same baths, their limit of short collisions",
  },
  redfield: {
    kind: "not-positive",
    reason: "Redfield's equation has no jumps with rates that are never negative",
    advice: "ask for trajectories of 'unified' or 'global' baths",
  },
} as const satisfies Readonly<Record<string, SolveFailure>>;

/** What the two kinds of equations have in common, in one basis. */
interface Parts {
  /** H, or H − G in a frame. */
  readonly hamiltonian: ComplexSparse;
  readonly free: ComplexSparse;
  readonly interaction: ComplexSparse;
  /** H_TD where a bath is unified. */
  readonly reference?: ComplexSparse;
  readonly numbers: readonly (ComplexSparse | undefined)[];
  readonly dissipators: readonly (readonly SpectralDissipator[])[];
  readonly inOwnBasis: JumpSystem["inOwnBasis"];
}

function productParts(
  equation: MasterEquation,
  { model }: DerivedModel,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
): Parts {
  const matrix = (form: MasterEquation["free"]) => operatorMatrix(form, basis)(parameters);
  const jumps = mixedJumps(expandEquation(equation, basis), basis, model.parameters.length);
  return {
    hamiltonian: matrix(generatingHamiltonian(equation)),
    free: matrix(equation.free),
    interaction: matrix(equation.interaction),
    numbers: equation.dissipators.map(({ particleNumber }) => particleNumber && matrix(particleNumber)),
    dissipators: jumps.map((at) =>
      at(parameters).map(({ operator, rate }) => plainDissipator(operator, rate)),
    ),
    inOwnBasis: (x) => x,
  };
}

function spectralParts(
  equation: MasterEquation,
  { model }: DerivedModel,
  basis: ProductBasis,
  parameters: ArrayLike<number>,
): Parts | SolveFailure {
  const lowered = spectralLowering(equation, model, basis)(parameters);
  if (lowered.kind !== "lowered") return lowered;
  const { eigenbasis, free, interaction, clusters, particleNumbers, dissipators } = lowered.point;
  return {
    hamiltonian: diagonal(eigenbasis.energies),
    free,
    interaction,
    ...(clusters && { reference: diagonal(clusters.energies) }),
    numbers: particleNumbers,
    dissipators,
    inOwnBasis: intoEigenbasis(eigenbasis),
  };
}

const intoEigenbasis =
  (eigenbasis: Eigenbasis) =>
  (x: ComplexSparse): ComplexSparse =>
    toEigenbasis(x, eigenbasis);

function diagonal(values: Float64Array): ComplexSparse {
  const places = Array.from(values.keys());
  return complexSparse(values.length, {
    row: places,
    column: places,
    re: Array.from(values),
    im: places.map(() => 0),
  });
}

function assembled(
  parts: Parts,
  equation: MasterEquation,
  { model }: DerivedModel,
  parameters: ArrayLike<number>,
): JumpSystem | SolveFailure {
  const { hamiltonian, free, interaction, reference, numbers, dissipators, inOwnBasis } = parts;
  const losses = dissipators.flat().map(lossOperator);
  const channels: JumpChannel[] = [];
  const baths: { heat: ComplexSparse; work?: ComplexSparse }[] = [];
  for (const [place, { bath, spectral }] of equation.dissipators.entries()) {
    const number = numbers[place];
    const { mu } = model.baths[bath]!;
    const potential = mu ? compileReal(mu, parameterSlot)(parameters) : 0;
    const energy = spectral ? (reference ?? hamiltonian) : free;
    const heat = number && potential !== 0 ? combined([1, energy], [-potential, number]) : energy;
    const work = reference ? combined([1, reference], [-1, free]) : interaction;
    baths.push({ heat, ...(!spectral && { work }) });
    const operators = dissipators[place]!.flatMap(operatorsOf);
    if (operators.some((o) => o === undefined)) return negativeRate(model.baths[bath]!.name);
    for (const [k, operator] of operators.entries()) {
      const [handedOver, asHeat] = [energy, heat].map((q) => eigenoperatorFrequency(q, operator!));
      channels.push({
        dissipator: place,
        number: k + 1,
        operator: operator!,
        ...(handedOver !== undefined && { energy: handedOver }),
        ...(asHeat !== undefined && { heat: asHeat }),
      });
    }
  }
  return {
    dimension: hamiltonian.size,
    generator: generatorOf(hamiltonian, losses),
    channels,
    baths,
    inOwnBasis,
  };
}

const negativeRate = (bath: string): SolveFailure => ({
  kind: "not-positive",
  reason: `the bath '${bath}' has a jump with a negative rate`,
  advice: "only rates that are never negative are rates of jumps",
});

/** The jumps of a dissipator, one for each group with a rate; undefined in the place of one whose rate is negative. */
function operatorsOf({ operator, group, rate }: SpectralDissipator): (ComplexSparse | undefined)[] {
  const groups = new Map<number, ReturnType<typeof newEntries>>();
  let isNegative = false;
  for (let column = 0; column < operator.size; column++) {
    for (let e = operator.columnStarts[column]!; e < operator.columnStarts[column + 1]!; e++) {
      isNegative ||= rate[e]! < 0;
      const amplitude = Math.sqrt(rate[e]!);
      if (!(amplitude > 0)) continue;
      const entries = groups.get(group[e]!) ?? newEntries();
      entries.row.push(operator.rows[e]!);
      entries.column.push(column);
      entries.re.push(amplitude * operator.re[e]!);
      entries.im.push(amplitude * operator.im[e]!);
      groups.set(group[e]!, entries);
    }
  }
  if (isNegative) return [undefined];
  return [...groups].sort(([a], [b]) => a - b).map(([, entries]) => complexSparse(operator.size, entries));
}

function combined(...terms: readonly (readonly [factor: number, matrix: ComplexSparse])[]): ComplexSparse {
  const entries = newEntries();
  for (const [factor, matrix] of terms) {
    forEachEntry(matrix, (row, column, re, im) => {
      entries.row.push(row);
      entries.column.push(column);
      entries.re.push(factor * re);
      entries.im.push(factor * im);
    });
  }
  return complexSparse(terms[0]![1].size, entries);
}

/** −iH − Σ of the losses. */
function generatorOf(hamiltonian: ComplexSparse, losses: readonly ComplexSparse[]): ComplexSparse {
  const turned: ComplexSparse = { ...hamiltonian, re: hamiltonian.im, im: hamiltonian.re.map((x) => -x) };
  return combined([1, turned], ...losses.map((loss) => [-1, loss] as const));
}
